/** When a session ends although nobody ended it. */
export interface SessionRules {
  /** Without a request for so long. Its token's life is the natural measure: then it ends at the same time. */
  readonly idleMs: number
  /** However often it is refreshed: then the password is asked again. */
  readonly longestMs: number
}

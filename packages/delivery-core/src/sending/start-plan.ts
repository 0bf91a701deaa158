/** When one call may start, by this process's clock. A call that has not started by then must not start. */
export interface StartWindow {
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/** What a plan has to give to one worker. */
export interface PlannedStarts {
  /** In their order, each for this worker alone; fewer than were wanted where a limit is near. */
  readonly starts: readonly StartWindow[]
  /** How long to wait before more can be had. */
  readonly waitMs: number
}

/**
 * Keeps the rates of vendor accounts for all workers of an installation, by planning when each call may start. Where a
 * limit is set, no window of its length holds more starts, however the workers share them.
 */
export interface StartPlan {
  /** Null: the account has no limits. */
  plan(account: string, wanted: number): Promise<PlannedStarts | null>
}

/** What the program takes from outside itself: time and chance. Only `main.ts` holds the real ones. */
export interface World {
  /** Milliseconds since 1970 in UTC, a whole number. */
  nowMs(): number
  /** A fresh id that cannot be guessed: URL-safe, at most 32 characters. */
  newId(): string
}

import type { Clock } from '@muster/delivery-core'

/** What the program takes from outside itself: time and chance. Only `main.ts` holds the real ones. */
export interface World extends Clock {
  /** The next number of [0, 1). */
  random(): number
  /** A fresh id that cannot be guessed: URL-safe, at most 32 characters. */
  newId(): string
}

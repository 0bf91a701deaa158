import type { Random } from '../time/clock.ts'

/** How retries are spread. */
export interface RetrySpread {
  readonly retryBaseMs: number
  readonly retryCapMs: number
}

/**
 * How long to wait before the next attempt: full jitter, that is any time between zero and a ceiling that doubles with
 * every failed attempt up to the cap. Spreading over the whole range is what keeps a thousand messages that failed
 * together from coming back together.
 */
export function retryDelayMs(failedAttempts: number, spread: RetrySpread, random: Random): number {
  // 2^40 times any base is beyond every cap; more would only risk infinity.
  const doublings = Math.min(Math.max(failedAttempts, 1) - 1, 40)
  const ceilingMs = Math.min(spread.retryCapMs, spread.retryBaseMs * 2 ** doublings)
  return Math.floor(random() * ceilingMs)
}

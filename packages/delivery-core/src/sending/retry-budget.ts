import type { Clock } from '../time/clock.ts'

/** How many retries are allowed in comparison with first attempts. */
export interface RetryBudgetLimits {
  /** Retries that each first attempt earns. */
  readonly perFirstAttempt: number
  /** Retries a second that are always allowed, so that the last messages of a run are not starved. */
  readonly perSecond: number
  /** The most that can be saved up. */
  readonly most: number
}

export const defaultRetryBudget: RetryBudgetLimits = { perFirstAttempt: 0.2, perSecond: 10, most: 200 }

export interface RetryBudget {
  /** A first attempt was made. */
  earn(): void
  /** Asks for one retry. A retry that is refused must wait. */
  spend(): boolean
}

/** Keeps retries a fraction of the traffic: when everything fails, trying everything again makes it worse. */
export function createRetryBudget(limits: RetryBudgetLimits, clock: Clock): RetryBudget {
  let saved = limits.most
  let atMs = clock.nowMs()
  const refill = () => {
    const nowMs = clock.nowMs()
    saved = Math.min(limits.most, saved + (Math.max(0, nowMs - atMs) * limits.perSecond) / 1000)
    atMs = nowMs
  }
  return {
    earn: () => {
      saved = Math.min(limits.most, saved + limits.perFirstAttempt)
    },
    spend: () => {
      refill()
      if (saved < 1) return false
      saved -= 1
      return true
    },
  }
}

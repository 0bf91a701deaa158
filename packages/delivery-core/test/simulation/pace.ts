import type { StartPlan } from '../../src/sending/start-plan.ts'
import type { Clock } from '../../src/time/clock.ts'
import { demand } from './invariants.ts'

/** How starts are planned; each of both can be a mistake. */
export interface PaceRules {
  readonly isShared: boolean
  readonly toleranceMs: number
}

export const soundPace: PaceRules = { isShared: true, toleranceMs: 100 }

const planAheadMs = 500
const windowMs = 10_000

/** The rate of the one vendor account: a start every so often, for all workers together. */
export function createPace(everyMs: number, clock: Clock, { isShared, toleranceMs }: PaceRules) {
  const most = Math.ceil((windowMs + soundPace.toleranceMs) / everyMs)
  const shared = { freeFromMs: 0 }
  let startedAtMs: number[] = []
  return {
    /** For a worker whose own clock is off. */
    planFor: (skewMs: number): StartPlan => {
      const pace = isShared ? shared : { freeFromMs: 0 }
      return {
        plan: async (_account, wanted) => {
          const lastMs = clock.nowMs() + planAheadMs
          const starts: { notBeforeMs: number; notAfterMs: number }[] = []
          pace.freeFromMs = Math.max(pace.freeFromMs, clock.nowMs())
          for (; starts.length < wanted && pace.freeFromMs <= lastMs; pace.freeFromMs += everyMs) {
            const notBeforeMs = Math.ceil(pace.freeFromMs + skewMs)
            starts.push({ notBeforeMs, notAfterMs: notBeforeMs + toleranceMs })
          }
          return { starts, waitMs: Math.max(0, pace.freeFromMs - lastMs) }
        },
      }
    },
    noteStart: () => {
      const nowMs = clock.nowMs()
      startedAtMs = [...startedAtMs.filter((atMs) => atMs > nowMs - windowMs), nowMs]
      demand(startedAtMs.length <= most, 'S15 no window holds more starts than the rate allows')
    },
  }
}

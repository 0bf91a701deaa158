/** When a run goes so wrong that it should be looked at before it goes on. */
export interface BreakerLimits {
  /** Fewer outcomes than this say nothing. */
  readonly least: number
  /** The share of failures, of 1, from which the run is stopped. */
  readonly failedShare: number
}

export interface Breaker {
  /** Notes how one message of a run ended; answers whether the run should be stopped now. */
  note(runId: string, hasFailed: boolean): boolean
}

/** Half of the last two hundred: a list that is merely old has a tenth, a broken template has all. */
export const defaultBreaker: BreakerLimits = { least: 200, failedShare: 0.5 }

/** Runs that are remembered at once; beyond that the longest unused is forgotten, which only delays its stop. */
const mostRuns = 1_000

/** Counts the outcomes of each run in blocks of `least`; a stopped run starts anew. */
export function createBreaker(limits: BreakerLimits = defaultBreaker): Breaker {
  const runs = new Map<string, { seen: number; failed: number }>()
  return {
    note: (runId, hasFailed) => {
      const count = runs.get(runId) ?? { seen: 0, failed: 0 }
      runs.delete(runId)
      count.seen++
      if (hasFailed) count.failed++
      if (count.seen >= limits.least) return count.failed >= limits.least * limits.failedShare
      runs.set(runId, count)
      if (runs.size > mostRuns) runs.delete(runs.keys().next().value ?? '')
      return false
    },
  }
}

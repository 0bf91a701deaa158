import type { Clock } from '../time/clock.ts'

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Goes on, calling back everything that becomes due, in order, and letting each callback's promises settle. */
  advance(byMs: number): Promise<void>
  /** When the next callback is due; null when nothing waits. */
  nextAtMs(): number | null
}

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly callback: () => void
}

/**
 * @param settle lets promises go as far as they can without the clock; by default it gives the event loop one turn,
 * which is enough for work in memory
 */
export function createManualClock(startMs = 0, settle: () => Promise<void> = oneTurn): ManualClock {
  let nowMs = startMs
  let order = 0
  const timers = new Set<Timer>()
  const next = () => {
    let first: Timer | null = null
    for (const timer of timers) {
      if (first === null || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order))
        first = timer
    }
    return first
  }
  return {
    nowMs: () => nowMs,
    after: (delayMs, callback) => {
      const timer = { atMs: nowMs + Math.max(0, delayMs), order: order++, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    nextAtMs: () => next()?.atMs ?? null,
    advance: async (byMs) => {
      const untilMs = nowMs + byMs
      await settle()
      for (let timer = next(); timer !== null && timer.atMs <= untilMs; timer = next()) {
        timers.delete(timer)
        nowMs = Math.max(nowMs, timer.atMs)
        timer.callback()
        await settle()
      }
      nowMs = untilMs
    },
  }
}

function oneTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

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
  readonly callback: () => void
  isCancelled: boolean
}

/**
 * @param settle lets promises go as far as they can without the clock; by default it gives the event loop one turn,
 * which is enough for work in memory
 */
export function createManualClock(startMs = 0, settle: () => Promise<void> = oneTurn): ManualClock {
  let nowMs = startMs
  // The latest first, and of those at the same instant the one that was set last: the next one stands at the end.
  const timers: Timer[] = []
  const placeFor = (atMs: number): number => {
    let [low, high] = [0, timers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (timers[middle]!.atMs > atMs) low = middle + 1
      else high = middle
    }
    return low
  }
  const next = (): Timer | undefined => {
    while (timers.at(-1)?.isCancelled) timers.pop()
    return timers.at(-1)
  }
  return {
    nowMs: () => nowMs,
    after: (delayMs, callback) => {
      const timer = { atMs: nowMs + Math.max(0, delayMs), callback, isCancelled: false }
      timers.splice(placeFor(timer.atMs), 0, timer)
      return () => {
        timer.isCancelled = true
      }
    },
    nextAtMs: () => next()?.atMs ?? null,
    advance: async (byMs) => {
      const untilMs = nowMs + byMs
      await settle()
      for (let timer = next(); timer !== undefined && timer.atMs <= untilMs; timer = next()) {
        timers.pop()
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

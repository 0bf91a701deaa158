import type { Rate } from '@muster/delivery-core'

/** What is taken from the pace of an account. */
export interface Plan {
  readonly startsMs: readonly number[]
  /** The first instant that is still free. With fractions: a pace of 300 a second must not drift. */
  readonly freeFromMs: number
  /** How long until there is another one within reach. */
  readonly waitMs: number
}

/** So far ahead starts are planned. Neither a pause nor a lower rate can stop what is planned, so it is well below a second. */
export const planAheadMs = 500

/**
 * Shorter windows are kept by pacing: starts are spread evenly. Whoever may send ten thousand a day wants to send them
 * when they are due, so longer windows are only counted.
 */
const longestPacedMs = 60_000

/** What two clocks that are read in whole milliseconds, and a timer, can differ from the truth. */
const roundingMs = 4

/** The rate by which starts are spread: the shortest window, if it is short. */
export function pacedRate(rates: readonly Rate[]): Rate | null {
  const short = rates.filter(({ windowMs }) => windowMs <= longestPacedMs)
  return short.reduce<Rate | null>(
    (least, rate) => (least === null || rate.windowMs < least.windowMs ? rate : least),
    null,
  )
}

/** A second's starts that nobody will come near: there is plenty to give up. */
const plenty = 10_000

/**
 * How late a call may start and still be within its window; that much of the rate is given up for it. A thirtieth, or a
 * fourth where there is plenty: starts that last longer are asked for less often.
 */
export function toleranceMsOf({ starts, windowMs }: Rate): number {
  const isPlenty = starts >= (plenty * windowMs) / 1_000
  return Math.min(250, Math.max(1, Math.floor(windowMs / (isPlenty ? 4 : 30))))
}

/**
 * How far apart starts are planned. Calls that start at most `tolerance` after their plan then keep the limit in every
 * window, wherever it is laid: those of one window were planned within the window and the tolerance before it.
 */
export function spacingMsOf(rate: Rate): number {
  return (rate.windowMs + toleranceMsOf(rate) + roundingMs) / rate.starts
}

/** The next free starts of a pace, none earlier than `earliestMs` and none later than `planAheadMs` after it. */
export function planStarts(rate: Rate, freeFromMs: number, earliestMs: number, wanted: number): Plan {
  const spacingMs = spacingMsOf(rate)
  const lastMs = earliestMs + planAheadMs
  const startsMs: number[] = []
  let free = firstFreeMs(rate, freeFromMs, earliestMs)
  for (; startsMs.length < wanted && free <= lastMs; free += spacingMs) startsMs.push(free)
  return { startsMs, freeFromMs: free, waitMs: Math.max(0, free - lastMs) }
}

/** How many starts a pace has left until `aheadMs` from now. */
export function startsLeft(rate: Rate, freeFromMs: number, nowMs: number, aheadMs: number): number {
  return Math.max(0, Math.floor((nowMs + aheadMs - firstFreeMs(rate, freeFromMs, nowMs)) / spacingMsOf(rate)) + 1)
}

/** A pace that reaches further ahead than its own planning can is from before a change of the rate or of the clock. */
function firstFreeMs(rate: Rate, freeFromMs: number, earliestMs: number): number {
  return Math.max(earliestMs, Math.min(freeFromMs, earliestMs + planAheadMs + spacingMsOf(rate)))
}

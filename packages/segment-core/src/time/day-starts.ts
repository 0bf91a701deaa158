import { plainDate } from './plain-date.ts'

/** First instants of days that were looked up before, by zone: they never change, and anniversaries need hundreds. */
let known = new Map<string, Map<number, number>>()
let count = 0
/** Then all are forgotten: a few megabytes. */
const mostKnown = 100_000

/** The first instant of a day, counted from 1970-01-01: the earliest at which the zone shows that day or a later one. */
export function startOfDay(day: number, timeZone: string): number {
  const starts = known.get(timeZone) ?? new Map<number, number>()
  const before = starts.get(day)
  if (before !== undefined) return before
  if (count >= mostKnown) {
    known = new Map()
    count = 0
  }
  const startMs = plainDate(day).toZonedDateTime(timeZone).epochMilliseconds
  known.set(timeZone, starts.set(day, startMs))
  count += 1
  return startMs
}

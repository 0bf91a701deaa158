import { Temporal } from 'temporal-polyfill'
import { momentMs } from './moment.ts'

/** A stretch of time, open where an end is null. */
export interface TimeRange {
  readonly fromMs: number | null
  readonly beforeMs: number | null
}

/** The first instant of a day, and the first after it, on the clocks of a zone. Null when it is no day. */
export function dayBounds(
  day: string,
  timeZone: string,
): { readonly fromMs: number; readonly beforeMs: number } | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || momentMs(day) === null) return null
  const date = Temporal.PlainDate.from(day)
  const startOf = (one: Temporal.PlainDate) => one.toZonedDateTime(timeZone).epochMilliseconds
  return { fromMs: startOf(date), beforeMs: startOf(date.add({ days: 1 })) }
}

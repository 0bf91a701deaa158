import { Temporal } from 'temporal-polyfill'
import { dayMs } from './calendar-day.ts'

/** A day, counted from 1970-01-01, as Temporal has it. */
export function plainDate(day: number): Temporal.PlainDate {
  const date = new Date(day * dayMs)
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

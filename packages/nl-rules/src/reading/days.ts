import type { Period } from '@muster/segment-core'
import type { Clock } from './lexemes.ts'

/** A calendar day. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The first and the last day of a stretch of days. */
export interface DayRange {
  readonly from: Day
  readonly to: Day
}

const formats = new Map<string, Intl.DateTimeFormat>()
const mostFormats = 50

/** The day that a clock shows in its time zone. */
export function today({ now, timeZone }: Clock): Day {
  let format = formats.get(timeZone)
  if (format === undefined) {
    if (formats.size >= mostFormats) formats.clear()
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]))
  return { year: parts.get('year') ?? 1970, month: parts.get('month') ?? 1, day: parts.get('day') ?? 1 }
}

/** A day as rules write it. */
export function isoDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The day some days later, or earlier. */
export function addDays({ year, month, day }: Day, days: number): Day {
  const moved = new Date(Date.UTC(year, month - 1, day + days))
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

/** Whether the calendar has this day, within the years that rules can name. */
export function exists({ year, month, day }: Day): boolean {
  return year >= 1900 && year <= 9998 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month)
}

/** The first day comes before the second: negative; the other way round: positive. */
export function compareDays(one: Day, other: Day): number {
  return one.year - other.year || one.month - other.month || one.day - other.day
}

/** All days of a month. */
export function monthRange(year: number, month: number): DayRange {
  return { from: { year, month, day: 1 }, to: { year, month, day: lengthOfMonth(year, month) } }
}

/** All days of a quarter, 1 to 4. */
export function quarterRange(year: number, quarter: number): DayRange {
  return { from: { year, month: quarter * 3 - 2, day: 1 }, to: monthRange(year, quarter * 3).to }
}

/** All days of a year. */
export function yearRange(year: number): DayRange {
  return { from: { year, month: 1, day: 1 }, to: { year, month: 12, day: 31 } }
}

/** The calendar period around a day, shifted. */
export function periodRange(day: Day, period: Period, offset: number): DayRange {
  switch (period) {
    case 'day':
      return { from: addDays(day, offset), to: addDays(day, offset) }
    case 'week': {
      const weekday = (new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7
      const from = addDays(day, offset * 7 - weekday)
      return { from, to: addDays(from, 6) }
    }
    case 'month': {
      const months = day.year * 12 + day.month - 1 + offset
      return monthRange(Math.floor(months / 12), (months % 12) + 1)
    }
    case 'quarter': {
      const quarters = day.year * 4 + Math.floor((day.month - 1) / 3) + offset
      return quarterRange(Math.floor(quarters / 4), (quarters % 4) + 1)
    }
    case 'year':
      return yearRange(day.year + offset)
  }
}

function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

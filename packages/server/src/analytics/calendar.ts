import { Temporal } from 'temporal-polyfill'

/** Days as people of one time zone count them: by their number since 1970-01-01. */
export interface Calendar {
  readonly timeZone: string
  /** The first instant of a day. Days may have 23 or 25 hours, and half-hours at that. */
  startOf(day: number): number
  /** The day that holds an instant. */
  dayOf(atMs: number): number
  /** The hour of the day, 0 to 23, that clocks show at an instant. */
  hourOf(atMs: number): number
}

const dayMs = 86_400_000

/** Beyond this, looked-up day starts are forgotten: about ten years in a hundred zones. */
const mostKnown = 400_000

let known = new Map<string, number>()

/** The calendar of a time zone. Day starts are remembered: looking up a zone costs more than most of what is asked. */
export function calendarOf(timeZone: string): Calendar {
  const startOf = (day: number) => {
    const key = `${timeZone} ${day}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= mostKnown) known = new Map()
    const startMs = plainDate(day).toZonedDateTime(timeZone).epochMilliseconds
    known.set(key, startMs)
    return startMs
  }
  return {
    timeZone,
    startOf,
    // By the starts alone, so that no instant can lie in two days or in none; zones are less than a day from UTC.
    hourOf: (atMs) => Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).hour,
    dayOf: (atMs) => {
      const near = Math.floor(atMs / dayMs)
      return startOf(near + 1) <= atMs ? near + 1 : startOf(near) <= atMs ? near : near - 1
    },
  }
}

/** `YYYY-MM-DD`, for the years 0 to 9999. By `Date`, because lists have hundreds of days and Temporal takes its time. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** `YYYY-MM`. */
export function monthText(day: number): string {
  return dayText(day).slice(0, -3)
}

/** The first day of the month that holds a day, so many months later, or earlier where below zero. */
export function monthStart(day: number, monthsLater = 0): number {
  const date = new Date(day * dayMs)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1) / dayMs
}

function plainDate(day: number): Temporal.PlainDate {
  const date = new Date(day * dayMs)
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

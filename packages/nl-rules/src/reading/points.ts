import type { Period } from '@muster/segment-core'
import { compareDays, type Day, type DayRange, exists, monthRange, quarterRange, today, yearRange } from './days.ts'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import { calendarPeriod } from './meanings.ts'

/** A day, month, quarter or year, fixed or counted from now. */
export type Point =
  | { readonly is: 'calendar'; readonly period: Period; readonly offset: number }
  | {
      readonly is: 'days'
      readonly range: DayRange
      /** The text names the year. */
      readonly hasYear: boolean
      /** The month, where the text names a month and nothing else. */
      readonly month: number | null
    }

/**
 * Reads a point in the calendar. What it leaves out is taken from what `joined` leads to ("1 to 15 March 2026",
 * "January and February 2026"), else it is the latest that has begun. A bare year counts after a preposition only.
 */
export function readPoint(
  sentence: Sentence,
  at: number,
  joined: 'and' | 'to' | 'list' | null,
  takesYear = true,
): Found<Point> | null {
  const start = meaningAt(sentence, at, 'article')?.how === 'the' ? at + 1 : at
  return readRelative(sentence, at) ?? readWritten(sentence, start) ?? readNamed(sentence, start, joined, takesYear)
}

function readRelative(sentence: Sentence, at: number): Found<Point> | null {
  const day = meaningAt(sentence, at, 'relativeDay')
  if (day !== undefined) return { value: { is: 'calendar', period: 'day', offset: day.offset }, next: at + 1 }
  const shift = meaningAt(sentence, at, 'shift')
  const unit = meaningAt(sentence, at + 1, 'unit')
  const period = unit === undefined ? null : calendarPeriod(unit.unit)
  if (shift === undefined || shift.rolling === true || period === null) return null
  return { value: { is: 'calendar', period, offset: shift.offset }, next: at + 2 }
}

/** 2026-03-01, and dates in figures that only one reading makes a date: 25/12/2025, 2025.12.25. */
function readWritten(sentence: Sentence, at: number): Found<Point> | null {
  const lexeme = sentence.lexemes[at]
  if (lexeme?.kind !== 'day') return null
  const [a = 0, b = 0, c = 0] = lexeme.text.slice(0, 10).split(/[-./]/).map(Number)
  const readings: Day[] = []
  if (/^\d{4}\D/.test(lexeme.text)) {
    readings.push({ year: a, month: b, day: c })
    if (!lexeme.text.includes('-')) readings.push({ year: a, month: c, day: b })
  } else if (/\D\d{4}$/.test(lexeme.text)) readings.push({ year: c, month: b, day: a }, { year: c, month: a, day: b })
  const valid = readings.filter(exists)
  const [day] = valid
  if (day === undefined || valid.some((other) => compareDays(other, day) !== 0) || lexeme.text.includes('T'))
    return null
  return { value: { is: 'days', range: { from: day, to: day }, hasYear: true, month: null }, next: at + 1 }
}

/** The day, month, quarter or year as far as the text names them. */
interface Named {
  readonly day: number | null
  readonly month: number | null
  readonly quarter: number | null
  readonly year: number | null
  readonly next: number
}

function readNamed(
  sentence: Sentence,
  at: number,
  joined: 'and' | 'to' | 'list' | null,
  takesYear: boolean,
): Found<Point> | null {
  const named = readParts(sentence, at, takesYear)
  if (named !== null && (named.year !== null || joined === null)) return completed(sentence, named)
  const own = named ?? readBareDay(sentence, at)
  if (own === null) return null
  const other = joined === null ? null : readOther(sentence, own.next, joined)
  const month = own.month ?? (own.quarter === null ? (other?.month ?? null) : null)
  return completed(sentence, { ...own, month, year: own.year ?? other?.year ?? null })
}

/** What stands at the other end of a range, or after "and" or "or" in a list. */
function readOther(sentence: Sentence, at: number, joined: 'and' | 'to' | 'list'): Named | null {
  if (joined === 'to' && !isAt(sentence, at, 'to', 'until')) return null
  if (joined === 'and' && !isAt(sentence, at, 'and', 'to')) return null
  if (joined === 'list' && !isAt(sentence, at, 'and', 'or')) return null
  const next = isAt(sentence, at + 1, 'in') ? at + 2 : at + 1
  return readParts(sentence, next, false)
}

function readParts(sentence: Sentence, at: number, takesYear: boolean): Named | null {
  const quarter = readQuarter(sentence, at)
  if (quarter !== null)
    return withYear(sentence, { day: null, month: null, quarter: quarter.value, next: quarter.next })
  const dayFirst = readDayNumber(sentence, at)
  if (dayFirst !== null) {
    const ofAt = isAt(sentence, dayFirst.next, 'of') ? dayFirst.next + 1 : dayFirst.next
    const month = meaningAt(sentence, ofAt, 'month')
    if (month !== undefined)
      return withYear(sentence, { day: dayFirst.value, month: month.month, quarter: null, next: ofAt + 1 })
  }
  const month = meaningAt(sentence, at, 'month')
  if (month !== undefined) {
    const day = readYear(sentence, at + 1) === null ? readDayNumber(sentence, at + 1) : null
    return withYear(sentence, { day: day?.value ?? null, month: month.month, quarter: null, next: day?.next ?? at + 1 })
  }
  const year = takesYear ? readYear(sentence, isAt(sentence, at, 'shift') ? -1 : at) : null
  return year === null ? null : { day: null, month: null, quarter: null, year: year.value, next: year.next }
}

function withYear(sentence: Sentence, parts: Omit<Named, 'year'>): Named {
  const comma = isSign(sentence, parts.next, ',') || isAt(sentence, parts.next, 'of') ? parts.next + 1 : parts.next
  const year = readYear(sentence, comma)
  return { ...parts, year: year?.value ?? null, next: year?.next ?? parts.next }
}

/** The first end of "1 to 15 March". */
function readBareDay(sentence: Sentence, at: number): Named | null {
  const day = readDayNumber(sentence, at)
  return day === null ? null : { day: day.value, month: null, quarter: null, year: null, next: day.next }
}

function readYear(sentence: Sentence, at: number): Found<number> | null {
  const lexeme = sentence.lexemes[at]
  if (lexeme?.kind !== 'number' || !/^(?:19|20)\d\d$/.test(lexeme.text)) return null
  return isAt(sentence, at + 1, 'unit', 'times', 'magnitude', 'currency')
    ? null
    : { value: Number(lexeme.text), next: at + 1 }
}

function readDayNumber(sentence: Sentence, at: number): Found<number> | null {
  const lexeme = sentence.lexemes[at]
  if (lexeme?.kind !== 'number' || !/^\d{1,2}$/.test(lexeme.text)) return null
  const next = isAt(sentence, at + 1, 'ordinal') && sentence.lexemes[at + 1]?.glued === true ? at + 2 : at + 1
  return { value: Number(lexeme.text), next }
}

/** "Q1", "first quarter". */
function readQuarter(sentence: Sentence, at: number): Found<number> | null {
  const named = meaningAt(sentence, at, 'quarter')
  if (named !== undefined) return { value: named.quarter, next: at + 1 }
  const number = sentence.lexemes[at + 1]
  if (!/^q$/i.test(sentence.lexemes[at]?.text ?? '') || number?.glued !== true || !/^[1-4]$/.test(number.text))
    return null
  return { value: Number(number.text), next: at + 2 }
}

/** Fills in the year: the latest in which the day, month or quarter has begun. */
function completed(sentence: Sentence, { day, month, quarter, year, next }: Named): Found<Point> | null {
  const now = today(sentence.clock)
  const inYear = (of: number): DayRange | null => {
    if (quarter !== null) return quarterRange(of, quarter)
    if (month === null) return day === null ? yearRange(of) : null
    return day === null ? monthRange(of, month) : { from: { year: of, month, day }, to: { year: of, month, day } }
  }
  const latest = inYear(now.year)
  const range =
    year !== null ? inYear(year) : latest !== null && compareDays(latest.from, now) > 0 ? inYear(now.year - 1) : latest
  if (range === null || !exists(range.from) || !exists(range.to)) return null
  const bareMonth = day === null && year === null ? month : null
  return { value: { is: 'days', range, hasYear: year !== null, month: bareMonth }, next }
}

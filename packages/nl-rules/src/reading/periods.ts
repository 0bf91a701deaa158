import type { Duration, Period } from '@muster/segment-core'
import { readAmount } from './amounts.ts'
import { addDays, type Day, isoDay, periodRange, today } from './days.ts'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import type { Unit } from './meanings.ts'
import { type Point, readPoint } from './points.ts'

/** When: a stretch of time back or forward from now, a calendar period, or fixed days. */
export type When =
  | { readonly is: 'last'; readonly duration: Duration; readonly said: LastForm }
  | { readonly is: 'next'; readonly duration: Duration }
  /** More than so long ago. */
  | { readonly is: 'ago'; readonly duration: Duration }
  | { readonly is: 'calendar'; readonly period: Period; readonly offset: number }
  | {
      readonly is: 'days'
      readonly from: string
      readonly to: string
      readonly month: number | null
      readonly hasYear: boolean
    }
  | { readonly is: 'since' | 'after' | 'before' | 'until'; readonly day: string; readonly hasYear: boolean }
  /** Read, but it could mean more than one thing. */
  | { readonly is: 'unclear'; readonly why: string }

/**
 * The words before "30 days". "for", "in" and "in more than" say how long something has not been done; of something
 * that was done they say nothing certain.
 */
export type LastForm = 'in the last' | 'within' | 'since' | 'in' | 'for' | 'more than'

/** One or more stretches of time, as they stand together in the text. */
export interface Periods {
  readonly start: number
  readonly end: number
  readonly whens: readonly When[]
  readonly join: 'and' | 'or'
  readonly assumption: string | null
}

/** Reads "in the last 30 days", "since March", "last month", "more than 3 months ago", "in January or February 2026". */
export function readPeriods(sentence: Sentence, at: number): Found<Periods> | null {
  const found =
    readRecently(sentence, at) ??
    readAgo(sentence, at) ??
    readRolling(sentence, at) ??
    readSpan(sentence, at) ??
    readCalendar(sentence, at)
  if (found === null) return null
  const { whens, join = 'and', assumption = null } = found.value
  const span = { start: sentence.lexemes[at]!.start, end: sentence.lexemes[found.next - 1]!.end }
  return { value: { ...span, whens, join, assumption }, next: found.next }
}

interface Read {
  readonly whens: readonly When[]
  readonly join?: 'and' | 'or'
  readonly assumption?: string
}

const one = (when: When, next: number): Found<Read> => ({ value: { whens: [when] }, next })

function readRecently(sentence: Sentence, at: number): Found<Read> | null {
  if (!isAt(sentence, at, 'recently')) return null
  const duration = sentence.vocabulary.catalog.english?.recently
  if (duration === undefined) return null
  const assumption = `"${sentence.lexemes[at]!.text}" is the last ${sayDuration(duration)}`
  return { value: { whens: [{ is: 'last', duration, said: 'in the last' }], assumption }, next: at + 1 }
}

/** "more than 3 months ago", "over a year ago". */
function readAgo(sentence: Sentence, at: number): Found<Read> | null {
  const comparison = meaningAt(sentence, at, 'compare')
  const length = readDuration(sentence, comparison ? at + 1 : at)
  if (length === null) return null
  const bound =
    meaningAt(sentence, length.next, 'bound') ??
    (isAt(sentence, length.next, 'or') ? meaningAt(sentence, length.next + 1, 'degree') : undefined)
  const ago = length.next + (bound === undefined ? 0 : bound.is === 'degree' ? 2 : 1)
  if (!isAt(sentence, ago, 'ago')) return null
  const next = ago + 1
  if (comparison?.operator === '>') return one({ is: 'ago', duration: length.value }, next)
  if (comparison === undefined && bound === undefined && 'days' in length.value) {
    return one({ is: 'calendar', period: 'day', offset: -length.value.days }, next)
  }
  return one({ is: 'unclear', why: 'only "more than … ago" says clearly when' }, next)
}

/** Stretches that end or begin now: the last 30 days, the next week, within 3 months, since 3 months. */
function readRolling(sentence: Sentence, at: number): Found<Read> | null {
  const opened = readOpening(sentence, at)
  const article = meaningAt(sentence, opened.next, 'article')
  const hasThe = article?.how === 'the'
  const shifted = opened.next + (hasThe ? 1 : 0)
  const shift = meaningAt(sentence, shifted, 'shift')
  if (shift !== undefined && shift.offset !== 0) {
    const counted = readDuration(sentence, shifted + 1)
    const single = readSingleUnit(sentence, shifted + 1)
    const length = counted ?? (hasThe || shift.rolling === true ? single : null)
    if (length !== null) {
      const duration = length.value
      return one(
        shift.offset === 1 ? { is: 'next', duration } : { is: 'last', duration, said: 'in the last' },
        length.next,
      )
    }
    return null
  }
  if (shift !== undefined || hasThe) return null
  const more = meaningAt(sentence, opened.next, 'compare')?.operator
  const length = readDuration(sentence, more === undefined ? opened.next : opened.next + 1)
  if (length === null) return null
  const said = more === undefined ? (opened.value ?? 'for') : more === '>' || more === '>=' ? 'more than' : null
  if (said === null) return one({ is: 'unclear', why: 'it does not say whether before or after' }, length.next)
  // "Since 2 months ago" is "since 2 months".
  const next = said === 'since' && isAt(sentence, length.next, 'ago') ? length.next + 1 : length.next
  return one({ is: 'last', duration: length.value, said }, next)
}

/** The preposition before a stretch of time; "over the last week" is "in the last week". */
function readOpening(sentence: Sentence, at: number): Found<LastForm | null> {
  if (isAt(sentence, at, 'within')) return { value: 'within', next: at + 1 }
  if (isAt(sentence, at, 'since')) return { value: 'since', next: at + 1 }
  if (isAt(sentence, at, 'in')) return { value: 'in', next: at + 1 }
  if (isAt(sentence, at, 'for')) return { value: 'for', next: at + 1 }
  const over = sentence.lexemes[at]?.text.toLowerCase()
  const goesOn = isAt(sentence, at + 1, 'article', 'shift')
  if (goesOn && (over === 'over' || over === 'during' || isAt(sentence, at, 'from', 'on', 'of')))
    return { value: 'in', next: at + 1 }
  return { value: null, next: at }
}

/** "30 days", "a week", "a couple of months", "90-day". */
function readDuration(sentence: Sentence, at: number): Found<Duration> | null {
  const isOne = meaningAt(sentence, at, 'article')?.how === 'a'
  if (isOne && !isAt(sentence, at + 1, 'magnitude')) return readSingleUnit(sentence, at + 1)
  const count = readAmount(sentence, at)
  if (count === null || count.value.isMoney || count.value.isTimes || !Number.isInteger(count.value.value)) return null
  const unitAt = isSign(sentence, count.next, '-') ? count.next + 1 : count.next
  const plus = isSign(sentence, unitAt, '+') ? unitAt + 1 : unitAt
  const unit = meaningAt(sentence, plus, 'unit')?.unit ?? (isFortnight(sentence, plus) ? 'fortnight' : undefined)
  const duration = unit === undefined || plus !== unitAt ? null : durationOf(count.value.value, unit)
  return duration === null ? null : { value: duration, next: plus + 1 }
}

/** "week" in "the last week", and "fortnight". */
function readSingleUnit(sentence: Sentence, at: number): Found<Duration> | null {
  const unit = meaningAt(sentence, at, 'unit')?.unit ?? (isFortnight(sentence, at) ? 'fortnight' : undefined)
  const duration = unit === undefined ? null : durationOf(1, unit)
  return duration === null ? null : { value: duration, next: at + 1 }
}

function isFortnight(sentence: Sentence, at: number): boolean {
  return /^fortnights?$/i.test(sentence.lexemes[at]?.text ?? '')
}

/** At most 100 years, as in rules. */
const most: Readonly<Record<Unit | 'fortnight', number>> = {
  hour: 876_600,
  day: 36_525,
  week: 5_217,
  fortnight: 2_608,
  month: 1_200,
  quarter: 400,
  year: 100,
}

function durationOf(count: number, unit: Unit | 'fortnight'): Duration | null {
  if (count < 1 || count > most[unit]) return null
  switch (unit) {
    case 'hour':
      return { hours: count }
    case 'day':
      return { days: count }
    case 'week':
      return { weeks: count }
    case 'fortnight':
      return { days: count * 14 }
    case 'month':
      return { months: count }
    case 'quarter':
      return { months: count * 3 }
    case 'year':
      return { years: count }
  }
}

/** A duration in words. */
export function sayDuration(duration: Duration): string {
  const [unit, count] = Object.entries(duration)[0] ?? ['days', 0]
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`
}

/** From one day to another, or from or up to one: since March, before 5 May 2026, between January and March. */
function readSpan(sentence: Sentence, at: number): Found<Read> | null {
  const isBetween = isAt(sentence, at, 'between')
  const isFrom = isAt(sentence, at, 'from')
  if (isBetween || isFrom) {
    const first = readPoint(sentence, at + 1, isBetween ? 'and' : 'to')
    if (first === null) return null
    const joined = isBetween ? isAt(sentence, first.next, 'and', 'to') : isAt(sentence, first.next, 'to', 'until')
    const second = joined ? readPoint(sentence, first.next + 1, null) : null
    if (second !== null) return one(spanOf(sentence, first.value, second.value), second.next)
    if (isFrom && isAt(sentence, first.next, 'onwards', 'upward'))
      return one(edgeOf(sentence, 'since', first.value), first.next + 1)
    return null
  }
  const edge = isAt(sentence, at, 'since')
    ? 'since'
    : isAt(sentence, at, 'before')
      ? 'before'
      : isAt(sentence, at, 'after')
        ? 'after'
        : null
  const onOr = edge === null ? readOnOr(sentence, at) : null
  const kind = edge ?? onOr?.value ?? (isAt(sentence, at, 'until') ? 'until' : null)
  if (kind === null) return null
  const point = readPoint(sentence, onOr?.next ?? at + 1, null)
  return point === null ? null : one(edgeOf(sentence, kind, point.value), point.next)
}

/** "on or after", "on or before". */
function readOnOr(sentence: Sentence, at: number): Found<'since' | 'until'> | null {
  if (!isAt(sentence, at, 'on') || !isAt(sentence, at + 1, 'or')) return null
  if (isAt(sentence, at + 2, 'after')) return { value: 'since', next: at + 3 }
  return isAt(sentence, at + 2, 'before') ? { value: 'until', next: at + 3 } : null
}

function edgeOf(sentence: Sentence, kind: 'since' | 'after' | 'before' | 'until', point: Point): When {
  if (point.is === 'calendar') return { is: 'unclear', why: 'a rule cannot follow this as time goes on; name a day' }
  const { from, to } = daysOf(sentence, point)
  const { hasYear } = point
  return { is: kind, day: isoDay(kind === 'since' || kind === 'before' ? from : to), hasYear }
}

function daysOf(sentence: Sentence, point: Point): { from: Day; to: Day } {
  return point.is === 'days' ? point.range : periodRange(today(sentence.clock), point.period, point.offset)
}

function spanOf(sentence: Sentence, first: Point, second: Point): When {
  if (first.is === 'calendar' || second.is === 'calendar') {
    return { is: 'unclear', why: 'a rule cannot follow this as time goes on; name days' }
  }
  const { from } = daysOf(sentence, first)
  const { to } = daysOf(sentence, second)
  // November to January, both the latest: the first lies a year earlier than its own latest.
  if (isoDay(from) > isoDay(to)) {
    return first.hasYear
      ? { is: 'unclear', why: 'it ends before it begins' }
      : days({ ...from, year: from.year - 1 }, to, null, false)
  }
  return days(from, to, null, first.hasYear && second.hasYear)
}

function days(from: Day, to: Day, month: number | null, hasYear: boolean): When {
  return { is: 'days', from: isoDay(from), to: isoDay(to), month, hasYear }
}

/** Days and calendar periods, one or a list: today, in March, on 5 May, in 2025, last month or this month. */
function readCalendar(sentence: Sentence, at: number): Found<Read> | null {
  const hasPreposition =
    isAt(sentence, at, 'in', 'on', 'of', 'for') || /^during$/i.test(sentence.lexemes[at]?.text ?? '')
  let next = hasPreposition ? at + 1 : at
  if (hasPreposition && isAt(sentence, next, 'both', 'either')) next += 1
  const first = readPoint(sentence, next, 'list', hasPreposition)
  if (first === null) return null
  // "in last month" may be the month before this one or the 30 days up to now.
  if (
    isAt(sentence, at, 'in') &&
    isAt(sentence, at + 1, 'shift') &&
    first.value.is === 'calendar' &&
    first.value.offset !== 0
  ) {
    return one({ is: 'unclear', why: 'say "last month" or "in the last month"' }, first.next)
  }
  const points = [first]
  let join: 'and' | 'or' | null = null
  for (let here = first.next; points.length < 12; ) {
    const word = isAt(sentence, here, 'and') ? 'and' : isAt(sentence, here, 'or') ? 'or' : null
    const again = here + 1 + (isAt(sentence, here + 1, 'in') ? 1 : 0)
    const more =
      word === null || (join !== null && word !== join) ? null : readPoint(sentence, again, 'list', hasPreposition)
    if (more === null || isAt(sentence, more.next, 'activity', 'measure')) break
    join = word
    points.push(more)
    here = more.next
  }
  const whens = points.map(({ value }) => whenOf(value))
  const end = points.at(-1)!.next
  if (points.length === 1 && first.value.is === 'days' && isAt(sentence, end, 'onwards')) {
    return one(edgeOf(sentence, 'since', first.value), end + 1)
  }
  return { value: { whens, join: join ?? 'or' }, next: end }
}

function whenOf(point: Point): When {
  if (point.is === 'calendar') return { is: 'calendar', period: point.period, offset: point.offset }
  return days(point.range.from, point.range.to, point.month, point.hasYear)
}

/** What follows a word that ends in "since", such as "customer since". */
export function readSince(sentence: Sentence, at: number): Found<Periods> | null {
  const point = readPoint(sentence, at, null)
  if (point === null) return null
  const span = { start: sentence.lexemes[at]!.start, end: sentence.lexemes[point.next - 1]!.end }
  return {
    value: { ...span, whens: [edgeOf(sentence, 'since', point.value)], join: 'or', assumption: null },
    next: point.next,
  }
}

/** The day before. */
export function dayBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return isoDay(addDays({ year, month, day: date }, -1))
}

/** The day after. */
export function dayAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return isoDay(addDays({ year, month, day: date }, 1))
}

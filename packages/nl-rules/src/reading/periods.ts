import { monthRange } from './days.ts'
import { readDuration, readSingleUnit, sayDuration } from './durations.ts'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import { type Point, readPoint } from './points.ts'
import { days, edgeOf, readSpan } from './spans.ts'
import type { LastForm, When } from './when.ts'

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
    readBounded(sentence, at) ??
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

function readBounded(sentence: Sentence, at: number): Found<Read> | null {
  const span = readSpan(sentence, at)
  return span === null ? null : one(span.value, span.next)
}

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
  const { points, join } = readMorePoints(sentence, first, hasPreposition)
  const whens = inOneYear(points.map(({ value }) => value)).map(whenOf)
  const end = points.at(-1)!.next
  if (points.length === 1 && first.value.is === 'days' && isAt(sentence, end, 'onwards')) {
    return one(edgeOf(sentence, 'since', first.value), end + 1)
  }
  return { value: { whens, join: join ?? 'or' }, next: end }
}

const mostPoints = 24

/** "or February", ", February and March": what is listed after a point. Commas count where one word joins the rest. */
function readMorePoints(
  sentence: Sentence,
  first: Found<Point>,
  takesYear: boolean,
): { readonly points: readonly Found<Point>[]; readonly join: 'and' | 'or' | null } {
  const points = [first]
  const joins: ('and' | 'or' | 'comma')[] = []
  for (let last = first; points.length < mostPoints; ) {
    const joined = readPointJoin(sentence, last.next)
    const more = joined === null ? null : readPoint(sentence, joined.next, 'list', takesYear)
    if (joined === null || more === null || isAt(sentence, more.next, 'activity', 'measure')) break
    points.push(more)
    joins.push(joined.value)
    last = more
  }
  const [word, ...others] = new Set(joins.filter((join) => join !== 'comma'))
  const isList = word !== undefined && others.length === 0 && joins.at(-1) === word
  return isList ? { points, join: word } : { points: [first], join: null }
}

/** The word or comma between two points, and "in" after it. */
function readPointJoin(sentence: Sentence, at: number): Found<'and' | 'or' | 'comma'> | null {
  const hasComma = isSign(sentence, at, ',')
  const wordAt = hasComma ? at + 1 : at
  const word = isAt(sentence, wordAt, 'and') ? 'and' : isAt(sentence, wordAt, 'or') ? 'or' : null
  if (word === null && !hasComma) return null
  const next = word === null ? wordAt : wordAt + 1
  return { value: word ?? 'comma', next: isAt(sentence, next, 'in') ? next + 1 : next }
}

/** "January, February and March 2025": the year is said once. */
function inOneYear(points: readonly Point[]): readonly Point[] {
  const last = points.at(-1)
  if (last?.is !== 'days' || !last.hasYear) return points
  const { year } = last.range.from
  return points.map((point) =>
    point.is === 'days' && !point.hasYear && point.month !== null
      ? { ...point, range: monthRange(year, point.month), hasYear: true, month: null }
      : point,
  )
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

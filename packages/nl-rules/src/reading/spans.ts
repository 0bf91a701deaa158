import { type Day, isoDay, periodRange, today } from './days.ts'
import { type Found, isAt, type Sentence } from './lexemes.ts'
import { type Point, readPoint } from './points.ts'
import type { When } from './when.ts'

const found = (value: When, next: number): Found<When> => ({ value, next })

/** From one day to another, or from or up to one: since March, before 5 May 2026, between January and March. */
export function readSpan(sentence: Sentence, at: number): Found<When> | null {
  const isBetween = isAt(sentence, at, 'between')
  const isFrom = isAt(sentence, at, 'from')
  if (isBetween || isFrom) {
    const first = readPoint(sentence, at + 1, isBetween ? 'and' : 'to')
    if (first === null) return null
    const joined = isBetween ? isAt(sentence, first.next, 'and', 'to') : isAt(sentence, first.next, 'to', 'until')
    const second = joined ? readPoint(sentence, first.next + 1, null) : null
    if (second !== null) return found(spanOf(sentence, first.value, second.value), second.next)
    if (isFrom && isAt(sentence, first.next, 'onwards', 'upward'))
      return found(edgeOf(sentence, 'since', first.value), first.next + 1)
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
  return point === null ? null : found(edgeOf(sentence, kind, point.value), point.next)
}

/** "on or after", "on or before". */
function readOnOr(sentence: Sentence, at: number): Found<'since' | 'until'> | null {
  if (!isAt(sentence, at, 'on') || !isAt(sentence, at + 1, 'or')) return null
  if (isAt(sentence, at + 2, 'after')) return { value: 'since', next: at + 3 }
  return isAt(sentence, at + 2, 'before') ? { value: 'until', next: at + 3 } : null
}

/** What a point in the calendar bounds. */
export function edgeOf(sentence: Sentence, kind: 'since' | 'after' | 'before' | 'until', point: Point): When {
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

/** The days from one to another. */
export function days(from: Day, to: Day, month: number | null, hasYear: boolean): When {
  return { is: 'days', from: isoDay(from), to: isoDay(to), month, hasYear }
}

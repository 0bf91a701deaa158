import type { Duration } from '@muster/segment-core'
import { readAmount } from './amounts.ts'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import type { Unit } from './meanings.ts'

/** "30 days", "a week", "a couple of months", "90-day". */
export function readDuration(sentence: Sentence, at: number): Found<Duration> | null {
  const isOne = meaningAt(sentence, at, 'article')?.how === 'a'
  if (isOne && !isAt(sentence, at + 1, 'magnitude')) return readSingleUnit(sentence, at + 1)
  const count = readAmount(sentence, at)
  if (count === null || count.value.isMoney || count.value.isTimes || !Number.isInteger(count.value.value)) return null
  const unitAt = isSign(sentence, count.next, '-') ? count.next + 1 : count.next
  const plus = isSign(sentence, unitAt, '+') ? unitAt + 1 : unitAt
  const unit = meaningAt(sentence, plus, 'unit')?.unit
  const duration = unit === undefined || plus !== unitAt ? null : durationOf(count.value.value, unit)
  return duration === null ? null : { value: duration, next: plus + 1 }
}

/** "week" in "the last week", and "fortnight". */
export function readSingleUnit(sentence: Sentence, at: number): Found<Duration> | null {
  const unit = meaningAt(sentence, at, 'unit')?.unit
  const duration = unit === undefined ? null : durationOf(1, unit)
  return duration === null ? null : { value: duration, next: at + 1 }
}

/** At most 100 years, as in rules. */
const most: Readonly<Record<Unit, number>> = {
  hour: 876_600,
  day: 36_525,
  week: 5_217,
  fortnight: 2_608,
  month: 1_200,
  quarter: 400,
  year: 100,
}

function durationOf(count: number, unit: Unit): Duration | null {
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

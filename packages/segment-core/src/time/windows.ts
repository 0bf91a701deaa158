import type { Period } from '../language/rule.ts'
import type { Operand, PositiveOperator } from '../language/tree.ts'
import { dayMs, dayOf } from './calendar-day.ts'
import type { Clock } from './clock.ts'
import { mergedRanges, type Range } from './ranges.ts'

/** The days, counted from 1970-01-01, for which a date operator holds. Not for anniversaries. */
export function daysWindow(operator: PositiveOperator, operand: Operand, clock: Clock): Range {
  switch (operand.kind) {
    case 'days':
      return aroundDays(operator, operand.days)
    case 'duration': {
      const { unit, count } = operand
      const back = () => clock.shiftedToday(unit, count, -1)
      if (operator === 'withinLast') return { low: back(), high: clock.today }
      if (operator === 'withinNext') return { low: clock.today + 1, high: clock.shiftedToday(unit, count, 1) }
      return operator === 'before' ? { low: -Infinity, high: back() - 1 } : { low: back() + 1, high: Infinity }
    }
    case 'period':
      return periodDays(operand.period, operand.offset, clock.today)
    default:
      throw new TypeError(`A date is not compared with ${operand.kind}`)
  }
}

/** The instants, in milliseconds, for which a date operator holds. Not for anniversaries. */
export function instantsWindow(operator: PositiveOperator, operand: Operand, clock: Clock): Range {
  if (operand.kind === 'instants') return aroundInstants(operator, operand.instantsMs)
  if (operand.kind !== 'duration') return instantsOfDays(daysWindow(operator, operand, clock), clock)
  const { unit, count } = operand
  if (operator === 'withinNext') return { low: clock.nowMs + 1, high: clock.shiftedNow(unit, count, 1) }
  const backMs = clock.shiftedNow(unit, count, -1)
  if (operator === 'withinLast') return { low: backMs, high: clock.nowMs }
  return operator === 'before' ? { low: -Infinity, high: backMs - 1 } : { low: backMs + 1, high: Infinity }
}

function aroundDays(operator: PositiveOperator, [first, last = first]: readonly number[]): Range {
  if (operator === 'before') return { low: -Infinity, high: first! - 1 }
  if (operator === 'after') return { low: first! + 1, high: Infinity }
  return { low: first!, high: last! }
}

function aroundInstants(operator: PositiveOperator, [first, last]: readonly number[]): Range {
  if (operator === 'before') return { low: -Infinity, high: first! - 1 }
  if (operator === 'after') return { low: first! + 1, high: Infinity }
  return { low: first!, high: last! }
}

/** From the first instant of the first day up to the one before the first instant after the last. */
function instantsOfDays({ low, high }: Range, clock: Clock): Range {
  return {
    low: low === -Infinity ? low : clock.startOfDay(Number(low)),
    high: high === Infinity ? high : clock.startOfDay(Number(high) + 1) - 1,
  }
}

/** The days of the calendar period that holds a day, shifted by whole periods. */
function periodDays(period: Period, offset: number, today: number): Range {
  const date = new Date(today * dayMs)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const ofMonths = (first: number, months: number): Range => ({
    low: firstOfMonth(year, first),
    high: firstOfMonth(year, first + months) - 1,
  })
  switch (period) {
    case 'day':
      return { low: today + offset, high: today + offset }
    case 'week': {
      // 1970-01-01 was a Thursday: three days after a Monday.
      const monday = today - ((((today + 3) % 7) + 7) % 7) + 7 * offset
      return { low: monday, high: monday + 6 }
    }
    case 'month':
      return ofMonths(month + offset, 1)
    case 'quarter':
      return ofMonths(month - (month % 3) + 3 * offset, 3)
    case 'year':
      return ofMonths(12 * offset, 12)
  }
}

/** The first day of a month, counted on from January of a year; −1 is December before it. */
function firstOfMonth(year: number, monthsOn: number): number {
  return dayOf(year + Math.floor(monthsOn / 12), (((monthsOn % 12) + 12) % 12) + 1, 1)!
}

/** A day of no year in particular, as `month × 100 + day`. */
export type MonthDay = number

/** The days of the year on which an anniversary operator holds, as ranges of `MonthDay`. */
export function monthDaysOf(operand: Operand, clock: Clock): Range[] {
  if (operand.kind === 'month') return [{ low: operand.month * 100 + 1, high: operand.month * 100 + 31 }]
  const window =
    operand.kind === 'duration'
      ? { low: clock.today, high: clock.today + operand.count }
      : daysWindow('on', operand, clock)
  const days: Range[] = []
  for (let day = Number(window.low); day <= Number(window.high); day += 1) {
    const date = new Date(day * dayMs)
    const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
    // 29 February recurs on the 28th where there is no 29th.
    const isLastOfFebruary = monthDay === 228 && new Date((day + 1) * dayMs).getUTCDate() === 1
    days.push({ low: monthDay, high: isLastOfFebruary ? 229 : monthDay })
  }
  return joinedMonths(mergedRanges(days))
}

/** Between the last day of a month and the first of the next there is no other. */
function joinedMonths(ranges: readonly Range[]): Range[] {
  const joined: Range[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    const follows = last !== undefined && isLastOfMonth(Number(last.high)) && Number(range.low) % 100 === 1
    const isNextMonth =
      last !== undefined && Math.floor(Number(range.low) / 100) === Math.floor(Number(last.high) / 100) + 1
    if (last !== undefined && follows && isNextMonth) joined[joined.length - 1] = { low: last.low, high: range.high }
    else joined.push(range)
  }
  return joined
}

function isLastOfMonth(monthDay: MonthDay): boolean {
  return dayOf(2000, Math.floor(monthDay / 100), (monthDay % 100) + 1) === undefined
}

/** The day of the year that a calendar day is. */
export function monthDayOf(day: number): MonthDay {
  const date = new Date(day * dayMs)
  return (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}

/** Instants recur as far back and ahead as this; the documents say so. */
const firstRecurringYear = 1900
const lastRecurringYear = 2199

/** The instants, in every year, whose local day is one of the given days of the year. */
export function recurringInstants(monthDays: readonly Range[], clock: Clock): Range[] {
  const ranges: Range[] = []
  for (let year = firstRecurringYear; year <= lastRecurringYear; year += 1) {
    for (const { low, high } of monthDays)
      ranges.push(instantsOfDays(daysInYear(year, Number(low), Number(high)), clock))
  }
  return mergedRanges(ranges)
}

/** The range of days of one year; 29 February is left out where there is none, and 31 stands for a month's last. */
function daysInYear(year: number, low: MonthDay, high: MonthDay): Range {
  const first = dayOf(year, Math.floor(low / 100), low % 100) ?? firstOfMonth(year, Math.floor(low / 100))
  const last = dayOf(year, Math.floor(high / 100), high % 100) ?? firstOfMonth(year, Math.floor(high / 100)) - 1
  return { low: first, high: last }
}

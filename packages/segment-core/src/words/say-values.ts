import type { Operand } from '../language/tree.ts'
import type { ValueType } from '../language/value-type.ts'
import { writeDay, writeInstant } from '../time/calendar-day.ts'

/** A number as people read it: groups of three, `5,000.5`; amounts with the sign of their currency. */
export function sayNumber(value: number, valueType: ValueType, currency: string | undefined): string {
  const text = String(Math.abs(value))
  const [whole = '', fraction] = text.split('.')
  const isPlain = /^\d+$/.test(whole) && !text.includes('e')
  const grouped = isPlain
    ? whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`)
    : text
  const sign = valueType.type === 'money' && currency !== undefined ? currencySign(currency) : ''
  return `${value < 0 ? '-' : ''}${sign}${grouped}`
}

function currencySign(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0)
  const sign = parts.find(({ type }) => type === 'currency')?.value ?? currency
  return /^[A-Z]+$/.test(sign) ? `${sign} ` : sign
}

/** A text in quotes, so that its own words cannot be mistaken for ours. */
export function sayText(text: string): string {
  return JSON.stringify(text)
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** The name of a month, 1 to 12. */
export function sayMonth(month: number): string {
  return months[month - 1]!
}

/** A day: `31 January 2026`. */
function sayDay(day: number): string {
  const [year, month, date] = writeDay(day).split('-')
  return `${Number(date)} ${sayMonth(Number(month))} ${year}`
}

/** The days or instants of an operand. */
export function sayDates(operand: Operand): string[] {
  if (operand.kind === 'days') return operand.days.map(sayDay)
  if (operand.kind === 'instants') return operand.instantsMs.map(writeInstant)
  throw new TypeError(`There are no dates in ${operand.kind}`)
}

/** `30 days`, `1 month`. */
export function sayDuration(operand: Operand): string {
  if (operand.kind !== 'duration') throw new TypeError(`${operand.kind} is not a duration`)
  const { unit, count } = operand
  return count === 1 ? `1 ${unit.slice(0, -1)}` : `${count} ${unit}`
}

const daysByOffset: Readonly<Record<number, string>> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }
const nearby: Readonly<Record<number, string>> = { [-1]: 'last', 0: 'this', 1: 'next' }

/** `today`, `last month`, `the quarter 2 quarters before this one`. */
export function sayPeriod(operand: Operand): string {
  if (operand.kind !== 'period') throw new TypeError(`${operand.kind} is not a period`)
  const { period, offset } = operand
  if (period === 'day' && daysByOffset[offset] !== undefined) return daysByOffset[offset]
  if (nearby[offset] !== undefined) return `${nearby[offset]} ${period}`
  return `the ${period} ${Math.abs(offset)} ${period}s ${offset < 0 ? 'before' : 'after'} this one`
}

/** `a, b or c`. */
export function sayList(items: readonly string[], connective: 'and' | 'or'): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${connective} ${items.at(-1)}`
}

import { firstYear, lastYear } from '../language/limits.ts'
import type { Operand } from '../language/tree.ts'
import { readDay, readInstant } from '../time/calendar-day.ts'
import { type Place, shown } from './faults.ts'
import type { OperandContext } from './operand-context.ts'
import { readPair } from './read-list.ts'

/** A day or an instant, as a value of a rule. */
export type DateValue = { readonly day: number } | { readonly instantMs: number }

const longestDate = 40

/** Reads a day, or where the field holds instants an instant. */
export function readDate(value: unknown, at: Place, { valueType, faults }: OperandContext): DateValue | undefined {
  const isDayOnly = valueType.type === 'date' && valueType.dayOnly
  const wanted = isDayOnly ? 'A day such as "2026-01-31"' : 'A day such as "2026-01-31" or an instant with offset'
  if (typeof value !== 'string') {
    faults.add('WRONG_VALUE_TYPE', at, `${wanted} is needed here, not ${shown(value)}`)
    return undefined
  }
  const text = value.length > longestDate ? '' : value
  const day = readDay(text)
  const instantMs = day === undefined ? readInstant(text, 3) : undefined
  if (day === undefined && instantMs === undefined) {
    faults.add('BAD_DATE', at, `${shown(value)} is not a date that exists; ${wanted.toLowerCase()} is needed`)
    return undefined
  }
  const year = Number(text.slice(0, 4))
  if (year < firstYear || year > lastYear) {
    faults.add('BAD_DATE', at, `The year of ${shown(value)} is not between ${firstYear} and ${lastYear}`)
    return undefined
  }
  if (day !== undefined) return { day }
  if (!isDayOnly) return { instantMs: instantMs! }
  faults.add('BAD_DATE', at, `${shown(value)} is an instant, but only a day can be compared with here`)
  return undefined
}

/** Reads a day; an instant is none. */
export function readDayOnly(value: unknown, at: Place, context: OperandContext): DateValue | undefined {
  const date = readDate(value, at, context)
  if (date === undefined || 'day' in date) return date
  context.faults.add('BAD_DATE', at, `${shown(value)} is an instant, but a day such as "2026-01-31" is needed`)
  return undefined
}

/** The operand of days or instants; `undefined` when they are mixed. */
export function dates(values: readonly DateValue[] | undefined): Operand | undefined {
  if (values === undefined) return undefined
  const days = values.filter((value) => 'day' in value).map(({ day }) => day)
  if (days.length === values.length) return { kind: 'days', days }
  const instantsMs = values.filter((value) => 'instantMs' in value).map(({ instantMs }) => instantMs)
  return instantsMs.length === values.length ? { kind: 'instants', instantsMs } : undefined
}

/** Reads two days or two instants in order. */
export function readDateRange(value: unknown, at: Place, context: OperandContext): Operand | undefined {
  const pair = readPair(value, at, context, readDate)
  if (pair === undefined) return undefined
  const operand = dates(pair)
  if (operand === undefined) {
    context.faults.add('BAD_RANGE', at, 'Both ends must be days, or both instants')
    return undefined
  }
  const [low, high] = operand.kind === 'days' ? operand.days : operand.kind === 'instants' ? operand.instantsMs : []
  if (low! <= high!) return operand
  context.faults.add('BAD_RANGE', at, 'The first date is after the second')
  return undefined
}

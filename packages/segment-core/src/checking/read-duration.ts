import type { Period } from '../language/rule.ts'
import type { DurationUnit, Operand } from '../language/tree.ts'
import { below, type Place, shown } from './faults.ts'
import type { OperandContext } from './operand-context.ts'
import { plainObject, withKeys } from './plain-object.ts'

/** At most 100 years. */
const mostOf: Readonly<Record<DurationUnit, number>> = {
  hours: 876_600,
  days: 36_525,
  weeks: 5_217,
  months: 1_200,
  years: 100,
}

/** Reads a duration; a bare whole number is days. */
export function readDuration(value: unknown, at: Place, context: OperandContext): Operand | undefined {
  const { faults, valueType } = context
  if (typeof value === 'number') return durationOf('days', value, at, context)
  const record = plainObject(value)
  if (record === undefined) {
    faults.add('WRONG_VALUE_TYPE', at, `A duration such as {"days": 30} is needed here, not ${shown(value)}`)
    return undefined
  }
  const keys = Object.keys(record)
  const units = keys.filter((key): key is DurationUnit => Object.hasOwn(mostOf, key))
  for (const key of keys.filter((name) => !Object.hasOwn(mostOf, name))) {
    faults.add('UNKNOWN_KEY', below(at, key), `${shown(key)} is not a unit of time`, {
      given: key,
      known: Object.keys(mostOf),
    })
  }
  if (units.length !== 1) {
    faults.add('BAD_DURATION', at, 'A duration has exactly one of hours, days, weeks, months, years')
    return undefined
  }
  const [unit] = units as [DurationUnit]
  if (keys.length > 1) return undefined
  if (unit === 'hours' && valueType.type === 'date' && valueType.dayOnly) {
    faults.add('BAD_DURATION', at, 'This date is a day without a time, so hours cannot be compared with it')
    return undefined
  }
  return durationOf(unit, record[unit], below(at, unit), context)
}

function durationOf(unit: DurationUnit, count: unknown, at: Place, { faults }: OperandContext): Operand | undefined {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= mostOf[unit]) {
    return { kind: 'duration', unit, count }
  }
  const isNumber = typeof count === 'number'
  const wanted = `A whole number of ${unit} from 1 to ${mostOf[unit]}`
  faults.add(isNumber ? 'BAD_DURATION' : 'WRONG_VALUE_TYPE', at, `${wanted} is needed here, not ${shown(count)}`)
  return undefined
}

/** At most 100 years either way. */
const farthestOffset: Readonly<Record<Period, number>> = {
  day: 36_525,
  week: 5_217,
  month: 1_200,
  quarter: 400,
  year: 100,
}

/** Reads a calendar period and its offset. */
export function readPeriod(
  value: unknown,
  at: Place,
  context: OperandContext,
  allowed: readonly Period[],
): Operand | undefined {
  const { faults } = context
  const record = withKeys(value, ['period', 'offset'], '{"period": "month", "offset": -1}', at, context)
  if (record === undefined) return undefined
  const period = allowed.find((name) => name === record['period'])
  if (period === undefined) {
    const given = record['period']
    const misspelt = typeof given === 'string' ? { given, known: allowed } : undefined
    faults.add('BAD_PERIOD', below(at, 'period'), `${shown(given)} is not one of ${allowed.join(', ')}`, misspelt)
  }
  const offset = record['offset']
  const farthest = farthestOffset[period ?? 'day']
  if (typeof offset !== 'number' || !Number.isInteger(offset) || Math.abs(offset) > farthest) {
    const wanted = `A whole number from -${farthest} to ${farthest}`
    faults.add('BAD_PERIOD', below(at, 'offset'), `${wanted} is needed here, not ${shown(offset)}`)
    return undefined
  }
  return period && { kind: 'period', period, offset: offset + 0 }
}

const mostDaysAhead = 366

/** Reads how many days ahead an anniversary may lie. */
export function readDaysAhead(value: unknown, at: Place, context: OperandContext): Operand | undefined {
  const record = withKeys(value, ['days'], '{"days": 7}', at, context)
  if (record === undefined) return undefined
  const days = record['days']
  if (typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= mostDaysAhead) {
    return { kind: 'duration', unit: 'days', count: days + 0 }
  }
  const wanted = `A whole number of days from 0 to ${mostDaysAhead}`
  context.faults.add('BAD_DURATION', below(at, 'days'), `${wanted} is needed here, not ${shown(days)}`)
  return undefined
}

/** Reads a month of any year, or a week or month around now. */
export function readMonthOrPeriod(value: unknown, at: Place, context: OperandContext): Operand | undefined {
  if (!Object.hasOwn(plainObject(value) ?? {}, 'month')) return readPeriod(value, at, context, ['week', 'month'])
  const record = withKeys(value, ['month'], '{"month": 4}', at, context)
  if (record === undefined) return undefined
  const month = record['month']
  if (typeof month === 'number' && Number.isInteger(month) && month >= 1 && month <= 12) return { kind: 'month', month }
  context.faults.add('BAD_PERIOD', below(at, 'month'), `A month from 1 to 12 is needed here, not ${shown(month)}`)
  return undefined
}

import { decimalOf } from '../language/decimal.ts'
import { firstYear, lastYear, moneyBound, mostSignificantDigits, type RuleLimits } from '../language/limits.ts'
import type { OperandShape } from '../language/operator-table.ts'
import type { Period } from '../language/rule.ts'
import type { DurationUnit, Operand } from '../language/tree.ts'
import type { ValueType } from '../language/value-type.ts'
import { readDay, readInstant } from '../time/calendar-day.ts'
import { below, type Faults, type Place, shown } from './faults.ts'

/** What reading a value depends on. */
export interface OperandContext {
  readonly valueType: ValueType
  readonly limits: RuleLimits
  readonly faults: Faults
}

/** Reads the value of an operator in the shape it asks for; notes every fault and answers `undefined` when there is one. */
export function readOperand(
  shape: OperandShape,
  value: unknown,
  at: Place,
  context: OperandContext,
): Operand | undefined {
  switch (shape) {
    case 'nothing':
      return { kind: 'nothing' }
    case 'number':
      return numbers(one(readNumber(value, at, context)))
    case 'numberList':
      return numbers(readList(value, at, context, readNumber))
    case 'numberRange':
      return numbers(readRange(value, at, context, readNumber))
    case 'text':
      return texts(one(readText(value, at, context)))
    case 'textPiece':
      return texts(one(readTextPiece(value, at, context)))
    case 'textList':
      return texts(readList(value, at, context, readText))
    case 'word':
      return texts(one(readWord(value, at, context)))
    case 'wordList':
      return texts(readList(value, at, context, readWord))
    case 'truth':
      return readTruth(value, at, context)
    case 'day':
      return dates(one(readDayOnly(value, at, context)))
    case 'dateRange':
      return readDateRange(value, at, context)
    case 'moment':
      return readMoment(value, at, context)
    case 'duration':
      return readDuration(value, at, context)
    case 'period':
      return readPeriod(value, at, context, ['day', 'week', 'month', 'quarter', 'year'])
    case 'daysAhead':
      return readDaysAhead(value, at, context)
    case 'monthOrPeriod':
      return readMonthOrPeriod(value, at, context)
  }
}

type Read<Item> = (value: unknown, at: Place, context: OperandContext) => Item | undefined

function one<Item>(item: Item | undefined): readonly Item[] | undefined {
  return item === undefined ? undefined : [item]
}

function numbers(values: readonly number[] | undefined): Operand | undefined {
  return values && { kind: 'numbers', values }
}

function texts(values: readonly string[] | undefined): Operand | undefined {
  return values && { kind: 'texts', values }
}

function readList<Item>(value: unknown, at: Place, context: OperandContext, read: Read<Item>): Item[] | undefined {
  const { faults, limits } = context
  if (!Array.isArray(value)) {
    faults.add('WRONG_VALUE_TYPE', at, `A list is needed here, not ${shown(value)}`)
    return undefined
  }
  if (value.length === 0) {
    faults.add('EMPTY_LIST', at, 'The list is empty: name at least one value')
    return undefined
  }
  if (value.length > limits.listLength) {
    faults.add('LIST_TOO_LONG', at, `The list has ${value.length} entries; at most ${limits.listLength} are allowed`)
    return undefined
  }
  const items: Item[] = []
  for (let index = 0; index < value.length && !faults.isFull(); index += 1) {
    const item = read(value[index], below(at, index), context)
    if (item !== undefined) items.push(item)
  }
  return items.length === value.length ? items : undefined
}

function readPair<Item>(
  value: unknown,
  at: Place,
  context: OperandContext,
  read: Read<Item>,
): [Item, Item] | undefined {
  if (!Array.isArray(value) || value.length !== 2) {
    context.faults.add('WRONG_VALUE_TYPE', at, `Two values, [from, to], are needed here, not ${shown(value)}`)
    return undefined
  }
  const low = read(value[0], below(at, 0), context)
  const high = read(value[1], below(at, 1), context)
  return low === undefined || high === undefined ? undefined : [low, high]
}

function readRange(value: unknown, at: Place, context: OperandContext, read: Read<number>): number[] | undefined {
  const pair = readPair(value, at, context, read)
  if (pair === undefined || pair[0] <= pair[1]) return pair
  context.faults.add('BAD_RANGE', at, `The lower end ${pair[0]} is above the upper end ${pair[1]}`)
  return undefined
}

function readNumber(value: unknown, at: Place, { valueType, faults }: OperandContext): number | undefined {
  if (typeof value !== 'number') {
    faults.add('WRONG_VALUE_TYPE', at, `A number is needed here, not ${shown(value)}`)
    return undefined
  }
  if (!Number.isFinite(value)) {
    faults.add('BAD_NUMBER', at, `${value} is not a number that can be compared with`)
    return undefined
  }
  const { significantDigits, decimals } = decimalOf(value)
  if (significantDigits > mostSignificantDigits) {
    faults.add('BAD_NUMBER', at, `${value} has more than ${mostSignificantDigits} significant digits`)
    return undefined
  }
  if (valueType.type === 'money' && Math.abs(value) >= moneyBound) {
    faults.add('BAD_NUMBER', at, `${value} is too large for an amount of money`)
    return undefined
  }
  if (valueType.type === 'money' && decimals > valueType.decimals) {
    faults.add('BAD_NUMBER', at, `${value} has more than ${valueType.decimals} decimals`)
    return undefined
  }
  // −0 is 0.
  return value + 0
}

function readText(value: unknown, at: Place, { limits, faults }: OperandContext): string | undefined {
  if (typeof value !== 'string') {
    faults.add('WRONG_VALUE_TYPE', at, `A text is needed here, not ${shown(value)}`)
    return undefined
  }
  if (isLongerThan(value, limits.textLength)) {
    faults.add('TEXT_TOO_LONG', at, `The text is longer than ${limits.textLength} characters`)
    return undefined
  }
  if (/\p{Surrogate}|\0/u.test(value)) {
    faults.add('BAD_TEXT', at, `${shown(value)} holds a character that no text can hold (U+0000 or half of a pair)`)
    return undefined
  }
  return value
}

/** Counts code points only where the number of code units leaves it open. */
function isLongerThan(text: string, codePoints: number): boolean {
  if (text.length <= codePoints) return false
  return text.length > codePoints * 2 || [...text].length > codePoints
}

function readTextPiece(value: unknown, at: Place, context: OperandContext): string | undefined {
  if (value !== '') return readText(value, at, context)
  context.faults.add('BAD_TEXT', at, 'The text to look for is empty')
  return undefined
}

function readWord(value: unknown, at: Place, { valueType, faults }: OperandContext): string | undefined {
  const known = valueType.type === 'enum' ? valueType.values : []
  if (typeof value !== 'string') {
    faults.add(
      'WRONG_VALUE_TYPE',
      at,
      `One of the words ${known.map(shown).join(', ')} is needed here, not ${shown(value)}`,
    )
    return undefined
  }
  if (known.includes(value)) return value
  faults.add('UNKNOWN_VALUE', at, `${shown(value)} is not one of the values`, { given: value, known })
  return undefined
}

function readTruth(value: unknown, at: Place, { faults }: OperandContext): Operand | undefined {
  if (typeof value === 'boolean') return { kind: 'truth', value }
  faults.add('WRONG_VALUE_TYPE', at, `true or false is needed here, not ${shown(value)}`)
  return undefined
}

/** A day or an instant, as a value of a rule. */
type DateValue = { readonly day: number } | { readonly instantMs: number }

const longestDate = 40

function readDate(value: unknown, at: Place, { valueType, faults }: OperandContext): DateValue | undefined {
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

function readDayOnly(value: unknown, at: Place, context: OperandContext): DateValue | undefined {
  const date = readDate(value, at, context)
  if (date === undefined || 'day' in date) return date
  context.faults.add('BAD_DATE', at, `${shown(value)} is an instant, but a day such as "2026-01-31" is needed`)
  return undefined
}

function dates(values: readonly DateValue[] | undefined): Operand | undefined {
  if (values === undefined) return undefined
  const days = values.filter((value) => 'day' in value).map(({ day }) => day)
  if (days.length === values.length) return { kind: 'days', days }
  const instantsMs = values.filter((value) => 'instantMs' in value).map(({ instantMs }) => instantMs)
  return instantsMs.length === values.length ? { kind: 'instants', instantsMs } : undefined
}

function readDateRange(value: unknown, at: Place, context: OperandContext): Operand | undefined {
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

function readMoment(value: unknown, at: Place, context: OperandContext): Operand | undefined {
  if (typeof value === 'string') return dates(one(readDate(value, at, context)))
  return readDuration(value, at, context)
}

/** At most 100 years. */
const mostOf: Readonly<Record<DurationUnit, number>> = {
  hours: 876_600,
  days: 36_525,
  weeks: 5_217,
  months: 1_200,
  years: 100,
}

function readDuration(value: unknown, at: Place, context: OperandContext): Operand | undefined {
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

function readPeriod(
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

function readDaysAhead(value: unknown, at: Place, context: OperandContext): Operand | undefined {
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

function readMonthOrPeriod(value: unknown, at: Place, context: OperandContext): Operand | undefined {
  if (!Object.hasOwn(plainObject(value) ?? {}, 'month')) return readPeriod(value, at, context, ['week', 'month'])
  const record = withKeys(value, ['month'], '{"month": 4}', at, context)
  if (record === undefined) return undefined
  const month = record['month']
  if (typeof month === 'number' && Number.isInteger(month) && month >= 1 && month <= 12) return { kind: 'month', month }
  context.faults.add('BAD_PERIOD', below(at, 'month'), `A month from 1 to 12 is needed here, not ${shown(month)}`)
  return undefined
}

/** The value as an object with exactly these keys. */
function withKeys(
  value: unknown,
  keys: readonly string[],
  example: string,
  at: Place,
  { faults }: OperandContext,
): Readonly<Record<string, unknown>> | undefined {
  const record = plainObject(value)
  if (record === undefined) {
    faults.add('WRONG_VALUE_TYPE', at, `Something like ${example} is needed here, not ${shown(value)}`)
    return undefined
  }
  const unknown = Object.keys(record).filter((key) => !keys.includes(key))
  for (const key of unknown) {
    faults.add('UNKNOWN_KEY', below(at, key), `${shown(key)} does not belong here`, { given: key, known: keys })
  }
  const missing = keys.filter((key) => !Object.hasOwn(record, key))
  for (const key of missing) faults.add('MISSING_VALUE', at, `"${key}" is missing; something like ${example} is needed`)
  return unknown.length + missing.length === 0 ? record : undefined
}

/** A JSON object, whatever its keys; not a list, a date or an instance of a class. */
export function plainObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? (value as Readonly<Record<string, unknown>>) : undefined
}

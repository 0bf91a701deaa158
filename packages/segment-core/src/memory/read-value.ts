import { fold } from '../language/fold.ts'
import type { KnownField } from '../language/known-catalog.ts'
import { firstYear, lastYear } from '../language/limits.ts'
import { unreachable } from '../language/unreachable.ts'
import { readDay, readInstant } from '../time/calendar-day.ts'

/** A plain object: fields under their names, related records as lists under the names of their relations. */
export type DataRecord = Readonly<Record<string, unknown>>

/** What a field's value is in memory, in the form in which operators compare it. */
export type MemoryValue = string | number | boolean | ReadonlySet<string>

/** Reads what a record holds as a field's value; `undefined` when it is missing or not of the type. */
export type ReadValue = (value: unknown) => MemoryValue | undefined

/** How a field's values are read. Text comes folded where case does not count; amounts in major units. */
export function valueReader({ valueType, field }: KnownField): ReadValue {
  switch (valueType.type) {
    case 'text':
      return valueType.caseSensitive ? exactText : foldedText
    case 'enum':
      return exactText
    case 'number':
      return field.json === undefined ? trustedNumber : checkedNumber(valueType.decimals)
    case 'money':
      return field.json === undefined ? trustedNumber : checkedAmount(valueType.decimals)
    case 'boolean':
      return truth
    case 'date':
      if (field.json !== undefined) return valueType.dayOnly ? attributeDay : attributeInstant
      return valueType.dayOnly ? day : readMoment
    case 'tags':
      return tags
    default:
      return unreachable(valueType)
  }
}

function exactText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function foldedText(value: unknown): string | undefined {
  return typeof value === 'string' ? fold(value) : undefined
}

/** A number is trusted to have no more decimals than the catalog says, as a column is. */
function trustedNumber(value: unknown): number | undefined {
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined
}

/** Numbers under JSON keys have at most 15 digits, in units. */
const unitsBound = 1e15

/** The number has at most so many decimals exactly when it is the one nearest to a whole number of units. */
function isWithinDecimals(value: number, decimals: number): boolean {
  const scale = 10 ** decimals
  return Math.abs(value * scale) < unitsBound && Math.round(value * scale) / scale === value
}

function checkedNumber(decimals: number): ReadValue {
  return (value) => (typeof value === 'number' && isWithinDecimals(value, decimals) ? value : undefined)
}

const decimalText = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/

function checkedAmount(decimals: number): ReadValue {
  return (given) => {
    const value = typeof given === 'string' && decimalText.test(given) ? Number(given) : given
    return typeof value === 'number' && isWithinDecimals(value, decimals) ? value : undefined
  }
}

function truth(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** What is finer than a millisecond is cut off, as in a column. */
const finestDecimals = 9

/** An instant as text or `Date`, in milliseconds. */
export function readMoment(value: unknown): number | undefined {
  if (typeof value === 'string') return readInstant(value, finestDecimals)
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.getTime() : undefined
}

function day(value: unknown): number | undefined {
  if (typeof value === 'string') return readDay(value)
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined
  return readDay(value.toISOString().slice(0, 10))
}

/** A custom attribute holds a date as rules write it, or none. */
function isRuleYear(text: string): boolean {
  const year = Number(text.slice(0, 4))
  return year >= firstYear && year <= lastYear
}

function attributeDay(value: unknown): number | undefined {
  return typeof value === 'string' && isRuleYear(value) ? readDay(value) : undefined
}

function attributeInstant(value: unknown): number | undefined {
  return typeof value === 'string' && isRuleYear(value) ? readInstant(value, 3) : undefined
}

/** A list with anything else than texts in it is not one of tags; an empty one is missing. */
function tags(value: unknown): ReadonlySet<string> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const folded = new Set<string>()
  for (const tag of value) {
    if (typeof tag !== 'string') return undefined
    folded.add(fold(tag))
  }
  return folded
}

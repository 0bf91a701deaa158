import { fold } from '../language/fold.ts'
import type { KnownField } from '../language/known-catalog.ts'
import { firstYear, lastYear } from '../language/limits.ts'
import { unreachable } from '../language/unreachable.ts'
import { readDay, readInstant } from '../time/calendar-day.ts'

/** A plain object: fields under their names, related records as lists under the names of their relations. */
export type DataRecord = Readonly<Record<string, unknown>>

/** What a field's value is in memory, in the form in which operators compare it. */
export type MemoryValue = string | number | boolean | ReadonlySet<string>

/** Reads a field of a record; `undefined` when it is missing or not of the type. */
export type ReadField = (record: DataRecord) => MemoryValue | undefined

/** How a field is read from plain objects. Text comes folded where case does not count; amounts in major units. */
export function fieldReader(known: KnownField): ReadField {
  const { name, valueType, field } = known
  switch (valueType.type) {
    case 'text':
      return valueType.caseSensitive ? exactText(name) : foldedText(name)
    case 'enum':
      return exactText(name)
    case 'number':
      return field.json === undefined ? trustedNumber(name) : checkedNumber(name, valueType.decimals)
    case 'money':
      return field.json === undefined ? trustedNumber(name) : checkedAmount(name, valueType.decimals)
    case 'boolean':
      return truth(name)
    case 'date':
      if (field.json !== undefined) return valueType.dayOnly ? attributeDay(name) : attributeInstant(name)
      return valueType.dayOnly ? day(name) : instant(name)
    case 'tags':
      return tags(name)
    default:
      return unreachable(valueType)
  }
}

function exactText(name: string): ReadField {
  return (record) => {
    const value = record[name]
    return typeof value === 'string' ? value : undefined
  }
}

function foldedText(name: string): ReadField {
  return (record) => {
    const value = record[name]
    return typeof value === 'string' ? fold(value) : undefined
  }
}

/** A number is trusted to have no more decimals than the catalog says, as a column is. */
function trustedNumber(name: string): ReadField {
  return (record) => {
    const value = record[name]
    return typeof value === 'number' && !Number.isNaN(value) ? value : undefined
  }
}

/** Numbers under JSON keys have at most 15 digits, in units. */
const unitsBound = 1e15

/** The number has at most so many decimals exactly when it is the one nearest to a whole number of units. */
function isWithinDecimals(value: number, decimals: number): boolean {
  const scale = 10 ** decimals
  return Math.abs(value * scale) < unitsBound && Math.round(value * scale) / scale === value
}

function checkedNumber(name: string, decimals: number): ReadField {
  return (record) => {
    const value = record[name]
    return typeof value === 'number' && isWithinDecimals(value, decimals) ? value : undefined
  }
}

const decimalText = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/

function checkedAmount(name: string, decimals: number): ReadField {
  return (record) => {
    const given = record[name]
    const value = typeof given === 'string' && decimalText.test(given) ? Number(given) : given
    return typeof value === 'number' && isWithinDecimals(value, decimals) ? value : undefined
  }
}

function truth(name: string): ReadField {
  return (record) => {
    const value = record[name]
    return typeof value === 'boolean' ? value : undefined
  }
}

/** What is finer than a millisecond is cut off, as in a column. */
const finestDecimals = 9

function instant(name: string): ReadField {
  return (record) => {
    const value = record[name]
    if (typeof value === 'string') return readInstant(value, finestDecimals)
    return value instanceof Date && !Number.isNaN(value.getTime()) ? value.getTime() : undefined
  }
}

function day(name: string): ReadField {
  return (record) => {
    const value = record[name]
    if (typeof value === 'string') return readDay(value)
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined
    return readDay(value.toISOString().slice(0, 10))
  }
}

/** A custom attribute holds a date as rules write it, or none. */
function isRuleYear(text: string): boolean {
  const year = Number(text.slice(0, 4))
  return year >= firstYear && year <= lastYear
}

function attributeDay(name: string): ReadField {
  return (record) => {
    const value = record[name]
    return typeof value === 'string' && isRuleYear(value) ? readDay(value) : undefined
  }
}

function attributeInstant(name: string): ReadField {
  return (record) => {
    const value = record[name]
    return typeof value === 'string' && isRuleYear(value) ? readInstant(value, 3) : undefined
  }
}

/** A list with anything else than texts in it is not one of tags; an empty one is missing. */
function tags(name: string): ReadField {
  return (record) => {
    const value = record[name]
    if (!Array.isArray(value) || value.length === 0) return undefined
    const folded = new Set<string>()
    for (const tag of value) {
      if (typeof tag !== 'string') return undefined
      folded.add(fold(tag))
    }
    return folded
  }
}

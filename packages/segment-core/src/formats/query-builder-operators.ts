import type { ValueType } from '../language/value-type.ts'

/** The rule that an operator stands for, asked of a field with a value. */
export type Meaning = (field: string, value: unknown, type: ValueType) => unknown

const plain =
  (operator: string): Meaning =>
  (field, value) => ({ field, operator, value })
const not = (rule: unknown) => ({ logic: 'NOT', conditions: [rule] })
const isDate = ({ type }: ValueType) => type === 'date'
const isTags = ({ type }: ValueType) => type === 'tags'

/** On or before a day: the field is set and not after it. */
const notBeyond =
  (operator: 'before' | 'after'): Meaning =>
  (field, value) => ({ logic: 'AND', conditions: [{ field, operator: 'isSet' }, not({ field, operator, value })] })

const equals: Meaning = (field, value, type) => {
  if (!isDate(type)) return { field, operator: '=', value }
  // An instant is between itself and itself.
  return isInstant(value) ? { field, operator: 'between', value: [value, value] } : { field, operator: 'on', value }
}

/** What each operator of the editor means here. */
export const meanings: Readonly<Record<string, Meaning>> = {
  '=': equals,
  '!=': (field, value, type) => (isDate(type) ? not(equals(field, value, type)) : { field, operator: '!=', value }),
  '<': (field, value, type) => ({ field, operator: isDate(type) ? 'before' : '<', value }),
  '>': (field, value, type) => ({ field, operator: isDate(type) ? 'after' : '>', value }),
  '<=': (field, value, type) =>
    isDate(type) ? notBeyond('after')(field, value, type) : { field, operator: '<=', value },
  '>=': (field, value, type) =>
    isDate(type) ? notBeyond('before')(field, value, type) : { field, operator: '>=', value },
  contains: (field, value, type) =>
    isTags(type) ? { field, operator: 'hasAny', value: [value] } : { field, operator: 'contains', value },
  doesNotContain: (field, value, type) => not(meanings['contains']!(field, value, type)),
  beginsWith: plain('startsWith'),
  doesNotBeginWith: (field, value) => not({ field, operator: 'startsWith', value }),
  endsWith: plain('endsWith'),
  doesNotEndWith: (field, value) => not({ field, operator: 'endsWith', value }),
  in: (field, value, type) => ({ field, operator: isTags(type) ? 'hasAny' : 'in', value }),
  notIn: (field, value, type) => ({ field, operator: isTags(type) ? 'hasNone' : 'notIn', value }),
  between: plain('between'),
  notBetween: (field, value) => not({ field, operator: 'between', value }),
  null: (field) => ({ field, operator: 'isNotSet' }),
  notNull: (field) => ({ field, operator: 'isSet' }),
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && value.includes('T')
}

/** A list, or a text with commas as the editor's own fields give it. */
export function listValue(given: unknown, type: ValueType): unknown {
  if (Array.isArray(given)) return given.map((item) => oneValue(item, type))
  if (typeof given !== 'string') return given
  return given.split(',').map((item) => oneValue(item.trim(), type))
}

const numberText = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/

/** A text that denotes exactly one number or truth value is that; the check decides about everything else. */
export function oneValue(given: unknown, { type }: ValueType): unknown {
  if (typeof given !== 'string') return given
  if ((type === 'number' || type === 'money') && given.length < 40 && numberText.test(given)) return Number(given)
  if (type === 'boolean' && (given === 'true' || given === 'false')) return given === 'true'
  return given
}

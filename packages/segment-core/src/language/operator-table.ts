import type { FieldType } from './catalog.ts'
import type { Aggregate, Operator } from './rule.ts'
import type { NegativeOperator, PositiveOperator } from './tree.ts'

/** The shapes a value can be asked to have. */
export type OperandShape =
  | 'nothing'
  | 'number'
  | 'numberRange'
  | 'numberList'
  | 'text'
  | 'textList'
  | 'textPiece'
  | 'word'
  | 'wordList'
  | 'truth'
  | 'moment'
  | 'day'
  | 'dateRange'
  | 'duration'
  | 'period'
  | 'daysAhead'
  | 'monthOrPeriod'

type Row = Readonly<Partial<Record<Operator, OperandShape>>>

const everyType: Row = { isSet: 'nothing', isNotSet: 'nothing' }

const numbers: Row = {
  '=': 'number',
  '!=': 'number',
  '>': 'number',
  '>=': 'number',
  '<': 'number',
  '<=': 'number',
  between: 'numberRange',
  notBetween: 'numberRange',
  in: 'numberList',
  notIn: 'numberList',
  ...everyType,
}

/** The operators that each type takes, with the shape of what they compare with. The language's table, as data. */
export const operatorsOf: Readonly<Record<FieldType, Row>> = {
  number: numbers,
  money: numbers,
  text: {
    '=': 'text',
    '!=': 'text',
    in: 'textList',
    notIn: 'textList',
    contains: 'textPiece',
    notContains: 'textPiece',
    startsWith: 'textPiece',
    endsWith: 'textPiece',
    ...everyType,
  },
  enum: { '=': 'word', '!=': 'word', in: 'wordList', notIn: 'wordList', ...everyType },
  boolean: { '=': 'truth', '!=': 'truth', ...everyType },
  date: {
    before: 'moment',
    after: 'moment',
    on: 'day',
    between: 'dateRange',
    notBetween: 'dateRange',
    withinLast: 'duration',
    notWithinLast: 'duration',
    withinNext: 'duration',
    during: 'period',
    notDuring: 'period',
    anniversaryWithinNext: 'daysAhead',
    anniversaryIn: 'monthOrPeriod',
    ...everyType,
  },
  tags: { hasAny: 'textList', hasAll: 'textList', hasNone: 'textList', ...everyType },
}

/** The positive operator whose exact complement each negative one is. */
export const complementOf: Readonly<Record<NegativeOperator, PositiveOperator>> = {
  '!=': '=',
  notIn: 'in',
  notContains: 'contains',
  notBetween: 'between',
  notWithinLast: 'withinLast',
  notDuring: 'during',
  hasNone: 'hasAny',
  isNotSet: 'isSet',
}

/** Whether an operator is the complement of another. */
export function isNegative(operator: Operator): operator is NegativeOperator {
  return Object.hasOwn(complementOf, operator)
}

/** Every operator, in the order of the language's table. */
export const allOperators: readonly Operator[] = [
  ...new Set(Object.values(operatorsOf).flatMap((row) => Object.keys(row) as Operator[])),
]

/** The types of field that each aggregate takes; `count` takes no field. */
export const fieldTypesOf: Readonly<Record<Aggregate, readonly FieldType[]>> = {
  count: [],
  countDistinct: ['text', 'enum', 'number', 'money', 'boolean', 'date'],
  sum: ['number', 'money'],
  avg: ['number', 'money'],
  min: ['number', 'money', 'date'],
  max: ['number', 'money', 'date'],
}

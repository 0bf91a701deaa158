import type { OperandShape } from '../language/operator-table.ts'
import type { Operand } from '../language/tree.ts'
import { type Place, shown } from './faults.ts'
import type { OperandContext } from './operand-context.ts'
import { dates, readDate, readDateRange, readDayOnly } from './read-date.ts'
import { readDaysAhead, readDuration, readMonthOrPeriod, readPeriod } from './read-duration.ts'
import { readList, readRange } from './read-list.ts'
import { readNumber } from './read-number.ts'
import { readText, readTextPiece, readWord } from './read-text.ts'

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

function one<Item>(item: Item | undefined): readonly Item[] | undefined {
  return item === undefined ? undefined : [item]
}

function numbers(values: readonly number[] | undefined): Operand | undefined {
  return values && { kind: 'numbers', values }
}

function texts(values: readonly string[] | undefined): Operand | undefined {
  return values && { kind: 'texts', values }
}

function readMoment(value: unknown, at: Place, context: OperandContext): Operand | undefined {
  if (typeof value === 'string') return dates(one(readDate(value, at, context)))
  return readDuration(value, at, context)
}

function readTruth(value: unknown, at: Place, { faults }: OperandContext): Operand | undefined {
  if (typeof value === 'boolean') return { kind: 'truth', value }
  faults.add('WRONG_VALUE_TYPE', at, `true or false is needed here, not ${shown(value)}`)
  return undefined
}

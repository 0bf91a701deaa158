import type { Field, Operator, Value } from '@muster/segment-core'
import { readDate, readDuration, readList, readMonth, readNumber, readPeriod, readQuoted } from './read-values.ts'
import type { Scanner } from './scanner.ts'

/** An operator with its value; `isNegated` where the sentence denies it. */
export interface Comparison {
  readonly operator: Operator
  readonly value?: Value
  readonly isNegated: boolean
}

/** What sort of thing is compared: a field's type, or a figure's. */
export type Compared = Field['type']

const positive = (operator: Operator, value: Value | null, isNegated: boolean): Comparison | null =>
  value === null ? null : { operator, value, isNegated }

/** Reads what a sentence says of a field or figure after its name. */
export function readComparison(scanner: Scanner, type: Compared): Comparison | null {
  if (!scanner.eat(' ')) return null
  return readVerb(scanner) ?? readRelation(scanner, type)
}

const verbs: readonly (readonly [words: string, operator: Operator, isNegated: boolean])[] = [
  ['contains ', 'contains', false],
  ['does not contain ', 'contains', true],
  ['starts with ', 'startsWith', false],
  ['does not start with ', 'startsWith', true],
  ['ends with ', 'endsWith', false],
  ['does not end with ', 'endsWith', true],
]

function readVerb(scanner: Scanner): Comparison | null {
  for (const [words, operator, isNegated] of verbs) {
    if (scanner.eat(words)) return positive(operator, readQuoted(scanner), isNegated)
  }
  const tags = scanner.match(/(do not )?include (all of )?/y)
  if (tags !== null) {
    const isAll = tags[2] !== undefined
    const values = readList(scanner, isAll ? 'and' : 'or', () => readQuoted(scanner))
    return positive(isAll ? 'hasAll' : 'hasAny', values, tags[1] !== undefined)
  }
  const recurs = scanner.match(/(does not recur|recurs) /y)
  return recurs === null ? null : readRecurrence(scanner, recurs[1] !== 'recurs')
}

function readRecurrence(scanner: Scanner, isNegated: boolean): Comparison | null {
  if (scanner.eat('today')) return positive('anniversaryWithinNext', { days: 0 }, isNegated)
  if (scanner.eat('within the next ')) return positive('anniversaryWithinNext', readDuration(scanner), isNegated)
  if (scanner.eat('in ')) {
    const month = readMonth(scanner)
    return positive('anniversaryIn', month === null ? null : { month }, isNegated)
  }
  return positive('anniversaryIn', readPeriod(scanner), isNegated)
}

function readRelation(scanner: Scanner, type: Compared): Comparison | null {
  const is = scanner.match(/is (not )?/y)
  if (is === null) return null
  const isNegated = is[1] !== undefined
  if (scanner.eat('known')) return { operator: isNegated ? 'isNotSet' : 'isSet', isNegated: false }
  switch (type) {
    case 'number':
    case 'money':
      return readNumbers(scanner, isNegated)
    case 'text':
    case 'enum': {
      const values = readList(scanner, 'or', () => readQuoted(scanner))
      return values?.length === 1 ? positive('=', values[0]!, isNegated) : positive('in', values, isNegated)
    }
    case 'boolean': {
      const truth = scanner.match(/true|false/y)
      return positive('=', truth === null ? null : truth[0] === 'true', isNegated)
    }
    case 'date':
      return readDates(scanner, isNegated)
    case 'tags':
      return null
  }
}

const signs: readonly (readonly [words: string, operator: Operator])[] = [
  ['more than ', '>'],
  ['at least ', '>='],
  ['less than ', '<'],
  ['at most ', '<='],
  ['exactly ', '='],
]

function readNumbers(scanner: Scanner, isNegated: boolean): Comparison | null {
  if (scanner.eat('between ')) return positive('between', readPair(scanner, readNumber), isNegated)
  for (const [words, operator] of signs)
    if (scanner.eat(words)) return positive(operator, readNumber(scanner), isNegated)
  return positive(
    'in',
    readList(scanner, 'or', () => readNumber(scanner)),
    isNegated,
  )
}

function readPair<Item>(scanner: Scanner, read: (scanner: Scanner) => Item | null): [Item, Item] | null {
  const low = read(scanner)
  const high = low !== null && scanner.eat(' and ') ? read(scanner) : null
  return low === null || high === null ? null : [low, high]
}

function readDates(scanner: Scanner, isNegated: boolean): Comparison | null {
  if (scanner.eat('between ')) return positive('between', readPair(scanner, readDate), isNegated)
  if (scanner.eat('within the last ')) return positive('withinLast', readDuration(scanner), isNegated)
  if (scanner.eat('within the next ')) return positive('withinNext', readDuration(scanner), isNegated)
  const place = scanner.place()
  const ago = scanner.match(/(more|less) than /y)
  if (ago !== null) {
    const duration = readDuration(scanner)
    const isBefore = ago[1] === 'more'
    if (duration !== null && scanner.eat(isBefore ? ' ago' : ' ago or later'))
      return positive(isBefore ? 'before' : 'after', duration, isNegated)
    scanner.returnTo(place)
  }
  const edge = scanner.match(/(before|after|on) /y)
  if (edge !== null)
    return positive(
      edge[1] === 'before' ? 'before' : edge[1] === 'after' ? 'after' : 'on',
      readDate(scanner),
      isNegated,
    )
  scanner.eat('in ')
  return positive('during', readPeriod(scanner), isNegated)
}

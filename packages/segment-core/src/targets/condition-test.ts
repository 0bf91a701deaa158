import type { Settled } from '../language/settle.ts'
import type { Fact, Figure } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { type FigureValue, figureTaker } from '../memory/figure-of.ts'
import { type DataRecord, fieldReader, type MemoryValue } from '../memory/read-field.ts'
import { type Asked, asked } from '../operators/asked.ts'
import type { Clock } from '../time/clock.ts'

/** Whether a condition holds for a record. */
export type Test = (record: DataRecord) => boolean

/** A settled rule as a function over plain objects. */
export function conditionTest(rule: Settled, clock: Clock): Test {
  switch (rule.kind) {
    case 'all':
      return everyTest(rule.parts.map((part) => conditionTest(part, clock)))
    case 'any':
      return someTest(rule.parts.map((part) => conditionTest(part, clock)))
    case 'fact':
      return factTest(rule, clock)
    case 'figure':
      return figureTest(rule, clock)
    default:
      return unreachable(rule)
  }
}

function everyTest(tests: readonly Test[]): Test {
  return (record) => {
    for (const test of tests) if (!test(record)) return false
    return true
  }
}

function someTest(tests: readonly Test[]): Test {
  return (record) => {
    for (const test of tests) if (test(record)) return true
    return false
  }
}

function factTest(fact: Fact, clock: Clock): Test {
  const read = fieldReader(fact.field)
  const holds = valueTest(fact, asked(fact, clock))
  const { negated } = fact
  return (record) => {
    const value = read(record)
    return value === undefined ? negated : holds(value) !== negated
  }
}

/** What an operator asks, of values in the form in which they are read from records. */
export function valueTest({ valueType }: Fact | Figure<unknown>, question: Asked): (value: MemoryValue) => boolean {
  switch (question.of) {
    case 'presence':
      return () => true
    case 'order':
      return question.test('decimals' in valueType ? valueType.decimals : 0) as (value: MemoryValue) => boolean
    case 'quotient':
      throw new TypeError('A quotient is asked of a sum and a count')
    default:
      return question.test as (value: MemoryValue) => boolean
  }
}

function figureTest(figure: Figure<Settled>, clock: Clock): Test {
  const { negated } = figure
  const holds = figureValueTest(figure, asked(figure, clock, figure.aggregate))
  const take = figureTaker(figure.aggregate, figure.field)
  const related = relatedReader(figure, clock)
  return (record) => {
    const value = take(related(record))
    return value === undefined ? negated : holds(value) !== negated
  }
}

/** The related records that count. */
export function relatedReader(
  { relation, where }: Figure<Settled>,
  clock: Clock,
): (record: DataRecord) => DataRecord[] {
  const isCounted = where === undefined ? () => true : conditionTest(where, clock)
  return (record) => {
    const records = record[relation.name]
    return Array.isArray(records) ? records.filter(isCounted) : []
  }
}

/** What an operator asks of a figure. */
export function figureValueTest(figure: Figure<unknown>, question: Asked): (value: FigureValue) => boolean {
  if (question.of === 'presence') return () => true
  if (question.of === 'quotient') {
    return (value) => typeof value === 'object' && question.test(value.sum, value.count)
  }
  if (question.of === 'days') return (value) => typeof value === 'number' && question.test(value)
  if (question.of !== 'order') throw new TypeError(`A figure is not asked for its ${question.of}`)
  const { aggregate, valueType } = figure
  // The least and the greatest are values as they are read, in major units; sums and counts are whole units.
  const isMajor = (aggregate === 'min' || aggregate === 'max') && 'decimals' in valueType
  const test = question.test(isMajor ? valueType.decimals : 0)
  return (value) => typeof value !== 'object' && test(value)
}

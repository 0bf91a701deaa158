import type { Settled } from '../language/settle.ts'
import type { Figure } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { inOrder } from '../memory/expense.ts'
import { factTest } from '../memory/fact-test.ts'
import { type FigureValue, figureTaker } from '../memory/figure-of.ts'
import { everyTest, someTest, type Test } from '../memory/group-test.ts'
import type { DataRecord } from '../memory/read-value.ts'
import { asked } from '../operators/asked.ts'
import type { Asked } from '../operators/question.ts'
import type { Clock } from '../time/clock.ts'

/** A settled rule as a function over plain objects. */
export function conditionTest(rule: Settled, clock: Clock): Test {
  switch (rule.kind) {
    case 'all':
      return everyTest(inOrder('all', rule.parts).map((part) => conditionTest(part, clock)))
    case 'any':
      return someTest(inOrder('any', rule.parts).map((part) => conditionTest(part, clock)))
    case 'fact':
      return factTest(rule, asked(rule, clock))
    case 'figure':
      return figureTest(rule, clock)
    default:
      return unreachable(rule)
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
function figureValueTest(figure: Figure<unknown>, question: Asked): (value: FigureValue) => boolean {
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

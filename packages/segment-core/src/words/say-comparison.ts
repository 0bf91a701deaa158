import type { Comparison, Operand, PositiveOperator } from '../language/tree.ts'
import type { ValueType } from '../language/value-type.ts'
import { sayDates, sayDuration, sayList, sayMonth, sayNumber, sayPeriod, sayText } from './say-values.ts'

/** A comparison after its subject, with its verb: `is more than ₹5,000`, `does not contain "x"`. */
export function sayComparison(comparison: Comparison, currency: string | undefined): string {
  const { operator, operand, negated, valueType } = comparison
  if (operator === 'isSet') return negated ? 'is not known' : 'is known'
  const verb = verbs[operator]
  if (verb !== undefined) return `${negated ? verb.negative : verb.positive} ${sayTexts(operator, operand)}`
  return `${negated ? 'is not' : 'is'} ${sayRelation(operator, operand, valueType, currency)}`
}

interface Verb {
  readonly positive: string
  readonly negative: string
}

/** Operators with a verb of their own; all others are something that a value is. */
const verbs: Readonly<Partial<Record<PositiveOperator, Verb>>> = {
  contains: { positive: 'contains', negative: 'does not contain' },
  startsWith: { positive: 'starts with', negative: 'does not start with' },
  endsWith: { positive: 'ends with', negative: 'does not end with' },
  hasAny: { positive: 'include', negative: 'do not include' },
  hasAll: { positive: 'include all of', negative: 'do not include all of' },
  anniversaryWithinNext: { positive: 'recurs', negative: 'does not recur' },
  anniversaryIn: { positive: 'recurs', negative: 'does not recur' },
}

function sayTexts(operator: PositiveOperator, operand: Operand): string {
  if (operand.kind === 'texts') return sayList(operand.values.map(sayText), operator === 'hasAll' ? 'and' : 'or')
  if (operand.kind === 'month') return `in ${sayMonth(operand.month)}`
  if (operand.kind === 'period') return sayPeriod(operand)
  if (operand.kind === 'duration') return operand.count === 0 ? 'today' : `within the next ${sayDuration(operand)}`
  throw new TypeError(`"${operator}" does not compare with ${operand.kind}`)
}

const signs: Readonly<Partial<Record<PositiveOperator, string>>> = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
  '=': 'exactly',
}

function sayRelation(
  operator: PositiveOperator,
  operand: Operand,
  valueType: ValueType,
  currency: string | undefined,
): string {
  switch (operand.kind) {
    case 'numbers': {
      const numbers = operand.values.map((value) => sayNumber(value, valueType, currency))
      if (operator === 'between') return `between ${numbers.join(' and ')}`
      return operator === 'in' ? sayList(numbers, 'or') : `${signs[operator]} ${numbers[0]}`
    }
    case 'texts':
      return sayList(operand.values.map(sayText), 'or')
    case 'truth':
      return String(operand.value)
    case 'days':
    case 'instants': {
      const dates = sayDates(operand)
      return operator === 'between' ? `between ${dates.join(' and ')}` : `${operator} ${dates[0]}`
    }
    case 'duration':
      return sayWindow(operator, sayDuration(operand))
    case 'period':
      return sayPeriod(operand).replace(/^(?=last|this|next|the)/, 'in ')
    default:
      throw new TypeError(`"${operator}" does not compare with ${operand.kind}`)
  }
}

function sayWindow(operator: PositiveOperator, duration: string): string {
  if (operator === 'withinLast') return `within the last ${duration}`
  if (operator === 'withinNext') return `within the next ${duration}`
  return operator === 'before' ? `more than ${duration} ago` : `less than ${duration} ago or later`
}

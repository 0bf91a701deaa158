import type { Aggregate } from '../language/rule.ts'
import type { Comparison } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import type { Clock } from '../time/clock.ts'
import { askDays, askInstants } from './date-operators.ts'
import { askNumbers } from './number-operators.ts'
import type { Asked } from './question.ts'
import { askQuotient } from './quotient-operators.ts'
import { askTags } from './tag-operators.ts'
import { askText } from './text-operators.ts'
import { askTruth } from './truth-operators.ts'

/** What a condition asks, at one moment in one zone. */
export function asked(comparison: Comparison, clock: Clock, aggregate?: Aggregate): Asked {
  const { operator, operand, valueType } = comparison
  if (operator === 'isSet') return { of: 'presence' }
  switch (valueType.type) {
    case 'number':
    case 'money':
      return aggregate === 'avg'
        ? askQuotient(operator, operand, valueType.decimals)
        : askNumbers(operator, operand, valueType.decimals)
    case 'text':
      return askText(operator, operand, !valueType.caseSensitive)
    case 'enum':
      return askText(operator, operand, false)
    case 'boolean':
      return askTruth(operand)
    case 'date':
      return valueType.dayOnly ? askDays(operator, operand, clock) : askInstants(operator, operand, clock)
    case 'tags':
      return askTags(operator, operand)
    default:
      return unreachable(valueType)
  }
}

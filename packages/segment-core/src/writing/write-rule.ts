import { complementOf } from '../language/operator-table.ts'
import type { Operator, Rule, Value } from '../language/rule.ts'
import type { Comparison, Operand, PositiveOperator, Tree } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { writeDay, writeInstant } from '../time/calendar-day.ts'

/** Writes a checked rule as JSON again. What `checkRule` reads of it is the same tree. */
export function writeRule(tree: Tree): Rule {
  switch (tree.kind) {
    case 'segment':
      return { segment: tree.id }
    case 'fact':
      return writeComparison(tree, { field: tree.field.name })
    case 'figure': {
      const { aggregate, relation, field, where } = tree
      const measured = { aggregate, of: relation.name, ...(field && { field: field.name }) }
      return writeComparison(tree, { ...measured, ...(where && { where: writeRule(where) }) })
    }
    case 'all':
    case 'any':
    case 'none':
      if (tree.parts.length === 0) return { everyone: true }
      return { logic: logicOf[tree.kind], conditions: tree.parts.map(writeRule) }
    default:
      return unreachable(tree)
  }
}

const logicOf = { all: 'AND', any: 'OR', none: 'NOT' } as const

const complements = new Map<PositiveOperator, Operator>(
  Object.entries(complementOf).map(([negative, positive]) => [positive, negative as Operator]),
)

/** The operator that is the exact complement of a positive one, where the language has a word for it. */
export function complement(operator: PositiveOperator): Operator | undefined {
  return complements.get(operator)
}

type Subject =
  | { readonly field: string }
  | {
      readonly aggregate: Extract<Rule, { aggregate: unknown }>['aggregate']
      readonly of: string
      readonly where?: Rule
    }

/** A condition after its subject. A complement without a word of its own is a `NOT` around the condition. */
function writeComparison({ operator, negated, operand }: Comparison, subject: Subject): Rule {
  const negative = negated ? complement(operator) : undefined
  const value = writeOperand(operand, operator)
  const condition = { ...subject, operator: negative ?? operator, ...(value !== undefined && { value }) }
  return negated && negative === undefined ? { logic: 'NOT', conditions: [condition] } : condition
}

function writeOperand(operand: Operand, operator: PositiveOperator): Value | undefined {
  switch (operand.kind) {
    case 'nothing':
      return undefined
    case 'numbers':
      return isOfMany(operator) ? operand.values : operand.values[0]!
    case 'texts':
      return isOfMany(operator) ? operand.values : operand.values[0]!
    case 'truth':
      return operand.value
    case 'days':
      return isOfMany(operator) ? operand.days.map(writeDay) : writeDay(operand.days[0]!)
    case 'instants':
      return isOfMany(operator) ? operand.instantsMs.map(writeInstant) : writeInstant(operand.instantsMs[0]!)
    case 'duration':
      return { [operand.unit]: operand.count } as unknown as Value
    case 'period':
      return { period: operand.period, offset: operand.offset }
    case 'month':
      return { month: operand.month }
    default:
      return unreachable(operand)
  }
}

function isOfMany(operator: PositiveOperator): boolean {
  return ['in', 'between', 'hasAny', 'hasAll'].includes(operator)
}

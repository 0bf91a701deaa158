import type { Settled } from '../language/settle.ts'
import type { Comparison } from '../language/tree.ts'

/** A guess at what asking a condition costs, and at how often it holds. It decides the order of asking, never the answer. */
export interface Expense {
  readonly cost: number
  /** From 0 to 1. */
  readonly chance: number
}

/** What a rule probably costs and how often it holds. The costs are nanoseconds, measured roughly */
function expenseOf(rule: Settled): Expense {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return expenseOfGroup(rule.kind, inOrder(rule.kind, rule.parts).map(expenseOf))
    case 'fact':
      return { cost: costOf(rule), chance: chanceOf(rule) }
    case 'figure':
      return {
        cost: costOfRelated + (rule.where === undefined ? 0 : 3 * expenseOf(rule.where).cost),
        chance: chanceOf(rule),
      }
  }
}

/** The parts of a group in the order in which an answer is found soonest: cheap ones first, and those that settle it. */
export function inOrder(kind: 'all' | 'any', parts: readonly Settled[]): readonly Settled[] {
  const ranked = parts.map((part) => {
    const { cost, chance } = expenseOf(part)
    return { part, rank: cost / (kind === 'all' ? 1 - chance : chance) }
  })
  return ranked.sort((one, other) => one.rank - other.rank).map(({ part }) => part)
}

/** The first is always asked, each further one only when those before it have not settled the answer. */
function expenseOfGroup(kind: 'all' | 'any', expenses: readonly Expense[]): Expense {
  let cost = 0
  let reached = 1
  for (const expense of expenses) {
    cost += reached * expense.cost
    reached *= kind === 'all' ? expense.chance : 1 - expense.chance
  }
  return { cost, chance: bounded(kind === 'all' ? reached : 1 - reached) }
}

const costOfRelated = 200

/** Among them waiting for memory: a whole number lies in the record, an amount in a box beside it, a `Date` further away. */
function costOf({ valueType, operator }: Comparison): number {
  if (operator === 'isSet') return 3
  switch (valueType.type) {
    case 'number':
    case 'boolean':
    case 'enum':
      return 3
    case 'money':
      return 6
    case 'date':
      return operator === 'anniversaryIn' || operator === 'anniversaryWithinNext' ? 80 : 40
    case 'text':
      if (valueType.caseSensitive) return 5
      return operator === '=' || operator === 'in' ? 10 : 40
    case 'tags':
      return 25
  }
}

function chanceOf({ operator, operand, negated }: Comparison): number {
  const listed = 'values' in operand ? operand.values.length : 1
  const positive =
    operator === 'isSet'
      ? 0.9
      : operator === '=' || operator === 'on'
        ? 0.2
        : operator === 'in'
          ? Math.min(0.1 * listed + 0.1, 0.7)
          : 0.4
  return bounded(negated ? 1 - positive : positive)
}

function bounded(chance: number): number {
  return Math.min(Math.max(chance, 0.02), 0.98)
}

import type { Settled } from '../language/settle.ts'
import type { Fact } from '../language/tree.ts'
import { writeSettled } from '../writing/write-settled.ts'
import type { Compiling, TableInSql } from './compiling.ts'

/**
 * Below this share of all records a figure is taken for each record that is left, above it for all at once. Measured on
 * a million customers the two cost the same where 15 to 35 % are left, and the wrong one up to 300 times as much.
 */
const fewShare = 0.1

/** Whether the facts among conditions joined by AND leave few records over. */
export function leavesFew(parts: readonly Settled[], { compiling, entity }: TableInSql): boolean {
  let share = 1
  for (const part of parts) if (part.kind === 'fact') share *= shareOf(part, compiling, entity.entity.primaryKey)
  return share < fewShare
}

/** The share of all records that a condition chooses, as far as it is known; 1 where it is not. */
function shareOf(fact: Fact, { selectivity }: Compiling, primaryKey: string): number {
  return selectivity?.(writeSettled(fact)) ?? declaredShare(fact, primaryKey)
}

/**
 * What the catalog says, or what is safe to suppose: a wrong "few" costs three to five times the time, a wrong "many"
 * hundreds of times. Ranges choose anything from nobody to everybody, and are supposed to choose everybody.
 */
function declaredShare({ field: known, operator, operand, negated }: Fact, primaryKey: string): number {
  const isEquality = !negated && (operator === '=' || operator === 'in')
  if (!isEquality || !('values' in operand)) return 1
  const { field } = known
  const { length } = operand.values
  // Of a unique field a list chooses no more than its length, which is few unless it is very long.
  if (field.unique === true || field.column === primaryKey) return length <= mostFew ? 0 : 1
  const distinct = field.distinctValues ?? (field.type === 'text' ? supposedTexts : undefined)
  return distinct === undefined ? 1 : Math.min(1, length / distinct)
}

/** So many different texts a column is supposed to hold of which nothing is known. */
const supposedTexts = 30
const mostFew = 1_000

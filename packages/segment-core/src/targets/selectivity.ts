import type { Field } from '../language/catalog.ts'
import type { Settled } from '../language/settle.ts'
import type { Fact } from '../language/tree.ts'
import { writeSettled } from '../writing/write-settled.ts'
import type { Compiling, TableInSql } from './compiling.ts'

/** The share of all records that the facts among conditions joined by AND leave over. */
export function shareLeft(parts: readonly Settled[], { compiling, entity }: TableInSql): number {
  let share = 1
  for (const part of parts) if (part.kind === 'fact') share *= shareOf(part, compiling, entity.entity.primaryKey)
  return share
}

/** The share of all records that a condition chooses, as far as it is known; 1 where it is not. */
function shareOf(fact: Fact, { selectivity }: Compiling, primaryKey: string): number {
  return selectivity?.(writeSettled(fact)) ?? declaredShare(fact, primaryKey)
}

/**
 * What the catalog says, or what is safe to suppose: a wrong "few" costs three to ten times the time, a wrong "many"
 * hundreds of times. Ranges choose anything from nobody to everybody: one of them is supposed to choose a good deal,
 * several of them together little.
 */
function declaredShare({ field: known, operator, operand, negated }: Fact, primaryKey: string): number {
  const { field } = known
  if (operator === 'isSet' || field.type === 'tags') return 1
  if (field.type === 'boolean') return supposedRange
  const isEquality = !negated && (operator === '=' || operator === 'in')
  if (!isEquality || !('values' in operand)) return negated && field.type !== 'date' ? 1 : supposedRange
  const { length } = operand.values
  // Of a unique field a list chooses no more than its length, which is few unless it is very long.
  if (field.unique === true || field.column === primaryKey) return length <= mostFew ? 0 : 1
  const distinct = field.distinctValues ?? distinctOf(field)
  return distinct === undefined ? 1 : Math.min(1, length / distinct)
}

function distinctOf(field: Field): number | undefined {
  if (field.type === 'enum') return field.values.length
  return field.type === 'text' ? supposedTexts : undefined
}

/** The share that a range, or one of two truth values, is supposed to choose. */
const supposedRange = 0.5
/** So many different texts a column is supposed to hold of which nothing is known. */
const supposedTexts = 30
const mostFew = 1_000

import { fold } from '../language/fold.ts'
import { type Settled, settle } from '../language/settle.ts'
import type { Comparison, Operand, Tree } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { writeRule } from '../writing/write-rule.ts'

/**
 * The one tree for all writings of a rule: segments put in place, negations at the leaves, groups of one logic
 * flattened, equal values written one way, conditions in one order and each but once. Chooses the same audience.
 */
export function canonicalTree(tree: Tree): Tree {
  return canonical(settle(tree))
}

function canonical(rule: Settled): Tree {
  switch (rule.kind) {
    case 'fact':
      return { ...rule, ...canonicalComparison(rule), path: '' }
    case 'figure': {
      const where = rule.where === undefined ? undefined : canonical(rule.where)
      return { ...rule, ...canonicalComparison(rule), where, path: '' }
    }
    case 'all':
    case 'any':
      return canonicalGroup(rule.kind, rule.parts.map(canonical))
    default:
      return unreachable(rule)
  }
}

const everybody: Tree = { kind: 'all', parts: [], path: '' }
const nobody: Tree = { kind: 'none', parts: [everybody], path: '' }

function isEverybody(tree: Tree): boolean {
  return tree.kind === 'all' && tree.parts.length === 0
}

function isNobody(tree: Tree): boolean {
  return tree.kind === 'none' && tree.parts.length === 1 && isEverybody(tree.parts[0]!)
}

function canonicalGroup(kind: 'all' | 'any', given: readonly Tree[]): Tree {
  const parts = given.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  const [absorbs, vanishes] = kind === 'all' ? [isNobody, isEverybody] : [isEverybody, isNobody]
  if (parts.some(absorbs)) return kind === 'all' ? nobody : everybody
  const byWriting = new Map<string, Tree>()
  for (const part of parts) if (!vanishes(part)) byWriting.set(JSON.stringify(writeRule(part)), part)
  const different = [...byWriting.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, part]) => part)
  if (different.length === 1) return different[0]!
  if (different.length === 0) return kind === 'all' ? everybody : nobody
  return { kind, parts: different, path: '' }
}

/** Equal values in one writing. A list of one is that one. */
function canonicalComparison(comparison: Comparison): Pick<Comparison, 'operator' | 'operand'> {
  const { operator } = comparison
  const operand = canonicalOperand(comparison)
  const isOfOne = operator === 'in' && 'values' in operand && operand.values.length === 1
  if (isOfOne) return { operator: '=', operand }
  // Having all of one tag is having any of it.
  if (operator === 'hasAll' && operand.kind === 'texts' && operand.values.length === 1)
    return { operator: 'hasAny', operand }
  return { operator, operand }
}

function canonicalOperand({ operator, operand, valueType }: Comparison): Operand {
  switch (operand.kind) {
    case 'numbers':
      // The ends of a range keep their places.
      return operator === 'between'
        ? operand
        : { kind: 'numbers', values: [...new Set(operand.values)].sort((one, other) => one - other) }
    case 'texts': {
      const isFolded = valueType.type === 'tags' || (valueType.type === 'text' && !valueType.caseSensitive)
      const texts = isFolded ? operand.values.map(fold) : operand.values
      return { kind: 'texts', values: [...new Set(texts)].sort() }
    }
    case 'duration':
      return canonicalDuration(operand)
    default:
      return operand
  }
}

/** Weeks are days, days and hours are exact; a year is twelve months, taken in one step. */
function canonicalDuration(operand: Extract<Operand, { kind: 'duration' }>): Operand {
  const { unit, count } = operand
  if (unit === 'weeks') return { kind: 'duration', unit: 'days', count: count * 7 }
  if (unit === 'years') return { kind: 'duration', unit: 'months', count: count * 12 }
  if (unit === 'hours' && count % 24 === 0) return { kind: 'duration', unit: 'days', count: count / 24 }
  return operand
}

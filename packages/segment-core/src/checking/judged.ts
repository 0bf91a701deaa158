import { fold } from '../language/fold.ts'
import type { Settled } from '../language/settle.ts'
import type { Fact, Figure } from '../language/tree.ts'
import { asked } from '../operators/asked.ts'
import type { Clock } from '../time/clock.ts'
import { writeSettled } from '../writing/write-settled.ts'
import { type ValueSet, valueSetOf } from './value-set.ts'

/** A condition of a settled rule. */
export type Leaf = Fact | Figure<Settled>

/** A condition with the values for which it holds, where they are known. */
export interface Judged {
  readonly leaf: Leaf
  /** What is asked of: two leaves with one subject see the same value. */
  readonly subject: string
  /** Costs time, and is needed only beside another condition on the same subject. */
  readonly writing: () => string
  readonly complementWriting: () => string
  readonly set: ValueSet | undefined
  /** Everything the subject can be. */
  readonly domain: ValueSet | undefined
}

/** The moment that conditions are judged by. */
export interface JudgingTime {
  readonly clock: Clock
  /** Otherwise any moment stands for it, and what depends on the moment is left alone. */
  readonly isNowKnown: boolean
}

/** A condition with what is known about its values. */
export function judgedOf(leaf: Leaf, time: JudgingTime): Judged {
  return {
    leaf,
    subject: subjectOf(leaf),
    writing: () => JSON.stringify(writeSettled(leaf)),
    complementWriting: () => JSON.stringify(writeSettled({ ...leaf, negated: !leaf.negated })),
    set: setOf(leaf, time),
    domain: domainOf(leaf),
  }
}

function subjectOf(leaf: Leaf): string {
  if (leaf.kind === 'fact') return leaf.field.name
  const where = leaf.where === undefined ? '' : JSON.stringify(writeSettled(leaf.where))
  return `${leaf.aggregate} ${leaf.relation.name} ${leaf.field?.name ?? ''} ${where}`
}

function setOf(leaf: Leaf, { clock, isNowKnown }: JudgingTime): ValueSet | undefined {
  const { kind } = leaf.operand
  if (!isNowKnown && (kind === 'duration' || kind === 'period') && !isWindowFromNow(leaf)) return undefined
  if (kind === 'month' || leaf.operator === 'anniversaryWithinNext' || leaf.operator === 'anniversaryIn')
    return undefined
  if (leaf.kind === 'figure' && leaf.aggregate === 'avg' && leaf.operator !== 'isSet') return undefined
  const isFolded = leaf.valueType.type === 'text' && !leaf.valueType.caseSensitive
  const compared =
    isFolded && leaf.operand.kind === 'texts'
      ? { ...leaf, operand: { kind: 'texts' as const, values: leaf.operand.values.map(fold) } }
      : leaf
  return valueSetOf(compared, asked(compared, clock, leaf.kind === 'figure' ? leaf.aggregate : undefined))
}

/** A window that begins at now lies in the future whenever now is. */
function isWindowFromNow({ operator, operand }: Leaf): boolean {
  return operator === 'withinNext' || (operand.kind === 'period' && operand.offset > 0)
}

function domainOf(leaf: Leaf): ValueSet | undefined {
  const { type } = leaf.valueType
  if (type === 'tags') return undefined
  const isCount = leaf.kind === 'figure' && (leaf.aggregate === 'count' || leaf.aggregate === 'countDistinct')
  if (isCount) return { missing: false, ranges: [{ low: 0, high: Infinity }] }
  const missing = leaf.kind === 'fact' ? !leaf.field.isRequired : leaf.aggregate !== 'sum'
  if (type === 'boolean') return { missing, texts: new Set(['true', 'false']), isAllBut: false }
  if (type === 'text' || type === 'enum') return { missing, texts: new Set(), isAllBut: true }
  return { missing, ranges: [{ low: -Infinity, high: Infinity }] }
}

import type { Fact, Figure } from '../language/tree.ts'
import type { Asked } from '../operators/question.ts'
import { type Bound, everything, mergedRanges, type Range } from '../time/ranges.ts'

/**
 * The values for which a condition holds, among all that its field can have: enough to see that no value is left, or
 * none is left out. Text beyond equality is not known, and has no set.
 */
export interface ValueSet {
  /** A missing value is among them. */
  readonly missing: boolean
  /** Values in order, for numbers and dates. */
  readonly ranges?: readonly Range[]
  /** The texts that are in, or with `isAllBut` those that are not. */
  readonly texts?: ReadonlySet<string>
  readonly isAllBut?: boolean
}

/** The set of a condition; `undefined` where it is not known. */
export function valueSetOf(leaf: Fact | Figure<unknown>, question: Asked): ValueSet | undefined {
  const positive = positiveSet(leaf, question)
  return positive === undefined || !leaf.negated ? positive : complementSet(positive)
}

function positiveSet({ operator, operand, valueType }: Fact | Figure<unknown>, question: Asked): ValueSet | undefined {
  const isOrdered = ['number', 'money', 'date'].includes(valueType.type)
  switch (question.of) {
    case 'presence':
      return isOrdered ? { missing: false, ranges: [everything] } : { missing: false, texts: new Set(), isAllBut: true }
    case 'order':
      return { missing: false, ranges: question.ranges }
    case 'days':
      return question.isEveryYear ? undefined : { missing: false, ranges: question.ranges }
    case 'truth':
      return operand.kind === 'truth'
        ? { missing: false, texts: new Set([String(operand.value)]), isAllBut: false }
        : undefined
    case 'text':
      if ((operator !== '=' && operator !== 'in') || operand.kind !== 'texts') return undefined
      return { missing: false, texts: new Set(operand.values), isAllBut: false }
    default:
      return undefined
  }
}

/** The values that are not in a set. */
export function complementSet({ missing, ranges, texts, isAllBut }: ValueSet): ValueSet {
  if (ranges !== undefined) return { missing: !missing, ranges: gapsBetween(ranges) }
  return { missing: !missing, texts: texts!, isAllBut: !isAllBut }
}

function gapsBetween(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = []
  let from: Bound = -Infinity
  for (const { low, high } of ranges) {
    if (low > from) gaps.push({ low: from, high: stepped(low, -1) })
    from = stepped(high, 1)
  }
  if (from < Infinity) gaps.push({ low: from, high: Infinity })
  return gaps
}

function stepped(bound: Bound, step: 1 | -1): Bound {
  return typeof bound === 'bigint' ? bound + BigInt(step) : bound + step
}

/** The values that are in both sets, which are of one field. */
export function intersection(one: ValueSet, other: ValueSet): ValueSet {
  const missing = one.missing && other.missing
  if (one.ranges !== undefined && other.ranges !== undefined)
    return { missing, ranges: overlaps(one.ranges, other.ranges) }
  const [texts, otherTexts] = [one.texts ?? new Set<string>(), other.texts ?? new Set<string>()]
  if (one.isAllBut && other.isAllBut) return { missing, texts: new Set([...texts, ...otherTexts]), isAllBut: true }
  const [listed, test] = one.isAllBut ? [otherTexts, one] : [texts, other]
  return {
    missing,
    texts: new Set([...listed].filter((text) => test.texts!.has(text) !== test.isAllBut)),
    isAllBut: false,
  }
}

function overlaps(one: readonly Range[], other: readonly Range[]): Range[] {
  const found: Range[] = []
  for (const a of one) {
    for (const b of other) {
      found.push({ low: later(a.low, b.low), high: earlier(a.high, b.high) })
    }
  }
  return mergedRanges(found)
}

/** `Math.max` and `Math.min` take no `bigint`. */
function later(one: Bound, other: Bound): Bound {
  if (one > other) return one
  return other
}

function earlier(one: Bound, other: Bound): Bound {
  if (one < other) return one
  return other
}

/** Whether no value is in a set. */
export function isEmptySet({ missing, ranges, texts, isAllBut }: ValueSet): boolean {
  if (missing) return false
  return ranges === undefined ? !isAllBut && texts!.size === 0 : ranges.length === 0
}

/** Whether every value of one set is in the other. */
export function isSubset(one: ValueSet, other: ValueSet): boolean {
  return isEmptySet(intersection(one, complementSet(other)))
}

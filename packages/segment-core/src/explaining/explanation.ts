import type { Rule } from '../language/rule.ts'
import type { BoundUsed } from './bound-of.ts'
import type { SeenValue } from './see-leaf.ts'

/** Why a rule holds for a record, or why it does not. */
export interface Explanation {
  /** What `compilePredicate` answers for the record. */
  readonly verdict: boolean
  readonly tree: ExplainedNode
  /** The smallest set of conditions whose change would flip the verdict; one of them, where there are several. */
  readonly flips: readonly ExplainedCondition[]
  readonly now: number
  readonly timeZone: string
}

/** A group, a segment or a condition of the rule as it was written, and whether it holds. */
export type ExplainedNode = ExplainedGroup | ExplainedCondition

/** A group, or a segment with its one rule. */
export interface ExplainedGroup {
  readonly kind: 'group'
  readonly logic: 'AND' | 'OR' | 'NOT' | 'EVERYONE' | 'SEGMENT'
  readonly segment?: string
  readonly path: string
  readonly verdict: boolean
  readonly parts: readonly ExplainedNode[]
}

/** A condition with what it was asked of. */
export interface ExplainedCondition {
  readonly kind: 'condition'
  /** Counts the conditions of the explanation in reading order; paths repeat inside a segment. */
  readonly number: number
  readonly path: string
  readonly rule: Rule
  /** The condition in English. */
  readonly words: string
  readonly verdict: boolean
  /** The value of the field or figure; `undefined` where it is missing. */
  readonly seen: SeenValue | undefined
  /** What it was compared with, time settled; absent for `isSet` and `isNotSet`. */
  readonly bound: BoundUsed | undefined
}

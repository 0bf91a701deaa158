import type { KnownField, KnownRelation } from './known-catalog.ts'
import type { Aggregate, Operator, Period } from './rule.ts'
import type { ValueType } from './value-type.ts'

/** A checked rule: names looked up, operands in one shape, each segment's own rule in place of its reference. */
export type Tree = TreeGroup | TreeSegment | Fact | Figure<Tree>

/** `all` without parts is everybody. */
export interface TreeGroup {
  readonly kind: 'all' | 'any' | 'none'
  readonly parts: readonly Tree[]
  readonly path: string
}

/** A reference, and the rule it stands for. */
export interface TreeSegment {
  readonly kind: 'segment'
  readonly id: string
  readonly rule: Tree
  readonly path: string
}

/** A condition over one field of the record. */
export interface Fact extends Comparison {
  readonly kind: 'fact'
  readonly field: KnownField
}

/** A condition over a figure of related records. */
export interface Figure<Where> extends Comparison {
  readonly kind: 'figure'
  readonly aggregate: Aggregate
  readonly relation: KnownRelation
  readonly field: KnownField | undefined
  readonly where: Where | undefined
}

/** What facts and figures share: a positive operator, or the exact complement of one. */
export interface Comparison {
  readonly valueType: ValueType
  readonly operator: PositiveOperator
  /** The condition holds exactly where the positive one does not, missing values included. */
  readonly negated: boolean
  readonly operand: Operand
  /** JSON Pointer to where the condition stands in the rule as given. */
  readonly path: string
}

/** The operators that are false on a missing value. */
export type PositiveOperator = Exclude<Operator, NegativeOperator>

/** The operators that are the exact complement of another. */
export type NegativeOperator =
  | '!='
  | 'notIn'
  | 'notContains'
  | 'notBetween'
  | 'notWithinLast'
  | 'notDuring'
  | 'hasNone'
  | 'isNotSet'

/** What is compared with, checked. Days count from 1970-01-01, instants are milliseconds since then. */
export type Operand =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'numbers'; readonly values: readonly number[] }
  | { readonly kind: 'texts'; readonly values: readonly string[] }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'days'; readonly days: readonly number[] }
  | { readonly kind: 'instants'; readonly instantsMs: readonly number[] }
  | { readonly kind: 'duration'; readonly unit: DurationUnit; readonly count: number }
  | { readonly kind: 'period'; readonly period: Period; readonly offset: number }
  | { readonly kind: 'month'; readonly month: number }

/** The units of a duration. */
export type DurationUnit = 'hours' | 'days' | 'weeks' | 'months' | 'years'

/** Who is in an audience, as JSON. */
export type Rule = Group | FieldCondition | AggregateCondition | SegmentReference | Everyone

/** All, any or none of the conditions hold. */
export interface Group {
  readonly logic: Logic
  readonly conditions: readonly Rule[]
}

/** How the conditions of a group are joined; `NOT` holds when none of them does. */
export type Logic = 'AND' | 'OR' | 'NOT'

/** A fact about the record itself. */
export interface FieldCondition {
  readonly field: string
  readonly operator: Operator
  /** Absent for `isSet` and `isNotSet`, needed by every other operator. */
  readonly value?: Value
}

/** A figure over related records. */
export interface AggregateCondition {
  readonly aggregate: Aggregate
  /** A relation of the entity at which the condition stands. */
  readonly of: string
  /** What is added up or compared; `count` takes none. */
  readonly field?: string
  /** Which related records count; without it, all. */
  readonly where?: Rule
  readonly operator: Operator
  readonly value?: Value
}

/** Member of another saved segment. */
export interface SegmentReference {
  readonly segment: string
}

/** Everybody, said on purpose. */
export interface Everyone {
  readonly everyone: true
}

/** The figures that can be asked of related records. */
export type Aggregate = 'count' | 'countDistinct' | 'sum' | 'avg' | 'min' | 'max'

/** Every operator of the language. Which of them a field takes depends on its type. */
export type Operator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | 'between'
  | 'notBetween'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'endsWith'
  | 'before'
  | 'after'
  | 'on'
  | 'withinLast'
  | 'notWithinLast'
  | 'withinNext'
  | 'during'
  | 'notDuring'
  | 'anniversaryWithinNext'
  | 'anniversaryIn'
  | 'hasAny'
  | 'hasAll'
  | 'hasNone'
  | 'isSet'
  | 'isNotSet'

/** What an operator compares with. Which shape it must have depends on the operator and the field's type. */
export type Value =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | Duration
  | PeriodValue
  | MonthValue

/** A stretch of time: exactly one of the keys, a positive whole number. */
export type Duration =
  | { readonly hours: number }
  | { readonly days: number }
  | { readonly weeks: number }
  | { readonly months: number }
  | { readonly years: number }

/** The calendar period that holds `now`, shifted: −1 the last, 0 this, 1 the next. */
export interface PeriodValue {
  readonly period: Period
  readonly offset: number
}

/** The calendar periods. Weeks start on Monday, quarters in January, April, July and October. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A month of any year, 1 to 12. */
export interface MonthValue {
  readonly month: number
}

import type { DayColumn, OrderedColumn, TextColumn, TruthColumn } from '../sql/columns.ts'
import type { Sql } from '../sql/sql-fragment.ts'
import type { Bound, Range } from '../time/ranges.ts'
import type { AskedQuotient } from './quotient-operators.ts'

/**
 * What an operator asks of a value once the time is settled: of a value in memory, and on the neighbouring line of a
 * column. A missing value is asked neither: the answer to it is "no", or "yes" where the condition is a complement.
 */
export type Asked =
  | { readonly of: 'presence' }
  | AskedText
  | { readonly of: 'truth'; readonly test: (value: boolean) => boolean; readonly sql: (column: TruthColumn) => Sql }
  | AskedOrder
  | AskedDays
  | AskedTags
  | AskedQuotient

/** Asked of whole numbers: units of money, milliseconds, counts. */
export interface AskedOrder {
  /** The numbers for which it holds, in order. */
  readonly ranges: readonly Range[]
  readonly of: 'order'
  /** `decimals` digits after the point are what values in memory have, while the database counts units. */
  readonly test: (decimals: number) => (value: Bound) => boolean
  readonly sql: (column: OrderedColumn) => Sql
}

/** Asked of text, folded where case does not count. */
export interface AskedText {
  readonly of: 'text'
  /** What is looked for, in the form in which it is compared. */
  readonly texts: readonly string[]
  readonly test: (text: string) => boolean
  readonly sql: (column: TextColumn) => Sql
}

/** Asked of a set of tags, folded. */
export interface AskedTags {
  readonly of: 'tags'
  /** The tags of which one is enough; absent where all are needed. */
  readonly anyOf?: readonly string[]
  readonly test: (tags: ReadonlySet<string>) => boolean
  readonly sql: (column: TagsColumn) => Sql
}

/** Asked of calendar days. */
export interface AskedDays {
  readonly of: 'days'
  /** The days for which it holds; with `isEveryYear` days of the year as `month × 100 + day`. */
  readonly ranges: readonly Range[]
  readonly isEveryYear: boolean
  readonly test: (day: number) => boolean
  readonly sql: (column: DayColumn) => Sql
}

/** Tags, wherever they are stored; folded. */
export interface TagsColumn {
  hasAny(tags: readonly string[]): Sql
  hasAll(tags: readonly string[]): Sql
}

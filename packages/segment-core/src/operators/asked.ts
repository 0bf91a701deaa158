import type { Aggregate } from '../language/rule.ts'
import type { Comparison } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import type { DayColumn, OrderedColumn, TextColumn, TruthColumn } from '../sql/columns.ts'
import type { Sql } from '../sql/sql-fragment.ts'
import type { Clock } from '../time/clock.ts'
import type { Bound, Range } from '../time/ranges.ts'
import { askDays, askInstants } from './date-operators.ts'
import { askNumbers } from './number-operators.ts'
import { type AskedQuotient, askQuotient } from './quotient-operators.ts'
import { askTags, type TagsColumn } from './tag-operators.ts'
import { askText } from './text-operators.ts'
import { askTruth } from './truth-operators.ts'

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

/** What a condition asks, at one moment in one zone. */
export function asked(comparison: Comparison, clock: Clock, aggregate?: Aggregate): Asked {
  const { operator, operand, valueType } = comparison
  if (operator === 'isSet') return { of: 'presence' }
  switch (valueType.type) {
    case 'number':
    case 'money':
      return aggregate === 'avg'
        ? askQuotient(operator, operand, valueType.decimals)
        : askNumbers(operator, operand, valueType.decimals)
    case 'text':
      return askText(operator, operand, !valueType.caseSensitive)
    case 'enum':
      return askText(operator, operand, false)
    case 'boolean':
      return askTruth(operand)
    case 'date':
      return valueType.dayOnly ? askDays(operator, operand, clock) : askInstants(operator, operand, clock)
    case 'tags':
      return askTags(operator, operand)
    default:
      return unreachable(valueType)
  }
}

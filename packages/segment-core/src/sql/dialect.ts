import type { Range } from '../time/ranges.ts'
import type { Sql } from './sql-fragment.ts'

/** The databases for which SQL can be compiled. */
export type DialectName = 'sqlite' | 'mysql' | 'mariadb' | 'postgresql'

/** The few answers in which databases differ. Everything else is written once. */
export interface Dialect {
  readonly name: DialectName
  readonly quote: '"' | '`'
  /** A bound whole number, compared as one whatever the width of the column. */
  whole(value: number | bigint): Sql
  /** The same, wide enough to be multiplied by a number of records. */
  factor(value: number | bigint): Sql
  /** A bound amount of major units: so many units of `10^-decimals`. */
  decimal(units: number | bigint, decimals: number): Sql
  /** Very many numbers, written as decimals, bound as one: the right side of `IN`; absent where bound values have no limit. */
  manyNumbers?(numbers: readonly string[]): Sql
  /** Whether a whole number lies in one of many ranges, both ends included: the value is written once, however long it is. */
  isInAnyRange(value: Sql, ranges: readonly Range[]): Sql
  /** A decimal of major units as a whole number of units of `10^-decimals`. */
  units(amount: Sql, decimals: number): Sql
  /** A bound instant as the database's own type. */
  instant(instantMs: number): Sql
  /** A bound day as the database's own type. */
  day(day: number): Sql
  /** An instant of the database's own type, cut down to the millisecond. */
  wholeMilliseconds(instant: Sql): Sql
  /** A day of the database's own type, or of text `YYYY-MM-DD`, as text `MM-DD`. */
  monthDay(day: Sql, isText: boolean): Sql
  readonly text: TextAnswers
  readonly json: JsonAnswers
  /** Several figures over the same related rows are taken in one pass; measured to be 2 to 7 times as fast, or not faster. */
  readonly takesFiguresTogether: boolean
  /** Alternatives with figures are faster as a `UNION` of statements than joined by OR; measured. */
  readonly unitesAlternatives: boolean
  /** `EXCEPT` of a whole statement is faster than `NOT EXISTS`; measured. */
  readonly takesKeysAway: boolean
  /**
   * Whether a key is one of those that a statement selects, where nothing else is asked; absent where `IN` is as fast.
   * Measured: beside other conditions PostgreSQL may compare an array key by key, and MySQL joins in the wrong order.
   */
  isAmong?(key: Sql, keys: Sql): Sql
  /**
   * Below this share of all records a figure is taken for each record that is left, above it for all at once. Measured on
   * a million customers the two cost the same where 15 to 35 % are left, and the wrong one up to 300 times as much.
   */
  readonly fewShare: number
  /** Taken for each record, a figure costs little more than for all at once, even where many are left; measured. */
  readonly takesEachCheaply: boolean
}

/** How a database compares text code point by code point, without padding, whatever the collation of the column. */
export interface TextAnswers {
  /** The text in a collation that tells all code points apart. */
  exact(text: Sql): Sql
  /** A comparison in the exact collation can use an index of an exact column, so the plain one need not stand beside it. */
  readonly isExactSargable: boolean
  contains(text: Sql, piece: string): Sql
  startsWith(text: Sql, piece: string): Sql
  endsWith(text: Sql, piece: string): Sql
  /** Very many texts bound as one, as the right side of `IN`; absent where the number of bound values has no limit. */
  many?(texts: readonly string[]): Sql
}

/** How a database looks into JSON. Each answer is NULL where the value is not of the type. */
export interface JsonAnswers {
  /** The value under a key of an object, as the other answers take it; the whole document without a key. */
  at(column: Sql, key: string | undefined): JsonSql
}

/** A value inside JSON, as each type reads it. */
export interface JsonSql {
  readonly text: Sql
  readonly truth: Sql
  /** A number with at most so many decimals, or a text that writes one when `orText`, in whole units of `10^-decimals`. */
  units(decimals: number, orText: boolean): Sql
  /** A day, as text `YYYY-MM-DD`. */
  readonly day: Sql
  /** An instant with offset, as whole milliseconds since 1970. */
  readonly instantMs: Sql
  /** The value is a list of texts, not empty. Never NULL. */
  readonly isTags: Sql
  /** The elements of a list: what to select from, and the text of one; to be read only where `isTags` holds. */
  tags(alias: Sql): { readonly from: Sql; readonly tag: Sql }
}

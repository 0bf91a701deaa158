import { CannotCompileError } from '../language/errors.ts'
import type { KnownEntity } from '../language/known-catalog.ts'
import type { Rule } from '../language/rule.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, type Sql, sql } from '../sql/sql-fragment.ts'
import type { Clock } from '../time/clock.ts'

/** What one compilation to SQL goes by. */
export interface Compiling {
  readonly dialect: Dialect
  readonly clock: Clock
  /** Whose rows are asked about, where entities have a scope column. */
  readonly scope: string | number | undefined
  /** A function of the database that folds text, for texts without a folded column. */
  readonly foldFunction: Sql | undefined
  readonly isTextExact: boolean
  /** What the caller knows about how large a share of all records a condition chooses. */
  readonly selectivity: ((condition: Rule) => number | undefined) | undefined
  /** A name for a table that no other in the statement has. */
  newAlias(): Sql
}

/** An entity's table under the name that it has in the statement. */
export interface TableInSql {
  readonly entity: KnownEntity
  readonly alias: Sql
  readonly compiling: Compiling
  /** Few rows are left when a figure is asked for: then it is taken for each of them, and otherwise for all at once. */
  readonly areFewLeft: boolean
}

/** A column of a table in the statement. */
export function columnIn(table: TableInSql, column: string): Sql {
  return sql`${table.alias}.${identifier(column, table.compiling.dialect.quote)}`
}

/** The rows of a table that belong to whom the compilation is for; `undefined` where belonging is not recorded. */
export function scopeOf(table: TableInSql): Sql | undefined {
  const { scopeColumn } = table.entity.entity
  if (scopeColumn === undefined) return undefined
  return sql`${columnIn(table, scopeColumn)} = ${scopeValue(table)}`
}

/**
 * What scope columns are compared with.
 * @throws CannotCompileError when the entity has a scope column and the options name no scope
 */
export function scopeValue({ entity, compiling }: TableInSql): string | number {
  if (compiling.scope !== undefined) return compiling.scope
  throw new CannotCompileError(`${entity.entity.label.many} have a scope column, so compiling needs the option "scope"`)
}

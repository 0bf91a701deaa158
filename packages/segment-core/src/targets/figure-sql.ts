import type { Settled } from '../language/settle.ts'
import type { Figure } from '../language/tree.ts'
import { asked } from '../operators/asked.ts'
import { allOf, always, never, type Sql, sql } from '../sql/sql-fragment.ts'
import { columnIn, scopeOf, type TableInSql } from './compiling.ts'
import { fieldIsSet, quoted } from './field-sql.ts'
import { figureOfNothing, isCertainOfSome } from './figure-of-nothing.ts'
import { groupSql } from './group-sql.ts'
import { isNarrow } from './window-of.ts'

/** How a rule becomes a condition; handed in, because figures hold rules and rules hold figures. */
export type ConditionSql = (rule: Settled, table: TableInSql) => Sql

/**
 * A condition over a figure of related records. Where it holds for a record without any, it is asked the other way
 * round: the record is not among those for which it fails. So records without related ones are never forgotten.
 */
export function figureSql(figure: Figure<Settled>, table: TableInSql, conditionSql: ConditionSql): Sql {
  const shape = shapeOf(figure, table)
  if (shape.answer !== undefined) return shape.answer
  const related = relatedTable(figure, table)
  const where = relatedConditions(figure, related, conditionSql)
  const having = havingOf(figure, shape, related)
  const isAbsence = shape.holdsOfNothing
  const isExistence = having === undefined && !isLookedUp(figure, table)
  return table.areFewLeft || isExistence
    ? existence(figure, related, table, where, isAbsence, having)
    : membership(figure, related, table, where, isAbsence, having)
}

/** Where the rows of a short time are quickly read, those who have any are looked up there, rather than each asked for some. */
function isLookedUp(figure: Figure<Settled>, { compiling }: TableInSql): boolean {
  return compiling.dialect.takesEachCheaply && isNarrow(figure, compiling.clock)
}

/**
 * Figures over one relation in one pass: those that look at the rows of the first one, or at some of these. The first
 * one fails for records without related ones, so these need not be thought of.
 */
export function figuresTogetherSql(
  first: Figure<Settled>,
  others: readonly { readonly figure: Figure<Settled>; readonly rest: Settled }[],
  table: TableInSql,
  conditionSql: ConditionSql,
): Sql {
  const shape = shapeOf(first, table)
  if (shape.answer !== undefined) return shape.answer
  const related = relatedTable(first, table)
  const where = relatedConditions({ ...first, field: undefined }, related, conditionSql)
  const all = [{ figure: first, rest: nothingMore }, ...others]
  const having = all.map(({ figure, rest }) => {
    const conditions = [
      rest.kind === 'all' && rest.parts.length === 0 ? undefined : conditionSql(rest, related),
      figure.field === undefined ? undefined : fieldIsSet(figure.field, related),
    ].filter((condition) => condition !== undefined)
    const question = asked(figure, table.compiling.clock, figure.aggregate)
    return groupSql(figure, question, related, conditions.length === 0 ? undefined : allOf(conditions))
  })
  return membership(first, related, table, where, false, allOf(having))
}

const nothingMore: Settled = { kind: 'all', parts: [], path: '' }

/** Whether a figure's condition fails for a record without related ones. */
export function needsRelated(figure: Figure<Settled>, table: TableInSql): boolean {
  const { answer, holdsOfNothing } = shapeOf(figure, table)
  return answer === undefined && !holdsOfNothing
}

/**
 * A whole rule that is one figure, in a shape that only a whole statement can have; `undefined` where the general one is
 * as good. Where the catalog vouches for the owners, the root's table need not be looked at; and SQLite takes away the
 * keys that are there faster than it looks for those that are not.
 */
export function wholeFigureSql(
  figure: Figure<Settled>,
  table: TableInSql,
  conditionSql: ConditionSql,
): Sql | undefined {
  const shape = shapeOf(figure, table)
  if (shape.answer !== undefined) return undefined
  if (!shape.holdsOfNothing) return ownersSql(figure, shape, table, conditionSql)
  if (!table.compiling.dialect.takesKeysAway) return undefined
  const scope = scopeOf(table)
  const own = sql`SELECT ${columnIn(table, table.entity.entity.primaryKey)} FROM ${quoted(table.entity.entity.table, table)}`
  const all = scope === undefined ? own : sql`${own} WHERE ${scope}`
  const { key, rows } = keysOf(figure, shape, table, conditionSql)
  return sql`${all} EXCEPT SELECT ${key} ${rows}`
}

function ownersSql(
  figure: Figure<Settled>,
  shape: Shape,
  table: TableInSql,
  conditionSql: ConditionSql,
): Sql | undefined {
  const areOfScope = scopeOf(table) === undefined || figure.relation.target.entity.scopeColumn !== undefined
  if (!figure.relation.ownersExist || !areOfScope) return undefined
  const { key, rows } = keysOf(figure, shape, table, conditionSql)
  const groups = shape.isCertain ? sql`${rows} GROUP BY ${key}` : rows
  return sql`SELECT ${key} AS ${quoted(table.entity.entity.primaryKey, table)} ${groups}`
}

/**
 * A whole rule that is one figure, as a condition; `undefined` where the general shape is as good.
 */
export function soleFigureSql(figure: Figure<Settled>, table: TableInSql, conditionSql: ConditionSql): Sql | undefined {
  const shape = shapeOf(figure, table)
  const { dialect } = table.compiling
  const isGrouped = shape.answer === undefined && !shape.holdsOfNothing && !shape.isCertain
  if (!isGrouped || dialect.isAmong === undefined) return undefined
  const { key, rows } = keysOf(figure, shape, table, conditionSql)
  return dialect.isAmong(columnIn(table, table.entity.entity.primaryKey), sql`SELECT ${key} ${rows}`)
}

/** The keys of the records that are looked for, each perhaps more than once, and where they are selected from. */
function keysOf(
  figure: Figure<Settled>,
  shape: Shape,
  table: TableInSql,
  conditionSql: ConditionSql,
): { key: Sql; rows: Sql } {
  const related = relatedTable(figure, table)
  const key = keyIn(figure, related)
  const rows = relatedRows(figure, related, relatedConditions(figure, related, conditionSql))
  const having = havingOf(figure, shape, related)
  return { key, rows: having === undefined ? rows : sql`${rows} GROUP BY ${key} HAVING ${having}` }
}

/** What is looked for among records that have related ones, and what the others are. */
interface Shape {
  /** The answer for every record, where it does not depend on the figure. */
  readonly answer: Sql | undefined
  readonly holdsOfNothing: boolean
  /** The positive condition is looked for, or its complement. */
  readonly isPositive: boolean
  /** Every record with related ones is looked for. */
  readonly isCertain: boolean
}

function shapeOf(figure: Figure<Settled>, table: TableInSql): Shape {
  const question = asked(figure, table.compiling.clock, figure.aggregate)
  const holdsOfNothing = figureOfNothing(figure, question) !== figure.negated
  const isPositive = holdsOfNothing === figure.negated
  const certain = isCertainOfSome(figure, question)
  const isSettled = certain !== undefined && certain !== isPositive
  const answer = isSettled ? (holdsOfNothing ? always : never) : undefined
  return { answer, holdsOfNothing, isPositive, isCertain: certain === isPositive }
}

function havingOf(figure: Figure<Settled>, { isCertain, isPositive }: Shape, related: TableInSql): Sql | undefined {
  if (isCertain) return undefined
  const question = asked(figure, related.compiling.clock, figure.aggregate)
  return groupSql({ ...figure, negated: !isPositive }, question, related, undefined)
}

function relatedTable({ relation }: Figure<Settled>, { compiling, areFewLeft }: TableInSql): TableInSql {
  return { entity: relation.target, alias: compiling.newAlias(), compiling, areFewLeft }
}

function keyIn({ relation }: Figure<Settled>, related: TableInSql): Sql {
  return columnIn(related, relation.foreignKey)
}

/** Records that count: of the scope, that fulfil `where`, and have the field that is added up or compared. */
function relatedConditions({ field, where }: Figure<Settled>, related: TableInSql, conditionSql: ConditionSql): Sql[] {
  const conditions = [
    scopeOf(related),
    where === undefined ? undefined : conditionSql(where, related),
    field === undefined ? undefined : fieldIsSet(field, related),
  ]
  return conditions.filter((condition) => condition !== undefined)
}

/** Asked for each record: the shape for few of them. */
function existence(
  figure: Figure<Settled>,
  related: TableInSql,
  table: TableInSql,
  where: readonly Sql[],
  isAbsence: boolean,
  having: Sql | undefined,
): Sql {
  const key = keyIn(figure, related)
  const isRelated = sql`${key} = ${columnIn(table, table.entity.entity.primaryKey)}`
  const rows = sql`SELECT 1 FROM ${tableIn(related)} WHERE ${allOf([isRelated, ...where])}`
  const groups = having === undefined ? rows : sql`${rows} GROUP BY ${key} HAVING ${having}`
  return isAbsence ? sql`NOT EXISTS (${groups})` : sql`EXISTS (${groups})`
}

/** Asked for all records at once: the shape for many of them. */
function membership(
  figure: Figure<Settled>,
  related: TableInSql,
  table: TableInSql,
  where: readonly Sql[],
  isAbsence: boolean,
  having: Sql | undefined,
): Sql {
  const own = columnIn(table, table.entity.entity.primaryKey)
  const key = keyIn(figure, related)
  const rows = sql`SELECT ${key} ${relatedRows(figure, related, where)}`
  const keys = having === undefined ? rows : sql`${rows} GROUP BY ${key} HAVING ${having}`
  return isAbsence ? sql`${own} NOT IN (${keys})` : sql`${own} IN (${keys})`
}

/** A NULL among the keys would make `IN` unknown. */
function relatedRows(figure: Figure<Settled>, related: TableInSql, where: readonly Sql[]): Sql {
  const key = keyIn(figure, related)
  return sql`FROM ${tableIn(related)} WHERE ${allOf([sql`${key} IS NOT NULL`, ...where])}`
}

function tableIn(related: TableInSql): Sql {
  return sql`${quoted(related.entity.entity.table, related)} AS ${related.alias}`
}

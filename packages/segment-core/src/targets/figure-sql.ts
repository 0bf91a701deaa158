import type { Settled } from '../language/settle.ts'
import type { Figure } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { type Asked, asked } from '../operators/asked.ts'
import { wholeColumn } from '../sql/columns.ts'
import { allOf, always, never, type Sql, sql } from '../sql/sql-fragment.ts'
import { columnIn, scopeOf, type TableInSql } from './compiling.ts'
import { daysOf, distinctValue, fieldIsSet, orderedOf, quoted, type Taken, unitsOf } from './field-sql.ts'
import { figureOfNothing, isCertainOfSome } from './figure-of-nothing.ts'

/**
 * A condition over a figure of related records. Where it holds for a record without any, it is asked the other way
 * round: the record is not among those for which it fails. So records without related ones are never forgotten.
 */
export function figureSql(
  figure: Figure<Settled>,
  table: TableInSql,
  conditionSql: (rule: Settled, table: TableInSql) => Sql,
): Sql {
  const question = asked(figure, table.compiling.clock, figure.aggregate)
  const related = relatedTable(figure, table)
  const holdsOfNothing = figureOfNothing(figure, question) !== figure.negated
  // What is looked for among records that have related ones: the condition, or its complement.
  const isPositive = holdsOfNothing === figure.negated
  const certain = isCertainOfSome(figure, question)
  if (certain !== undefined && certain !== isPositive) return holdsOfNothing ? always : never
  const where = relatedConditions(figure, related, conditionSql)
  if (certain !== undefined) return existence(figure, related, table, where, holdsOfNothing)
  const positive = havingSql(figure, question, related)
  const having = isPositive ? positive : sql`NOT (${positive})`
  return membership(figure, related, table, where, holdsOfNothing, having)
}

function relatedTable({ relation }: Figure<Settled>, { compiling }: TableInSql): TableInSql {
  return { entity: relation.target, alias: compiling.newAlias(), compiling }
}

function keyIn({ relation }: Figure<Settled>, related: TableInSql): Sql {
  return columnIn(related, relation.foreignKey)
}

/** Records that count: of the scope, that fulfil `where`, and have the field that is added up or compared. */
function relatedConditions(
  { field, where }: Figure<Settled>,
  related: TableInSql,
  conditionSql: (rule: Settled, table: TableInSql) => Sql,
): Sql[] {
  const conditions = [
    scopeOf(related),
    where === undefined ? undefined : conditionSql(where, related),
    field === undefined ? undefined : fieldIsSet(field, related),
  ]
  return conditions.filter((condition) => condition !== undefined)
}

function existence(
  figure: Figure<Settled>,
  related: TableInSql,
  table: TableInSql,
  where: readonly Sql[],
  isAbsence: boolean,
): Sql {
  const { dialect } = table.compiling
  if (isAbsence && dialect.absence === 'NOT IN') return membership(figure, related, table, where, true)
  const isRelated = sql`${keyIn(figure, related)} = ${columnIn(table, table.entity.entity.primaryKey)}`
  const exists = sql`EXISTS (SELECT 1 FROM ${tableIn(related)} WHERE ${allOf([isRelated, ...where])})`
  return isAbsence ? sql`NOT ${exists}` : exists
}

function membership(
  figure: Figure<Settled>,
  related: TableInSql,
  table: TableInSql,
  where: readonly Sql[],
  isAbsence: boolean,
  having?: Sql,
): Sql {
  const own = columnIn(table, table.entity.entity.primaryKey)
  const key = keyIn(figure, related)
  // A NULL among the keys would make `IN` unknown.
  const rows = sql`SELECT ${key} FROM ${tableIn(related)} WHERE ${allOf([sql`${key} IS NOT NULL`, ...where])}`
  const keys = having === undefined ? rows : sql`${rows} GROUP BY ${key} HAVING ${having}`
  return isAbsence ? sql`${own} NOT IN (${keys})` : sql`${own} IN (${keys})`
}

function tableIn(related: TableInSql): Sql {
  return sql`${quoted(related.entity.entity.table, related)} AS ${related.alias}`
}

function havingSql(figure: Figure<Settled>, question: Asked, related: TableInSql): Sql {
  const { dialect } = related.compiling
  const { aggregate } = figure
  if (aggregate === 'count') return ordered(question, sql`COUNT(*)`, related)
  const field = figure.field!
  switch (aggregate) {
    case 'countDistinct':
      return ordered(question, sql`COUNT(DISTINCT ${distinctValue(field, related)})`, related)
    case 'sum':
      return ordered(question, sql`SUM(${unitsOf(field, related)})`, related)
    case 'avg':
      if (question.of !== 'quotient') throw new TypeError('An average is asked as a quotient')
      return question.sql(sql`SUM(${unitsOf(field, related)})`, sql`COUNT(*)`, dialect)
    case 'min':
    case 'max': {
      const taken: Taken = aggregate === 'min' ? (value) => sql`MIN(${value})` : (value) => sql`MAX(${value})`
      if (question.of === 'days') return question.sql(daysOf(field, related, taken))
      if (question.of !== 'order') throw new TypeError('The least and the greatest are asked for their order')
      return question.sql(orderedOf(field, related, taken))
    }
    default:
      return unreachable(aggregate)
  }
}

function ordered(question: Asked, figure: Sql, { compiling }: TableInSql): Sql {
  if (question.of !== 'order') throw new TypeError('A number is asked for its order')
  return question.sql(wholeColumn(figure, compiling.dialect))
}

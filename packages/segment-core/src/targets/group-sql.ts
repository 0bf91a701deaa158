import type { Settled } from '../language/settle.ts'
import type { Figure } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import type { Asked } from '../operators/question.ts'
import { wholeColumn } from '../sql/columns.ts'
import { allOf, always, type Sql, sql } from '../sql/sql-fragment.ts'
import type { TableInSql } from './compiling.ts'
import { daysOf, distinctValue, orderedOf, type Taken, unitsOf } from './field-sql.ts'

/**
 * The condition of a figure over the rows of one group, for `HAVING`; of those alone for which `when` holds, where it is
 * given. It is never NULL: without `when` a group has at least one row with a value, and with it the missing is asked for.
 */
export function groupSql(figure: Figure<Settled>, question: Asked, related: TableInSql, when: Sql | undefined): Sql {
  const holds = positiveSql(figure, question, related, when)
  return figure.negated ? sql`NOT (${holds})` : holds
}

function positiveSql(figure: Figure<Settled>, question: Asked, related: TableInSql, when: Sql | undefined): Sql {
  const { aggregate } = figure
  const count = when === undefined ? sql`COUNT(*)` : sql`COUNT(CASE WHEN ${when} THEN 1 END)`
  const isZeroOfNothing = aggregate === 'count' || aggregate === 'countDistinct' || aggregate === 'sum'
  if (question.of === 'presence') return isZeroOfNothing || when === undefined ? always : sql`${count} > 0`
  if (aggregate === 'count') return ordered(question, count, related)
  const only: Taken = when === undefined ? (value) => value : (value) => sql`CASE WHEN ${when} THEN ${value} END`
  const field = figure.field!
  switch (aggregate) {
    case 'countDistinct':
      return ordered(question, sql`COUNT(DISTINCT ${only(distinctValue(field, related))})`, related)
    case 'sum':
      return ordered(question, sumSql(figure, related, only, when), related)
    case 'avg': {
      if (question.of !== 'quotient') throw new TypeError('An average is asked as a quotient')
      const holds = question.sql(sumSql(figure, related, only, when), count, related.compiling.dialect)
      return when === undefined ? holds : allOf([sql`${count} > 0`, holds])
    }
    case 'min':
    case 'max': {
      const taken: Taken = (value) => (aggregate === 'min' ? sql`MIN(${only(value)})` : sql`MAX(${only(value)})`)
      const holds = extremeSql(figure, question, related, taken)
      return when === undefined ? holds : allOf([sql`${count} > 0`, holds])
    }
    default:
      return unreachable(aggregate)
  }
}

function sumSql({ field }: Figure<Settled>, related: TableInSql, only: Taken, when: Sql | undefined): Sql {
  const sum = sql`SUM(${only(unitsOf(field!, related))})`
  return when === undefined ? sum : sql`COALESCE(${sum}, 0)`
}

function extremeSql({ field }: Figure<Settled>, question: Asked, related: TableInSql, taken: Taken): Sql {
  if (question.of === 'days') return question.sql(daysOf(field!, related, taken))
  if (question.of !== 'order') throw new TypeError('The least and the greatest are asked for their order')
  return question.sql(orderedOf(field!, related, taken))
}

function ordered(question: Asked, figure: Sql, { compiling }: TableInSql): Sql {
  if (question.of !== 'order') throw new TypeError('A number is asked for its order')
  return question.sql(wholeColumn(figure, compiling.dialect))
}

import type { Settled } from '../language/settle.ts'
import type { Fact, Figure } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { type Asked, asked } from '../operators/asked.ts'
import { truthColumn } from '../sql/columns.ts'
import { allOf, anyOf, type Sql, sql } from '../sql/sql-fragment.ts'
import type { TableInSql } from './compiling.ts'
import { daysOf, fieldIsSet, orderedOf, textOf, truthOf } from './field-sql.ts'
import { figureSql } from './figure-sql.ts'
import { tagsOf } from './tags-sql.ts'

/** A settled rule as a condition over a table. Each part of it is true or false, never NULL. */
export function conditionSql(rule: Settled, table: TableInSql): Sql {
  switch (rule.kind) {
    case 'all':
      return allOf(rule.parts.map((part) => conditionSql(part, table)))
    case 'any':
      return anyOf(rule.parts.map((part) => conditionSql(part, table)))
    case 'fact':
      return factSql(rule, table)
    case 'figure':
      return relatedSql(rule, table)
    default:
      return unreachable(rule)
  }
}

function relatedSql(figure: Figure<Settled>, table: TableInSql): Sql {
  return figureSql(figure, table, conditionSql)
}

function factSql(fact: Fact, table: TableInSql): Sql {
  const question = asked(fact, table.compiling.clock)
  if (fact.valueType.type === 'tags') return tagsSql(fact, question, table)
  const isSet = fieldIsSet(fact.field, table)
  if (question.of === 'presence') return presenceSql(isSet, fact.negated)
  const holds = holdsSql(question, fact, table)
  if (fact.negated) return isSet === undefined ? not(holds) : anyOf([not(isSet), not(holds)])
  return isSet === undefined ? holds : allOf([isSet, holds])
}

function presenceSql(isSet: Sql | undefined, negated: boolean): Sql {
  if (isSet === undefined) return negated ? anyOf([]) : allOf([])
  return negated ? not(isSet) : isSet
}

function holdsSql(question: Asked, { field }: Fact, table: TableInSql): Sql {
  switch (question.of) {
    case 'text':
      return question.sql(textOf(field, table))
    case 'truth':
      return question.sql(truthColumn(truthOf(field, table)))
    case 'order':
      return question.sql(orderedOf(field, table))
    case 'days':
      return question.sql(daysOf(field, table))
    default:
      throw new TypeError(`A single value is not asked for its ${question.of}`)
  }
}

function tagsSql({ field, negated }: Fact, question: Asked, table: TableInSql): Sql {
  const tags = tagsOf(field, table)
  const holds = question.of === 'tags' ? question.sql(tags) : tags.isSet
  return negated ? not(holds) : holds
}

function not(condition: Sql): Sql {
  return sql`NOT (${condition})`
}

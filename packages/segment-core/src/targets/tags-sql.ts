import type { TagsField } from '../language/catalog.ts'
import type { KnownField } from '../language/known-catalog.ts'
import type { TagsColumn } from '../operators/question.ts'
import { textColumn } from '../sql/columns.ts'
import { allOf, type Sql, sql, wholeLiteral } from '../sql/sql-fragment.ts'
import { columnIn, scopeValue, type TableInSql } from './compiling.ts'
import { folded, jsonOf, quoted } from './field-sql.ts'

/** Tags in SQL: what operators ask of them, and whether there are any. None of it is ever NULL. */
export interface TagsInSql extends TagsColumn {
  readonly isSet: Sql
}

/** The tags of a record, wherever they are stored. */
export function tagsOf(known: KnownField, table: TableInSql): TagsInSql {
  const field = known.field as TagsField
  if (field.table !== undefined) return tagsInTable(known, field, table)
  const place = field.json ?? { column: field.column, key: undefined, foldedColumn: field.foldedColumn }
  return tagsInJson(known, place, table)
}

type InTable = TagsField & { readonly table: string }

function tagsInTable(known: KnownField, field: InTable, table: TableInSql): TagsInSql {
  const { compiling, entity } = table
  const alias = compiling.newAlias()
  const inTags = (column: string) => sql`${alias}.${quoted(column, table)}`
  const owner = inTags(field.ownerColumn)
  const tag = inTags(field.column)
  const { scopeColumn } = entity.entity
  const scope = scopeColumn === undefined ? [] : [sql`${inTags(scopeColumn)} = ${scopeValue(table)}`]
  const compared =
    field.foldedColumn === undefined
      ? { expression: folded(tag, known, table), isColumn: false }
      : { expression: inTags(field.foldedColumn), isColumn: true }
  const text = textColumn({ ...compared, isExact: compiling.isTextExact }, compiling.dialect)
  const ownersWhere = (...conditions: Sql[]) =>
    sql`SELECT ${owner} FROM ${quoted(field.table, table)} AS ${alias} WHERE ${allOf([...scope, sql`${owner} IS NOT NULL`, ...conditions])}`
  const isOwner = (owners: Sql) => sql`${columnIn(table, entity.entity.primaryKey)} IN (${owners})`
  return {
    isSet: isOwner(ownersWhere(sql`${tag} IS NOT NULL`)),
    hasAny: (tags) => isOwner(ownersWhere(text.equalsAny(tags))),
    hasAll: (tags) => {
      const owners = ownersWhere(text.equalsAny(tags))
      if (tags.length === 1) return isOwner(owners)
      const different = sql`COUNT(DISTINCT ${compiling.dialect.text.exact(compared.expression)})`
      return isOwner(sql`${owners} GROUP BY ${owner} HAVING ${different} = ${wholeLiteral(tags.length)}`)
    },
  }
}

interface JsonTags {
  readonly column: string
  readonly key: string | undefined
  readonly foldedColumn?: string | undefined
}

function tagsInJson(known: KnownField, place: JsonTags, table: TableInSql): TagsInSql {
  const { compiling } = table
  const alias = compiling.newAlias()
  const { isTags } = jsonOf(place.column, place.key, table)
  const { from: list, tag } = jsonOf(place.foldedColumn ?? place.column, place.key, table).tags(alias)
  const expression = place.foldedColumn === undefined ? folded(tag, known, table) : tag
  const text = textColumn({ expression, isColumn: false, isExact: false }, compiling.dialect)
  const different = sql`COUNT(DISTINCT ${compiling.dialect.text.exact(expression)})`
  return {
    isSet: isTags,
    hasAny: (tags) => sql`(${isTags} AND (SELECT COUNT(*) FROM ${list} WHERE ${text.equalsAny(tags)}) > 0)`,
    hasAll: (tags) =>
      sql`(${isTags} AND (SELECT ${different} FROM ${list} WHERE ${text.equalsAny(tags)}) = ${wholeLiteral(tags.length)})`,
  }
}

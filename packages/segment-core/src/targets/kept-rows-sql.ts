import type { Field, KeptRows } from '../language/catalog.ts'
import type { KnownField } from '../language/known-catalog.ts'
import type { Fact } from '../language/tree.ts'
import type { ValueType } from '../language/value-type.ts'
import { allOf, type Sql, sql } from '../sql/sql-fragment.ts'
import { columnIn, scopeValue, type TableInSql } from './compiling.ts'
import { quoted } from './field-sql.ts'

/** What a condition asks of a single value, in SQL; `undefined` for whether there is one. */
type HoldsSql = (fact: Fact, table: TableInSql) => Sql | undefined

/**
 * A condition over a custom attribute whose values are kept in rows as well: the record is one of the owners of a row
 * that fulfils it. An index on the rows answers that without opening the JSON of every record. Where few records are
 * left, their JSON is opened sooner; so it is where nothing is kept: then `undefined`.
 */
export function keptRowsSql(fact: Fact, table: TableInSql, holdsSql: HoldsSql): Sql | undefined {
  const { json } = fact.field.field
  if (json?.rows === undefined || table.areFewLeft || fact.valueType.type === 'tags') return undefined
  const { rows, key } = json
  const { compiling, entity } = table
  const row: TableInSql = { ...table, alias: compiling.newAlias() }
  const holds = holdsSql(asKept(fact, rows), row)
  const { scopeColumn } = entity.entity
  const owners = allOf([
    ...(scopeColumn === undefined ? [] : [sql`${columnIn(row, scopeColumn)} = ${scopeValue(table)}`]),
    sql`${columnIn(row, rows.nameColumn)} = ${key}`,
    ...(holds === undefined ? [] : [holds]),
  ])
  const owner = columnIn(row, rows.ownerColumn)
  const from = sql`SELECT ${owner} FROM ${quoted(rows.table, table)} AS ${row.alias} WHERE ${owners}`
  const isOwner = sql`${columnIn(table, entity.entity.primaryKey)} IN (${from})`
  return fact.negated ? sql`NOT (${isOwner})` : isOwner
}

/** The same condition over the column of the rows that its values stand in. There is a row for each value, so none is missing. */
function asKept(fact: Fact, rows: KeptRows): Fact {
  const { field, valueType } = keptField(fact.field, fact.valueType, rows)
  const known: KnownField = { ...fact.field, field, valueType, isRequired: true }
  return { ...fact, field: known, valueType, negated: false }
}

function keptField(
  { field }: KnownField,
  valueType: ValueType,
  { textColumn, numberColumn }: KeptRows,
): { readonly field: Field; readonly valueType: ValueType } {
  switch (field.type) {
    case 'number':
    case 'money':
      return { field: { type: field.type, column: numberColumn, decimals: field.decimals ?? 0 }, valueType }
    case 'boolean':
      return { field: { type: 'boolean', column: numberColumn }, valueType }
    case 'date':
      return field.dayOnly
        ? { field: { type: 'date', column: textColumn, dayOnly: true, stored: 'isoText' }, valueType }
        : { field: { type: 'date', column: numberColumn, stored: 'epochMs' }, valueType }
    default:
      return {
        field: { type: 'text', column: textColumn, foldedColumn: textColumn },
        valueType: { type: 'text', caseSensitive: false },
      }
  }
}

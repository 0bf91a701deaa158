import { CannotCompileError } from '../language/errors.ts'
import type { KnownField } from '../language/known-catalog.ts'
import { unreachable } from '../language/unreachable.ts'
import {
  type DayColumn,
  dayColumn,
  decimalColumn,
  instantColumn,
  longExpression,
  type OrderedColumn,
  type TextColumn,
  textColumn,
  wholeColumn,
} from '../sql/columns.ts'
import type { JsonSql } from '../sql/dialect.ts'
import { identifier, type Sql, sql } from '../sql/sql-fragment.ts'
import { writeDay, writeInstant } from '../time/calendar-day.ts'
import { columnIn, type TableInSql } from './compiling.ts'

/** Something done to a value before it is compared: `MIN`, `MAX`, or nothing. */
export type Taken = (value: Sql) => Sql

/** The value itself. */
const asItIs: Taken = (value) => value

/** Whether a field other than tags has a value; `undefined` when it surely has. Never NULL. */
export function fieldIsSet(field: KnownField, table: TableInSql): Sql | undefined {
  return field.isRequired ? undefined : sql`${storedValue(field, table)} IS NOT NULL`
}

/** The opposite, written so that an index is met. */
export function fieldIsMissing(field: KnownField, table: TableInSql): Sql | undefined {
  return field.isRequired ? undefined : sql`${storedValue(field, table)} IS NULL`
}

/**
 * The same for a field of text that is about to be compared: asked of the column that is compared, so that an index on
 * that column is enough.
 */
export function textIsSet(field: KnownField, table: TableInSql): Sql | undefined {
  return field.isRequired ? undefined : sql`${comparedText(field, table).expression} IS NOT NULL`
}

/** What is stored, NULL when it is missing or, under a JSON key, not of the type. */
function storedValue(known: KnownField, table: TableInSql): Sql {
  const { field, valueType } = known
  if (field.json === undefined) return columnIn(table, field.column)
  const json = jsonOf(field.json.column, field.json.key, table)
  switch (valueType.type) {
    case 'text':
    case 'enum':
      return json.text
    case 'number':
    case 'money':
      return json.units(valueType.decimals, valueType.type === 'money')
    case 'boolean':
      return json.truth
    case 'date':
      return valueType.dayOnly ? json.day : json.instantMs
    case 'tags':
      throw new TypeError('Tags are no single value')
    default:
      return unreachable(valueType)
  }
}

/** A value under a key of a JSON column. */
export function jsonOf(column: string, key: string | undefined, table: TableInSql): JsonSql {
  return table.compiling.dialect.json.at(columnIn(table, column), key)
}

/** Numbers, money and instants, to be compared with ranges of whole units or milliseconds. */
export function orderedOf(known: KnownField, table: TableInSql, taken: Taken = asItIs): OrderedColumn {
  const { dialect } = table.compiling
  const { field, valueType } = known
  if (field.type === 'date' && field.json === undefined && field.stored !== 'epochMs') {
    const isText = field.stored === 'isoText'
    const literal = isText ? (ms: number) => sql`${writeInstant(ms)}` : dialect.instant
    return instantColumn(taken(columnIn(table, field.column)), literal, !isText)
  }
  if (field.type === 'date' && field.json !== undefined)
    return longExpression(taken(storedValue(known, table)), dialect)
  const isMajor = 'decimals' in valueType && valueType.decimals > 0 && !isInUnits(known)
  // A figure over decimals is taken of whole units, which SQLite can add up exactly.
  if (isMajor && taken === asItIs) return decimalColumn(storedValue(known, table), valueType.decimals, dialect)
  return wholeColumn(taken(isMajor ? unitsOf(known, table) : storedValue(known, table)), dialect)
}

/** A number or an amount as whole units, exactly. */
export function unitsOf(known: KnownField, table: TableInSql): Sql {
  const { valueType } = known
  const stored = storedValue(known, table)
  if (!('decimals' in valueType) || valueType.decimals === 0 || isInUnits(known)) return stored
  return table.compiling.dialect.units(stored, valueType.decimals)
}

function isInUnits({ field }: KnownField): boolean {
  return field.json !== undefined || (field.type === 'money' && field.minorUnits === true)
}

/** Days without a zone. */
export function daysOf({ field }: KnownField, table: TableInSql, taken: Taken = asItIs): DayColumn {
  const { dialect } = table.compiling
  const isText = field.json !== undefined || (field.type === 'date' && field.stored === 'isoText')
  const stored =
    field.json === undefined ? columnIn(table, field.column) : jsonOf(field.json.column, field.json.key, table).day
  const value = taken(stored)
  return dayColumn(value, isText ? (day) => sql`${writeDay(day)}` : dialect.day, dialect.monthDay(value, isText))
}

/** Truth values. */
export function truthOf(known: KnownField, table: TableInSql): Sql {
  return storedValue(known, table)
}

/** Text as rules compare it: folded, unless case counts. */
export function textOf(known: KnownField, table: TableInSql): TextColumn {
  const { expression, isColumn } = comparedText(known, table)
  const { dialect, isTextExact } = table.compiling
  return textColumn({ expression, isColumn, isExact: isTextExact }, dialect)
}

/**
 * The expression that holds text in the form in which it is compared.
 * @throws CannotCompileError when nothing in the database can fold it
 */
function comparedText(known: KnownField, table: TableInSql): { expression: Sql; isColumn: boolean } {
  const { field, valueType } = known
  const isFolded = valueType.type === 'text' && !valueType.caseSensitive
  if (!isFolded) return { expression: storedValue(known, table), isColumn: field.json === undefined }
  if (field.json !== undefined) {
    const { foldedColumn, key } = field.json
    if (foldedColumn !== undefined) return { expression: jsonOf(foldedColumn, key, table).text, isColumn: false }
  } else if (field.type === 'text' && field.foldedColumn !== undefined) {
    return { expression: columnIn(table, field.foldedColumn), isColumn: true }
  }
  return { expression: folded(storedValue(known, table), known, table), isColumn: false }
}

/**
 * Text folded by a function of the database.
 * @throws CannotCompileError when there is none
 */
export function folded(text: Sql, { name }: KnownField, { compiling, entity }: TableInSql): Sql {
  if (compiling.foldFunction !== undefined) return sql`${compiling.foldFunction}(${text})`
  throw new CannotCompileError(
    `${entity.name}.${name} ignores case, but has no folded column, and no "foldFunction" of the database is named`,
  )
}

/** A value in a form in which two are the same exactly when they are equal to a rule. */
export function distinctValue(known: KnownField, table: TableInSql): Sql {
  const { dialect } = table.compiling
  const { field, valueType } = known
  if (valueType.type === 'text' || valueType.type === 'enum')
    return dialect.text.exact(comparedText(known, table).expression)
  const stored = storedValue(known, table)
  const isFiner = field.type === 'date' && field.json === undefined && field.stored === 'datetime' && !field.dayOnly
  return isFiner ? dialect.wholeMilliseconds(stored) : stored
}

/** A name in the quotes of the compilation's database. */
export function quoted(name: string, { compiling }: TableInSql): Sql {
  return identifier(name, compiling.dialect.quote)
}

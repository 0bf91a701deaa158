import { writeDay, writeInstant } from '../../time/calendar-day.ts'
import { decimalText, jsonUnitsBound, rangesJson } from '../decimal-text.ts'
import type { Dialect, JsonSql } from '../dialect.ts'
import { jsonPathLiteral, type Sql, sql, wholeLiteral } from '../sql-fragment.ts'
import { codePoints, prefixPattern } from './escape-like.ts'
import { dayPattern, decimalPattern, instantPattern } from './json-patterns.ts'

/** MySQL 8.0.17 and later. */
export const mysql: Dialect = {
  ...mysqlFamily({
    name: 'mysql',
    exact: (text) => sql`CONVERT(${text} USING utf8mb4) COLLATE utf8mb4_0900_bin`,
    numberTypes: sql`('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')`,
  }),
  // Grouped keys are joined with rather than looked up, once they stand in a table of their own.
  isAmong: (key, keys) => sql`${key} IN (SELECT * FROM (${keys}) AS among)`,
}

/** MariaDB 10.6 and later. */
export const mariadb: Dialect = mysqlFamily({
  name: 'mariadb',
  exact: (text) => sql`CONVERT(${text} USING utf8mb4) COLLATE utf8mb4_nopad_bin`,
  numberTypes: sql`('INTEGER', 'DOUBLE')`,
})

/** Where the two relatives differ. */
interface Relative {
  readonly name: 'mysql' | 'mariadb'
  /** Text in the collation of code points that does not pad, which each of the two calls by another name. */
  exact(text: Sql): Sql
  readonly numberTypes: Sql
}

function mysqlFamily({ name, exact, numberTypes }: Relative): Dialect {
  return {
    name,
    quote: '`',
    takesFiguresTogether: true,
    unitesAlternatives: false,
    takesKeysAway: false,
    fewShare: 0.1,
    takesEachCheaply: false,
    whole: (value) =>
      Number.isSafeInteger(value) ? sql`${Number(value)}` : sql`CAST(${String(value)} AS DECIMAL(65, 0))`,
    factor: (value) => sql`CAST(${String(value)} AS DECIMAL(65, 0))`,
    // A text beside a decimal would be compared as floating point.
    decimal: (units, decimals) => sql`CAST(${decimalText(units, decimals)} AS DECIMAL(65, ${wholeLiteral(decimals)}))`,
    isInAnyRange: (value, ranges) =>
      sql`(SELECT COUNT(*) FROM JSON_TABLE(${rangesJson(ranges)}, '$[*]' COLUMNS (low BIGINT PATH '$[0]', high BIGINT PATH '$[1]')) AS r WHERE ${value} BETWEEN r.low AND r.high) > 0`,
    units: (amount, decimals) => sql`(${amount} * ${wholeLiteral(10 ** decimals)})`,
    instant: (instantMs) => sql`CAST(${writeInstant(instantMs).replace('T', ' ').replace('Z', '')} AS DATETIME(3))`,
    day: (day) => sql`CAST(${writeDay(day)} AS DATE)`,
    wholeMilliseconds: (instant) => sql`LEFT(CAST(CAST(${instant} AS DATETIME(6)) AS CHAR), 23)`,
    monthDay: (day, isText) => (isText ? sql`SUBSTR(${day}, 6, 5)` : sql`DATE_FORMAT(${day}, '%m-%d')`),
    text: {
      exact,
      isExactSargable: false,
      contains: (text, piece) => sql`LOCATE(${piece}, ${exact(text)}) > 0`,
      // LIKE lets an index narrow the search down; the exact comparison decides.
      startsWith: (text, piece) =>
        sql`(${text} LIKE ${prefixPattern(piece)} ESCAPE '!' AND LEFT(${exact(text)}, ${wholeLiteral(codePoints(piece))}) = ${piece})`,
      endsWith: (text, piece) => sql`RIGHT(${exact(text)}, ${wholeLiteral(codePoints(piece))}) = ${piece}`,
    },
    json: { at: (column, key) => jsonAt(column, key, numberTypes, exact) },
  }
}

function jsonAt(column: Sql, key: string | undefined, numberTypes: Sql, exact: (text: Sql) => Sql): JsonSql {
  const value = key === undefined ? sql`${column}` : sql`JSON_EXTRACT(${column}, ${jsonPathLiteral(key)})`
  const type = sql`JSON_TYPE(${value})`
  const text = sql`JSON_UNQUOTE(${value})`
  const ifText = (pattern: string) =>
    sql`${type} = 'STRING' AND ${exact(text)} REGEXP ${pattern} AND RIGHT(${text}, 1) <> CHAR(10)`
  return {
    text: sql`CASE WHEN ${type} = 'STRING' THEN ${text} END`,
    truth: sql`CASE WHEN ${type} = 'BOOLEAN' THEN ${text} = 'true' END`,
    units: (decimals, orText) => {
      const isNumber = sql`${type} IN ${numberTypes}`
      return unitsOf(text, orText ? sql`(${isNumber} OR (${ifText(decimalPattern)}))` : isNumber, decimals)
    },
    day: sql`CASE WHEN ${ifText(dayPattern)} THEN ${text} END`,
    instantMs: sql`CASE WHEN ${ifText(instantPattern)} THEN ${instantOf(text)} END`,
    isTags: sql`COALESCE(${type} = 'ARRAY' AND JSON_LENGTH(${value}) > 0 AND (SELECT COUNT(*) FROM ${elements(value)} AS e WHERE JSON_TYPE(e.item) <> 'STRING') = 0, FALSE)`,
    tags: (alias) => ({ from: sql`${elements(value)} AS ${alias}`, tag: sql`JSON_UNQUOTE(${alias}.item)` }),
  }
}

/** To be counted rather than asked for existence: MySQL 9 turns that into a join and then loses rows. */
function elements(value: Sql): Sql {
  return sql`JSON_TABLE(${value}, '$[*]' COLUMNS (item JSON PATH '$'))`
}

function unitsOf(text: Sql, isOne: Sql, decimals: number): Sql {
  const scale = sql`${wholeLiteral(10 ** decimals)}e0`
  const number = sql`CAST(${text} AS DOUBLE)`
  const rounded = sql`ROUND(${number} * ${scale})`
  const fits = sql`ABS(${number} * ${scale}) < ${wholeLiteral(jsonUnitsBound)} AND ${rounded} / ${scale} = ${number}`
  return sql`CASE WHEN ${isOne} AND ${fits} THEN CAST(${rounded} AS SIGNED) END`
}

function instantOf(text: Sql): Sql {
  const wholeMs = sql`TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', CAST(REPLACE(LEFT(${text}, 19), 'T', ' ') AS DATETIME)) * 1000`
  const zone = sql`CASE WHEN RIGHT(${text}, 1) = 'Z' THEN 1 ELSE 6 END`
  const fraction = sql`CAST(RPAD(SUBSTR(${text}, 21, GREATEST(CHAR_LENGTH(${text}) - 20 - ${zone}, 0)), 3, '0') AS SIGNED)`
  const offset = sql`CASE WHEN RIGHT(${text}, 1) = 'Z' THEN 0 ELSE CAST(CONCAT(LEFT(RIGHT(${text}, 6), 1), '1') AS SIGNED) * (60 * CAST(LEFT(RIGHT(${text}, 5), 2) AS SIGNED) + CAST(RIGHT(${text}, 2) AS SIGNED)) END`
  return sql`(${wholeMs} + ${fraction} - 60000 * (${offset}))`
}

import { writeDay, writeInstant } from '../../time/calendar-day.ts'
import { decimalText, jsonUnitsBound, rangesJson } from '../decimal-text.ts'
import type { Dialect, JsonSql } from '../dialect.ts'
import { jsonKeyLiteral, type Sql, sql, wholeLiteral } from '../sql-fragment.ts'
import { codePoints } from './escape-like.ts'
import { dayPattern, decimalPattern, instantPattern } from './json-patterns.ts'

/** PostgreSQL. Bound values are cast, because it would otherwise give them the type, and the width, of the column. */
export const postgresql: Dialect = {
  name: 'postgresql',
  quote: '"',
  takesFiguresTogether: true,
  unitesAlternatives: true,
  takesKeysAway: false,
  fewShare: 0.1,
  takesEachCheaply: false,
  whole: (value) =>
    Number.isSafeInteger(value) ? sql`CAST(${Number(value)} AS bigint)` : sql`CAST(${String(value)} AS numeric)`,
  factor: (value) => sql`CAST(${String(value)} AS numeric)`,
  decimal: (units, decimals) => sql`CAST(${decimalText(units, decimals)} AS numeric)`,
  // Each of several workers would take `IN` anew.
  isAmong: (key, keys) => sql`${key} = ANY(ARRAY(${keys}))`,
  manyNumbers: (numbers) =>
    sql`(SELECT CAST(number AS numeric) FROM jsonb_array_elements_text(CAST(${`[${numbers.join()}]`} AS jsonb)) AS l(number))`,
  isInAnyRange: (value, ranges) =>
    sql`EXISTS (SELECT 1 FROM jsonb_array_elements(CAST(${rangesJson(ranges)} AS jsonb)) AS r(range) WHERE ${value} BETWEEN CAST(range ->> 0 AS bigint) AND CAST(range ->> 1 AS bigint))`,
  units: (amount, decimals) => sql`(${amount} * ${wholeLiteral(10 ** decimals)})`,
  instant: (instantMs) => sql`CAST(${writeInstant(instantMs)} AS timestamptz)`,
  day: (day) => sql`CAST(${writeDay(day)} AS date)`,
  wholeMilliseconds: (instant) => sql`date_trunc('milliseconds', ${instant})`,
  monthDay: (day, isText) => (isText ? sql`substr(${day}, 6, 5)` : sql`to_char(${day}, 'MM-DD')`),
  text: {
    exact: (text) => sql`CAST(${text} AS text) COLLATE "C"`,
    isExactSargable: false,
    contains: (text, piece) => sql`strpos(CAST(${text} AS text) COLLATE "C", ${piece}) > 0`,
    startsWith: (text, piece) => sql`starts_with(CAST(${text} AS text) COLLATE "C", ${piece})`,
    endsWith: (text, piece) =>
      sql`right(CAST(${text} AS text), ${wholeLiteral(codePoints(piece))}) COLLATE "C" = ${piece}`,
    many: (texts) => sql`(SELECT jsonb_array_elements_text(CAST(${JSON.stringify(texts)} AS jsonb)))`,
  },
  json: { at: jsonAt },
}

function jsonAt(column: Sql, key: string | undefined): JsonSql {
  const value =
    key === undefined ? sql`CAST(${column} AS jsonb)` : sql`(CAST(${column} AS jsonb) -> ${jsonKeyLiteral(key)})`
  const type = sql`jsonb_typeof(${value})`
  // The text of any JSON value: `#>>` with no steps.
  const text = sql`(${value} #>> '{}')`
  const ifText = (pattern: Sql) => sql`${type} = 'string' AND ${text} ~ ${pattern}`
  return {
    text: sql`CASE WHEN ${type} = 'string' THEN ${text} END`,
    truth: sql`CASE WHEN ${type} = 'boolean' THEN CAST(${text} AS boolean) END`,
    units: (decimals, orText) => {
      const isOne = orText ? sql`(${type} = 'number' OR (${ifText(sql`${decimalPattern}`)}))` : sql`${type} = 'number'`
      return unitsOf(text, isOne, decimals)
    },
    day: sql`CASE WHEN ${ifText(sql`${dayPattern}`)} THEN ${text} END`,
    instantMs: sql`CASE WHEN ${ifText(sql`${instantPattern}`)} THEN ${instantOf(text)} END`,
    isTags: sql`COALESCE(${type} = 'array' AND ${value} <> CAST('[]' AS jsonb) AND NOT EXISTS (SELECT 1 FROM ${elements(value, type)} AS e(item) WHERE jsonb_typeof(item) <> 'string'), FALSE)`,
    tags: (alias) => ({ from: sql`${elements(value, type)} AS ${alias}(item)`, tag: sql`(${alias}.item #>> '{}')` }),
  }
}

function elements(value: Sql, type: Sql): Sql {
  return sql`jsonb_array_elements(CASE WHEN ${type} = 'array' THEN ${value} ELSE CAST('[]' AS jsonb) END)`
}

/** CASE guards every cast: PostgreSQL raises an error for a text that is no number. */
function unitsOf(text: Sql, isOne: Sql, decimals: number): Sql {
  const scale = sql`CAST(${wholeLiteral(10 ** decimals)} AS float8)`
  // A numeric beyond the range of floating point cannot be cast; so many digits are no number of ours anyway.
  const isSmall = sql`abs(CAST(${text} AS numeric)) < ${wholeLiteral(jsonUnitsBound)}`
  const number = sql`CAST(round(CAST(${text} AS numeric), 300) AS float8)`
  const rounded = sql`round(${number} * ${scale})`
  const fits = sql`abs(${number} * ${scale}) < ${wholeLiteral(jsonUnitsBound)} AND ${rounded} / ${scale} = ${number}`
  return sql`CASE WHEN ${isOne} THEN CASE WHEN ${isSmall} THEN CASE WHEN ${fits} THEN CAST(${rounded} AS bigint) END END END`
}

/** An instant's text as milliseconds: local part, fraction and offset apart, since PostgreSQL takes no offset of 16 hours. */
function instantOf(text: Sql): Sql {
  const wholeMs = sql`CAST(EXTRACT(EPOCH FROM CAST(left(${text}, 19) AS timestamp)) AS bigint) * 1000`
  const fraction = sql`CAST(rpad(COALESCE(substring(${text} from '[.]([0-9]+)'), ''), 3, '0') AS bigint)`
  const offset = sql`CASE WHEN right(${text}, 1) = 'Z' THEN 0 ELSE CAST(left(right(${text}, 6), 1) || '1' AS bigint) * (60 * CAST(left(right(${text}, 5), 2) AS bigint) + CAST(right(${text}, 2) AS bigint)) END`
  return sql`(${wholeMs} + ${fraction} - 60000 * (${offset}))`
}

import { writeDay, writeInstant } from '../../time/calendar-day.ts'
import { jsonUnitsBound, rangesJson } from '../decimal-text.ts'
import type { Dialect, JsonSql } from '../dialect.ts'
import { jsonPathLiteral, type Sql, sql, wholeLiteral } from '../sql-fragment.ts'

/** SQLite, with its database in UTF-8. */
export const sqlite: Dialect = {
  name: 'sqlite',
  quote: '"',
  takesFiguresTogether: true,
  unitesAlternatives: false,
  takesKeysAway: true,
  fewShare: 0.3,
  takesEachCheaply: true,
  whole: (value) => (Number.isSafeInteger(value) ? sql`${Number(value)}` : sql`CAST(${String(value)} AS INTEGER)`),
  // A product beyond 64 bits turns into floating point: larger than every sum, which is all that is asked of it.
  factor: (value) => sqlite.whole(value),
  // SQLite has no decimals. Two decimals of at most 15 digits are in the same order as the floating-point numbers
  // nearest to them, and equal when those are, so comparing these is exact.
  decimal: (units, decimals) => sql`${Number(units) / 10 ** decimals}`,
  manyNumbers: (numbers) => sql`(SELECT value FROM json_each(${`[${numbers.join()}]`}))`,
  isInAnyRange: (value, ranges) =>
    sql`EXISTS (SELECT 1 FROM json_each(${rangesJson(ranges)}) AS r WHERE ${value} BETWEEN r.value ->> 0 AND r.value ->> 1)`,
  units: (amount, decimals) => sql`CAST(ROUND(${amount} * ${wholeLiteral(10 ** decimals)}) AS INTEGER)`,
  // Trailing zeros are cut off, so that the bound sorts before or with every writing of the same instant.
  instant: (instantMs) =>
    sql`${writeInstant(instantMs)
      .replace('T', ' ')
      .replace(/\.?0*Z$/, '')}`,
  day: (day) => sql`${writeDay(day)}`,
  wholeMilliseconds: (instant) => sql`substr(${instant} || '.000', 1, 23)`,
  monthDay: (day) => sql`substr(${day}, 6, 5)`,
  text: {
    exact: (text) => sql`${text} COLLATE BINARY`,
    isExactSargable: true,
    // Bytes, because the functions for text stop at a NUL.
    contains: (text, piece) => sql`instr(CAST(${text} AS BLOB), CAST(${piece} AS BLOB)) > 0`,
    startsWith: (text, piece) => {
      const after = successor(piece)
      const isNotBefore = sql`${text} COLLATE BINARY >= ${piece}`
      return after === undefined ? isNotBefore : sql`(${isNotBefore} AND ${text} COLLATE BINARY < ${after})`
    },
    // The end of an empty text is NULL to SQLite, hence `IS`.
    endsWith: (text, piece) =>
      sql`substr(CAST(${text} AS BLOB), ${wholeLiteral(-utf8Length(piece))}) IS CAST(${piece} AS BLOB)`,
    many: (texts) => sql`(SELECT value FROM json_each(${JSON.stringify(texts)}))`,
  },
  json: { at: jsonAt },
}

/** The smallest text, in the order of code points, above all that begin with a prefix. */
function successor(prefix: string): string | undefined {
  const points = [...prefix]
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0)!
    // Halves of surrogate pairs are no code points of a text.
    if (point < 0x10ffff) return points.join('') + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1)
  }
  return undefined
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0)!
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

function jsonAt(column: Sql, key: string | undefined): JsonSql {
  const path = key === undefined ? sql`'$'` : jsonPathLiteral(key)
  const type = sql`json_type(${column}, ${path})`
  const value = sql`json_extract(${column}, ${path})`
  const text = sql`CASE ${type} WHEN 'text' THEN ${value} END`
  return {
    text,
    truth: sql`CASE ${type} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END`,
    units: (decimals, orText) => {
      const number = sql`${type} IN ('integer', 'real')`
      const isOne = orText ? sql`(${number} OR (${type} = 'text' AND ${isDecimalText(value)}))` : number
      return unitsOf(sql`CAST(${value} AS REAL)`, isOne, decimals)
    },
    day: sql`CASE WHEN ${type} = 'text' AND ${isDay(value)} THEN ${value} END`,
    instantMs: instantOf(value, sql`${type} = 'text'`),
    isTags: sql`(${type} IS 'array' AND json_array_length(${column}, ${path}) > 0 AND NOT EXISTS (SELECT 1 FROM json_each(${column}, ${path}) WHERE type <> 'text'))`,
    tags: (alias) => ({ from: sql`json_each(${column}, ${path}) AS ${alias}`, tag: sql`${alias}.value` }),
  }
}

/** The number has at most so many decimals exactly when it is the one nearest to a whole number of units. */
function unitsOf(number: Sql, isOne: Sql, decimals: number): Sql {
  const scale = sql`${wholeLiteral(10 ** decimals)}.0`
  const rounded = sql`ROUND(${number} * ${scale})`
  const fits = sql`abs(${number} * ${scale}) < ${wholeLiteral(jsonUnitsBound)} AND ${rounded} / ${scale} = ${number}`
  return sql`CASE WHEN ${isOne} AND ${fits} THEN CAST(${rounded} AS INTEGER) END`
}

function isDecimalText(text: Sql): Sql {
  const digits = sql`CASE WHEN substr(${text}, 1, 1) = '-' THEN substr(${text}, 2) ELSE ${text} END`
  return sql`(${digits}) GLOB '[0-9]*' AND (${digits}) NOT GLOB '*[^0-9.]*' AND (${digits}) NOT GLOB '*.*.*' AND (${digits}) NOT GLOB '*.' AND (${digits}) NOT GLOB '0[0-9]*'`
}

function isDay(text: Sql): Sql {
  return sql`(${text} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND ${text} >= '1900' AND date(${text}) = ${text})`
}

function instantOf(text: Sql, isText: Sql): Sql {
  const day = sql`substr(${text}, 1, 10)`
  const rest = sql`substr(${text}, 20)`
  const zone = sql`(CASE WHEN substr(${rest}, -1) = 'Z' THEN 'Z' ELSE substr(${rest}, -6) END)`
  const fraction = sql`substr(${rest}, 1, length(${rest}) - length${zone})`
  const isClock = sql`substr(${text}, 11, 9) GLOB 'T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]' AND substr(${text}, 12, 2) < '24'`
  const isZone = sql`(${zone} = 'Z' OR (${zone} GLOB '[-+][0-2][0-9]:[0-5][0-9]' AND substr(${zone}, 2, 2) < '24'))`
  const isFraction = sql`(${fraction} = '' OR ${fraction} GLOB '.[0-9]' OR ${fraction} GLOB '.[0-9][0-9]' OR ${fraction} GLOB '.[0-9][0-9][0-9]')`
  const minutes = sql`CASE WHEN ${zone} = 'Z' THEN 0 ELSE CAST(substr(${zone}, 1, 1) || '1' AS INTEGER) * (60 * CAST(substr(${zone}, 2, 2) AS INTEGER) + CAST(substr(${zone}, 5, 2) AS INTEGER)) END`
  const wholeMs = sql`CAST(strftime('%s', substr(${text}, 1, 19)) AS INTEGER) * 1000`
  const isOne = sql`${isText} AND ${isDay(day)} AND ${isClock} AND ${isZone} AND ${isFraction}`
  return sql`CASE WHEN ${isOne} THEN ${wholeMs} + CAST(substr(${fraction} || '000', 2, 3) AS INTEGER) * (${fraction} <> '') - 60000 * (${minutes}) END`
}

import { lastYear } from '../language/limits.ts'
import { dayOf } from '../time/calendar-day.ts'
import type { Bound, Range } from '../time/ranges.ts'
import { isInRanges } from '../time/ranges.ts'
import { decimalText } from './decimal-text.ts'
import type { Dialect } from './dialect.ts'
import { allOf, always, anyOf, listOf, never, type Sql, sql } from './sql-fragment.ts'

/** Whole numbers, instants or days, and what can be asked of them. */
export interface OrderedColumn {
  isInRanges(ranges: readonly Range[]): Sql
  /** The exact opposite for one range, in the two comparisons that an index is met by. */
  isOutside(range: Range): Sql
}

/** Days, of which the day of the year can be asked as well. */
export interface DayColumn extends OrderedColumn {
  recursOn(monthDays: readonly Range[]): Sql
}

/** Text that is compared exactly, or folded text. */
export interface TextColumn {
  equalsAny(texts: readonly string[]): Sql
  contains(piece: string): Sql
  startsWith(piece: string): Sql
  endsWith(piece: string): Sql
}

/** Truth values. */
export interface TruthColumn {
  is(value: boolean): Sql
}

/** How the bounds of ranges are written beside an expression. */
interface Notation {
  readonly expression: Sql
  /** One whole number; `undefined` where what is written has a finer grain, so that equality is a range. */
  readonly literal: (bound: Bound) => Sql
  /** Very many bounds bound as one, where the database wants that. */
  readonly many?: ((bounds: readonly Bound[]) => Sql) | undefined
  /** The literal of an upper bound stands just above it. */
  readonly isHighExcluded: boolean
  /** What lies outside cannot be stored, and perhaps not be written. */
  readonly storable: Range
}

const longest = 2n ** 63n

/** 64 bits: what databases store, and what sums may reach. */
const wholeNumbers: Range = { low: -longest, high: longest - 1n }

/** A column, or an expression, of whole numbers. */
export function wholeColumn(expression: Sql, dialect: Dialect): OrderedColumn {
  const many = manyOf(dialect, (bound) => String(bound))
  return orderedColumn({ expression, literal: dialect.whole, many, isHighExcluded: false, storable: wholeNumbers })
}

/** More ranges than this, of anniversaries, are not written out beside a long expression. */
const mostWrittenRanges = 20

/** A long expression of whole numbers, such as an instant inside JSON, to be written as seldom as can be. */
export function longExpression(expression: Sql, dialect: Dialect): OrderedColumn {
  const column = wholeColumn(expression, dialect)
  return {
    isInRanges: (ranges) =>
      ranges.length > mostWrittenRanges ? dialect.isInAnyRange(expression, ranges) : column.isInRanges(ranges),
    isOutside: column.isOutside,
  }
}

/** A column of decimals in major units, while ranges are in units of `10^-decimals`. */
export function decimalColumn(expression: Sql, decimals: number, dialect: Dialect): OrderedColumn {
  const literal = (units: Bound) => dialect.decimal(units, decimals)
  const many = manyOf(dialect, (bound) => decimalText(bound, decimals))
  return orderedColumn({ expression, literal, many, isHighExcluded: false, storable: wholeNumbers })
}

function manyOf({ manyNumbers }: Dialect, write: (bound: Bound) => string): Notation['many'] {
  return manyNumbers && ((bounds) => manyNumbers(bounds.map(write)))
}

const lastDay = dayOf(lastYear, 12, 31)!
const days: Range = { low: dayOf(1, 1, 1)!, high: lastDay }
const instants: Range = { low: dayOf(1, 1, 1)! * 86_400_000, high: (lastDay + 1) * 86_400_000 - 1 }

/** A column of instants in text as `toISOString` writes it, or in the database's own type. */
export function instantColumn(expression: Sql, literal: (ms: number) => Sql, isFiner: boolean): OrderedColumn {
  return orderedColumn({
    expression,
    literal: (bound) => literal(Number(bound)),
    isHighExcluded: isFiner,
    storable: instants,
  })
}

/** A column of days in text, or in the database's own type. */
export function dayColumn(expression: Sql, literal: (day: number) => Sql, monthDay: Sql): DayColumn {
  const notation = {
    expression,
    literal: (bound: Bound) => literal(Number(bound)),
    isHighExcluded: false,
    storable: days,
  }
  return {
    ...orderedColumn(notation),
    recursOn: (monthDays) => anyOf(monthDays.map((range) => recursIn(monthDay, range))),
  }
}

function recursIn(monthDay: Sql, { low, high }: Range): Sql {
  const text = (bound: Bound) => `${String(bound).padStart(4, '0').slice(0, 2)}-${String(bound).slice(-2)}`
  if (low === high) return sql`${monthDay} = ${text(low)}`
  return sql`${monthDay} BETWEEN ${text(low)} AND ${text(high)}`
}

function orderedColumn(notation: Notation): OrderedColumn {
  return {
    isInRanges: (ranges) => {
      const points = notation.isHighExcluded ? [] : ranges.filter(({ low, high }) => low === high)
      const others = ranges.filter((range) => !points.includes(range))
      return anyOf([...equalsAny(notation, points), ...others.map((range) => isInRange(notation, range))])
    },
    isOutside: (range) => isOutside(notation, range),
  }
}

function equalsAny({ expression, literal, many, storable }: Notation, points: readonly Range[]): Sql[] {
  const bounds = points.map(({ low }) => low).filter((bound) => isInRanges([storable], bound))
  if (bounds.length === 0) return []
  if (many !== undefined && bounds.length > longestPlainList) return [sql`${expression} IN ${many(bounds)}`]
  const written = bounds.map(literal)
  if (written.length === 1) return [sql`${expression} = ${written[0]!}`]
  return [sql`${expression} IN (${listOf(written)})`]
}

function isInRange({ expression, literal, isHighExcluded, storable }: Notation, { low, high }: Range): Sql {
  if (low > storable.high || high < storable.low) return never
  const parts: Sql[] = []
  if (low > storable.low) parts.push(sql`${expression} >= ${literal(low)}`)
  if (high < storable.high) {
    const isNotAfter = isHighExcluded
      ? sql`${expression} < ${literal(Number(high) + 1)}`
      : sql`${expression} <= ${literal(high)}`
    parts.push(isNotAfter)
  }
  return parts.length === 0 ? always : allOf(parts)
}

function isOutside({ expression, literal, isHighExcluded, storable }: Notation, { low, high }: Range): Sql {
  if (low > storable.high || high < storable.low) return always
  const parts: Sql[] = []
  if (low > storable.low) parts.push(sql`${expression} < ${literal(low)}`)
  if (high < storable.high) {
    const isAfter = isHighExcluded
      ? sql`${expression} >= ${literal(Number(high) + 1)}`
      : sql`${expression} > ${literal(high)}`
    parts.push(isAfter)
  }
  return parts.length === 0 ? never : anyOf(parts)
}

/** How a column of text is compared. */
export interface TextSource {
  readonly expression: Sql
  /** A plain column, which an index may help with. */
  readonly isColumn: boolean
  /** The catalog vouches that comparing the column is exact already. */
  readonly isExact: boolean
}

/** A column, or an expression, of text. */
export function textColumn({ expression, isColumn, isExact }: TextSource, { text }: Dialect): TextColumn {
  // A comparison in the column's own collation is met by an index; where it is too generous the exact one decides.
  const isPlainUseful = isColumn && !text.isExactSargable && !isExact
  const exact = isColumn && isExact ? expression : text.exact(expression)
  const equals = (side: Sql, texts: readonly string[]) => {
    if (texts.length === 1) return sql`${side} = ${texts[0]!}`
    const isMany = text.many !== undefined && texts.length > longestPlainList
    return isMany ? sql`${side} IN ${text.many!(texts)}` : sql`${side} IN (${listOf(texts.map((one) => sql`${one}`))})`
  }
  return {
    equalsAny: (texts) =>
      isPlainUseful ? allOf([equals(expression, texts), equals(exact, texts)]) : equals(exact, texts),
    contains: (piece) => text.contains(expression, piece),
    startsWith: (piece) => text.startsWith(expression, piece),
    endsWith: (piece) => text.endsWith(expression, piece),
  }
}

/** SQLite takes 32,766 bound values, PostgreSQL 65,535, and a rule may hold several lists. */
const longestPlainList = 200

/** A column, or an expression, of truth values. */
export function truthColumn(expression: Sql): TruthColumn {
  return { is: (value) => (value ? sql`${expression} = TRUE` : sql`${expression} = FALSE`) }
}

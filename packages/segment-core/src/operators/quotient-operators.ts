import { decimalOf, floorOf, inUnits } from '../language/decimal.ts'
import type { Operand, PositiveOperator } from '../language/tree.ts'
import type { Dialect } from '../sql/dialect.ts'
import { allOf, anyOf, type Sql, sql } from '../sql/sql-fragment.ts'
import { numbersOf, rowOf } from './operands.ts'

/** Asked of an average: a sum of whole units and how many there are, at least one. The quotient is never rounded. */
export interface AskedQuotient {
  readonly of: 'quotient'
  readonly test: (sum: bigint, count: bigint) => boolean
  readonly sql: (sum: Sql, count: Sql, dialect: Dialect) => Sql
}

/** A number in a rule as an exact fraction of units. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

type Sign = '=' | '>' | '>=' | '<' | '<='

/** One comparison of the quotient with a fraction, in memory and in SQL. */
interface Compared {
  readonly test: (sum: bigint, count: bigint) => boolean
  readonly sql: (sum: Sql, count: Sql, dialect: Dialect) => Sql
}

/** How an operator is made of comparisons. */
const comparisonsOf: Readonly<Partial<Record<PositiveOperator, (values: readonly Fraction[]) => AskedQuotient>>> = {
  '=': ([value]) => anyCompared([compared('=', value!)]),
  in: (values) => anyCompared(values.map((value) => compared('=', value))),
  '>': ([value]) => anyCompared([compared('>', value!)]),
  '>=': ([value]) => anyCompared([compared('>=', value!)]),
  '<': ([value]) => anyCompared([compared('<', value!)]),
  '<=': ([value]) => anyCompared([compared('<=', value!)]),
  between: ([low, high]) => allCompared([compared('>=', low!), compared('<=', high!)]),
}

/** What a number operator asks of an average. */
export function askQuotient(operator: PositiveOperator, operand: Operand, decimals: number): AskedQuotient {
  const values = numbersOf(operand).map((value) => inUnits(decimalOf(value), decimals))
  return rowOf(comparisonsOf, operator)(values)
}

function anyCompared(parts: readonly Compared[]): AskedQuotient {
  return {
    of: 'quotient',
    test: (sum, count) => parts.some((part) => part.test(sum, count)),
    sql: (sum, count, dialect) => anyOf(parts.map((part) => part.sql(sum, count, dialect))),
  }
}

function allCompared(parts: readonly Compared[]): AskedQuotient {
  return {
    of: 'quotient',
    test: (sum, count) => parts.every((part) => part.test(sum, count)),
    sql: (sum, count, dialect) => allOf(parts.map((part) => part.sql(sum, count, dialect))),
  }
}

function compared(sign: Sign, { over, under }: Fraction): Compared {
  return {
    test: (sum, count) => testOf[sign](sum * under, over * count),
    sql: (sum, count, dialect) => compareInSql(sign, { over, under }, sum, count, dialect),
  }
}

const testOf: Readonly<Record<Sign, (one: bigint, other: bigint) => boolean>> = {
  '=': (one, other) => one === other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
}

const signSql: Readonly<Record<Sign, Sql>> = { '=': sql`=`, '>': sql`>`, '>=': sql`>=`, '<': sql`<`, '<=': sql`<=` }

/** So many related records nobody has; fractions with greater denominators cannot be told from their neighbours. */
const mostRecords = 1_000_000_000n

/**
 * `sum / count ⋚ whole + part`, without dividing and without leaving 64 bits. The rest `sum − whole × count` decides by
 * itself unless it lies between nothing and `count`, and then both products below stay under 10^18. A part with a long
 * denominator is replaced by the neighbour among fractions of at most `mostRecords` that compares alike.
 */
function compareInSql(sign: Sign, { over, under }: Fraction, sum: Sql, count: Sql, dialect: Dialect): Sql {
  const whole = floorOf(over, under)
  if (whole > longest || whole < -longest) return beyond(sign, whole)
  const product = sql`${dialect.factor(plain(whole))} * ${count}`
  if (whole * under === over) return sql`${sum} ${signSql[sign]} ${product}`
  const part = { over: over - whole * under, under }
  if (sign === '=' && part.under > mostRecords && reduced(part).under > mostRecords) return sql`1 = 0`
  const isBelow = sign === '<' || sign === '<='
  const near = neighbour(reduced(part), sign)
  const rest = sql`(${sum} - ${product})`
  const outside = isBelow
    ? sql`WHEN ${rest} < 0 THEN 1 WHEN ${rest} > ${count} THEN 0`
    : sql`WHEN ${rest} < 0 THEN 0 WHEN ${rest} > ${count} THEN ${sign === '=' ? sql`0` : sql`1`}`
  const inside = sql`${rest} * ${dialect.factor(plain(near.under))} ${signSql[near.sign]} ${dialect.factor(plain(near.over))} * ${count}`
  return sql`CASE ${outside} WHEN ${inside} THEN 1 ELSE 0 END = 1`
}

const longest = 2n ** 63n - 1n

/** No average of stored numbers reaches so far. */
function beyond(sign: Sign, whole: bigint): Sql {
  const isTrue = whole > 0n ? sign === '<' || sign === '<=' : sign === '>' || sign === '>='
  return isTrue ? sql`1 = 1` : sql`1 = 0`
}

function plain(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function reduced({ over, under }: Fraction): Fraction {
  let [one, other] = [over, under]
  while (other !== 0n) [one, other] = [other, one % other]
  return { over: over / one, under: under / one }
}

/**
 * The fraction with a small denominator that every quotient of at most `mostRecords` compares with as with the given
 * one: the next below or above it on the Farey sequence. Between the two there is no quotient, so the sign becomes
 * strict or not accordingly.
 */
function neighbour(part: Fraction, sign: Sign): Fraction & { readonly sign: Sign } {
  if (part.under <= mostRecords) return { ...part, sign }
  const { below } = fareyNeighbours(part)
  return { ...below, sign: sign === '>' || sign === '>=' ? '>' : '<=' }
}

/** Walks the Stern-Brocot tree in strides, so that fractions near its edge cost few steps. */
function fareyNeighbours({ over, under }: Fraction): { readonly below: Fraction; readonly above: Fraction } {
  let below = { over: 0n, under: 1n }
  let above = { over: 1n, under: 1n }
  while (below.under + above.under <= mostRecords) {
    const isUp = over * (below.under + above.under) > (below.over + above.over) * under
    const [kept, moved] = isUp ? [above, below] : [below, above]
    const distance = (from: Fraction) => over * from.under - from.over * under
    const byValue = -distance(moved) / distance(kept)
    const bySize = (mostRecords - moved.under) / kept.under
    const strides = byValue < bySize ? byValue : bySize
    const next = { over: moved.over + strides * kept.over, under: moved.under + strides * kept.under }
    if (isUp) below = next
    else above = next
    if (strides === 0n) break
  }
  return { below, above }
}

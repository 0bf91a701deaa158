import type { KnownField } from '../language/known-catalog.ts'
import type { Aggregate } from '../language/rule.ts'
import type { Bound } from '../time/ranges.ts'
import { type DataRecord, type MemoryValue, valueReader } from './read-value.ts'

/** A figure over records: a whole number of units, a least or greatest value, or for `avg` what it is the quotient of. */
export type FigureValue = Bound | { readonly sum: bigint; readonly count: bigint }

/** Takes a figure over records; `undefined` when it is missing. */
export type TakeFigure = (records: readonly DataRecord[]) => FigureValue | undefined

/** How a figure is taken. Sums are in whole units, exactly; `min` and `max` in the form in which values are read. */
export function figureTaker(aggregate: Aggregate, field: KnownField | undefined): TakeFigure {
  if (aggregate === 'count' || field === undefined) return (records) => records.length
  const { name } = field
  const read = valueReader(field)
  const valuesOf = (records: readonly DataRecord[]) =>
    records.map((record) => read(record[name])).filter((value) => value !== undefined)
  const decimals = 'decimals' in field.valueType ? field.valueType.decimals : 0
  switch (aggregate) {
    case 'countDistinct':
      return (records) => new Set(valuesOf(records)).size
    case 'sum':
      return (records) => sumOf(valuesOf(records), decimals)
    case 'avg':
      return (records) => {
        const values = valuesOf(records)
        return values.length === 0 ? undefined : { sum: BigInt(sumOf(values, decimals)), count: BigInt(values.length) }
      }
    case 'min':
      return (records) => least(valuesOf(records), (one, other) => one < other)
    case 'max':
      return (records) => least(valuesOf(records), (one, other) => one > other)
  }
}

/** A `number` as long as that is exact. */
function sumOf(values: readonly MemoryValue[], decimals: number): Bound {
  const scale = 10 ** decimals
  let sum: Bound = 0
  for (const value of values) {
    const units = Math.round(Number(value) * scale)
    const next: Bound = typeof sum === 'bigint' ? sum + BigInt(units) : sum + units
    sum = typeof next === 'number' && !Number.isSafeInteger(next) ? BigInt(sum) + BigInt(units) : next
  }
  return typeof sum === 'bigint' && Number.isSafeInteger(Number(sum)) ? Number(sum) : sum
}

function least(values: readonly MemoryValue[], isBefore: (one: number, other: number) => boolean): number | undefined {
  let found: number | undefined
  for (const value of values) {
    if (typeof value === 'number' && (found === undefined || isBefore(value, found))) found = value
  }
  return found
}

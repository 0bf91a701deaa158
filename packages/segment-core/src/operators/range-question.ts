import type { Bound, Range } from '../time/ranges.ts'
import type { AskedOrder } from './question.ts'

/** Whether a whole number lies in one of some ranges, which are merged and in order. */
export function askRanges(ranges: readonly Range[]): AskedOrder {
  return {
    of: 'order',
    ranges,
    test: (decimals) =>
      testRanges(ranges.map(({ low, high }) => ({ low: scaled(low, decimals), high: scaled(high, decimals) }))),
    sql: (column) => column.isInRanges(ranges),
  }
}

/**
 * A bound in major units, as the floating-point number nearest to it. Values in memory are that too, and two decimals
 * of at most 15 digits are in the same order as the numbers nearest to them.
 */
function scaled(bound: Bound, decimals: number): Bound {
  return decimals === 0 ? bound : Number(bound) / 10 ** decimals
}

/** Beyond so many ranges they are searched by halving. */
const fewRanges = 4

/** Whether a value lies in one of the ranges; in the shape that costs least. */
export function testRanges(ranges: readonly Range[]): (value: Bound) => boolean {
  const [first] = ranges
  if (first === undefined) return () => false
  if (ranges.length > fewRanges) return (value) => isInSorted(ranges, value)
  if (ranges.length > 1) return (value) => ranges.some(({ low, high }) => value >= low && value <= high)
  const { low, high } = first
  if (high === Infinity) return (value) => value >= low
  if (low === -Infinity) return (value) => value <= high
  // A number that is safe equals no `bigint`: those are used beyond the safe ones alone.
  if (low === high && typeof low === 'number') return (value) => value === low
  return (value) => value >= low && value <= high
}

function isInSorted(ranges: readonly Range[], value: Bound): boolean {
  let from = 0
  let to = ranges.length - 1
  while (from < to) {
    const middle = (from + to + 1) >> 1
    if (ranges[middle]!.low <= value) from = middle
    else to = middle - 1
  }
  const { low, high } = ranges[from]!
  return value >= low && value <= high
}

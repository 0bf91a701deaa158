/** An end of a range: a whole number, or infinite where the range is open. Beyond 2^53 it is a `bigint`. */
export type Bound = number | bigint

/** All whole numbers from `low` to `high`, both included. */
export interface Range {
  readonly low: Bound
  readonly high: Bound
}

/** Everything. */
export const everything: Range = { low: -Infinity, high: Infinity }

/** The same numbers as few ranges as possible, in order, none of them empty. */
export function mergedRanges(ranges: readonly Range[]): Range[] {
  const sorted = ranges.filter(({ low, high }) => low <= high).sort((one, other) => compare(one.low, other.low))
  const merged: Range[] = []
  for (const range of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && range.low <= next(last.high)) {
      if (range.high > last.high) merged[merged.length - 1] = { low: last.low, high: range.high }
    } else merged.push(range)
  }
  return merged
}

/** Whether one of the ranges holds a number. */
export function isInRanges(ranges: readonly Range[], value: Bound): boolean {
  return ranges.some(({ low, high }) => value >= low && value <= high)
}

function compare(one: Bound, other: Bound): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function next(bound: Bound): Bound {
  return typeof bound === 'bigint' ? bound + 1n : bound + 1
}

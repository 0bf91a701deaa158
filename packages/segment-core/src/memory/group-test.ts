import type { DataRecord } from './read-value.ts'

/** Whether a condition holds for a record. */
export type Test = (record: DataRecord) => boolean

/** All of the tests hold. Written out for few, because a loop over functions costs more than the functions. */
export function everyTest(tests: readonly Test[]): Test {
  const [a, b, c, d, e, f, ...rest] = tests
  if (a === undefined) return () => true
  if (b === undefined) return a
  if (c === undefined) return (record) => a(record) && b(record)
  if (d === undefined) return (record) => a(record) && b(record) && c(record)
  if (e === undefined) return (record) => a(record) && b(record) && c(record) && d(record)
  if (f === undefined) return (record) => a(record) && b(record) && c(record) && d(record) && e(record)
  const others = everyTest(rest)
  return (record) => a(record) && b(record) && c(record) && d(record) && e(record) && f(record) && others(record)
}

/** At least one of the tests holds. */
export function someTest(tests: readonly Test[]): Test {
  const [a, b, c, d, ...rest] = tests
  if (a === undefined) return () => false
  if (b === undefined) return a
  if (c === undefined) return (record) => a(record) || b(record)
  if (d === undefined) return (record) => a(record) || b(record) || c(record)
  const others = someTest(rest)
  return (record) => a(record) || b(record) || c(record) || d(record) || others(record)
}

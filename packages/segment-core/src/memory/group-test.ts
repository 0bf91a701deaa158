import type { DataRecord } from './read-field.ts'

/** Whether a condition holds for a record. */
export type Test = (record: DataRecord) => boolean

/** All of the tests hold. Written out for few, because a loop over functions costs more than the functions. */
export function everyTest(tests: readonly Test[]): Test {
  const [a, b, c, ...rest] = tests
  if (a === undefined) return () => true
  if (b === undefined) return a
  if (c === undefined) return (record) => a(record) && b(record)
  if (rest.length === 0) return (record) => a(record) && b(record) && c(record)
  const others = everyTest(rest)
  return (record) => a(record) && b(record) && c(record) && others(record)
}

/** At least one of the tests holds. */
export function someTest(tests: readonly Test[]): Test {
  const [a, b, c, ...rest] = tests
  if (a === undefined) return () => false
  if (b === undefined) return a
  if (c === undefined) return (record) => a(record) || b(record)
  if (rest.length === 0) return (record) => a(record) || b(record) || c(record)
  const others = someTest(rest)
  return (record) => a(record) || b(record) || c(record) || others(record)
}

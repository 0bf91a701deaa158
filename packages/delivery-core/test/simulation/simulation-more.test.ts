import { describe, expect, it } from 'vitest'
import { halfOfTheSeeds, simulateMany } from './simulate-many.ts'

const { first, count } = halfOfTheSeeds('second')

/** In a file of its own, so that two processors share the seeds. */
describe('the engine in a world where everything fails', () => {
  it(
    `keeps every promise in ${count} seeds from ${first}`,
    async () => {
      expect(await simulateMany(first, count, {}, 5)).toEqual([])
    },
    60_000 + count * 50,
  )
})

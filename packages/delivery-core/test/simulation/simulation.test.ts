import { describe, expect, it } from 'vitest'
import { halfOfTheSeeds, simulateMany } from './simulate-many.ts'

const { first, count } = halfOfTheSeeds('first')

describe('the engine in a world where everything fails', () => {
  it(
    `keeps every promise in ${count} seeds from ${first}`,
    async () => {
      expect(await simulateMany(first, count, {}, 5)).toEqual([])
    },
    60_000 + count * 50,
  )
})

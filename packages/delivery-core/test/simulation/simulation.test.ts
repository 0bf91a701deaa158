import { describe, expect, it } from 'vitest'
import { simulate } from './simulate.ts'
import { simulateMany } from './simulate-many.ts'

/** How many seeds: more behind an environment variable, for the night. */
const seeds = Number(process.env['MUSTER_SIMULATION_SEEDS'] ?? 1_000)

describe('the engine in a world where everything fails', () => {
  it(
    `keeps every promise in ${seeds} seeds`,
    async () => {
      const broken = await simulateMany(1, seeds, {}, 5)
      expect(broken).toEqual([])
    },
    60_000 + seeds * 50,
  )

  it('does the same for the same seed', async () => {
    for (let seed = 1; seed <= 50; seed++) {
      expect(await simulate(seed)).toEqual(await simulate(seed))
    }
  })
})

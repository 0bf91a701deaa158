import { isDeepStrictEqual } from 'node:util'
import type { Mistake } from './mistakes.ts'
import { type Outcome, simulate } from './simulate.ts'

/**
 * Simulates seeds until `enough` of them broke a promise, and answers those. Each happens twice, and must go the same
 * way again: a seed that does not would be of no use to whoever looks for its fault. One after the other, because worlds
 * that go on side by side push each other out of the processor's memory: 64 of them took twice as long.
 */
export async function simulateMany(
  firstSeed: number,
  count: number,
  mistake: Mistake,
  enough: number,
): Promise<readonly Outcome[]> {
  const broken: Outcome[] = []
  for (let seed = firstSeed; seed < firstSeed + count && broken.length < enough; seed++) {
    const outcome = await simulate(seed, mistake)
    const again = await simulate(seed, mistake)
    if (!isDeepStrictEqual(again, outcome)) broken.push({ ...outcome, violation: 'the same seed went another way' })
    else if (outcome.violation !== null) broken.push(outcome)
  }
  return broken
}

/** How many seeds: 4 to 5 ms each, so 40 to 50 seconds of two processors. Other numbers behind an environment variable. */
const seeds = Number(process.env['MUSTER_SIMULATION_SEEDS'] ?? 20_000)

/** Two test files simulate one half each, side by side. */
export function halfOfTheSeeds(half: 'first' | 'second'): { readonly first: number; readonly count: number } {
  const middle = Math.ceil(seeds / 2)
  return half === 'first' ? { first: 1, count: middle } : { first: middle + 1, count: seeds - middle }
}

import type { Mistake } from './mistakes.ts'
import { type Outcome, simulate } from './simulate.ts'

/** Worlds that go on side by side. They share nothing but the turns of the event loop, which is what they wait for. */
const sideBySide = 64

/** Simulates seeds until `enough` of them broke a promise, and answers those, lowest seed first. */
export async function simulateMany(
  firstSeed: number,
  count: number,
  mistake: Mistake,
  enough: number,
): Promise<readonly Outcome[]> {
  const broken: Outcome[] = []
  let next = firstSeed
  const work = async () => {
    while (next < firstSeed + count && broken.length < enough) {
      const outcome = await simulate(next++, mistake)
      if (outcome.violation !== null) broken.push(outcome)
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, work))
  return broken.sort((one, other) => one.seed - other.seed)
}

/** How many seeds: 2 ms each, so 20 to 30 seconds of two processors. Other numbers behind an environment variable. */
const seeds = Number(process.env['MUSTER_SIMULATION_SEEDS'] ?? 20_000)

/** Two test files simulate one half each, side by side. */
export function halfOfTheSeeds(half: 'first' | 'second'): { readonly first: number; readonly count: number } {
  const middle = Math.ceil(seeds / 2)
  return half === 'first' ? { first: 1, count: middle } : { first: middle + 1, count: seeds - middle }
}

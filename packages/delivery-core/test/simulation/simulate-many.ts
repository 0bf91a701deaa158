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

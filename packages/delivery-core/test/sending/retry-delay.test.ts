import fc from 'fast-check'
import { expect, it } from 'vitest'
import { retryDelayMs } from '../../src/sending/retry-delay.ts'

const spread = { retryBaseMs: 1_000, retryCapMs: 60_000 }

it('waits anything from nothing to a ceiling that doubles up to the cap', () => {
  const longest = (failed: number) => retryDelayMs(failed, spread, () => 0.999_999)
  expect([1, 2, 3, 7, 50, 10_000].map(longest)).toEqual([999, 1_999, 3_999, 59_999, 59_999, 59_999])
  expect(retryDelayMs(5, spread, () => 0)).toBe(0)
})

it('never waits longer than the cap nor less than nothing', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: -5, max: 2_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failed, chance) => {
        const delay = retryDelayMs(failed, spread, () => chance)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(spread.retryCapMs)
      },
    ),
  ))

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile, similarityOf } from '../../src/assistant/compare-profiles.ts'

const profile = (spending: number, visits: number, lastVisitAtMs: number | null = null) => ({
  totalSpendingMinor: spending,
  visitCount: visits,
  lastVisitAtMs,
  city: null,
})

describe('similarity', () => {
  it.each([
    ['the same people', [1, 2, 3, 4], [1, 2, 3, 4], 100],
    ['the same distribution, other people', [1, 1, 2, 2], [1, 2], 100],
    ['nothing in common but that nobody came', [1, 2, 3, 4], [100, 200, 300], 33.3],
  ])('%s', (_name, base, other, expected) => {
    const of = (values: readonly number[]) => values.map((value) => profile(value, value))
    expect(similarityOf(of(base), of(other))).toBeCloseTo(expected, 0)
  })

  it('is null where one side is empty', () => {
    expect(similarityOf([], [profile(1, 1)])).toBeNull()
    expect(similarityOf([profile(1, 1)], [])).toBeNull()
  })

  it('lies between 0 and 100, and is 100 for an audience and itself', () => {
    const people = fc.array(
      fc
        .tuple(fc.nat(10_000), fc.nat(20), fc.option(fc.nat(1_000_000), { nil: null }))
        .map(([spending, visits, at]) => profile(spending, visits, at)),
      { minLength: 1, maxLength: 50 },
    )
    fc.assert(
      fc.property(people, people, (base, other) => {
        const alike = similarityOf(base, other) ?? -1
        expect(alike).toBeGreaterThanOrEqual(0)
        expect(alike).toBeLessThanOrEqual(100)
        expect(similarityOf(base, [...base].reverse())).toBe(100)
      }),
    )
  })
})

it.each([
  [[5, 1, 3], 0, 1],
  [[5, 1, 3], 0.5, 3],
  [[5, 1, 3], 1, 5],
  [[null, 7], 0.1, 7],
  [[null], 0.5, null],
  [[], 0.5, null],
] as const)('the quantile of %j at %d is %j', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { majorOf, minorOf, minorOfSum } from '../src/money/minor-units.ts'

describe('amounts', () => {
  it.each([
    [0, 0],
    [-0, 0],
    [0.3, 30],
    [100.1, 10_010],
    [1.005, null],
    [0.1 + 0.2, null],
    [-12.3, -1_230],
    [9_999_999_999_999.99, 999_999_999_999_999],
    [1e21, null],
    [1e-7, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
  ])('%d in minor units is %s', (amount, minor) => {
    expect(minorOf(amount)).toBe(minor)
  })

  it.each([
    [0.1 + 0.2, 30],
    [0.1 + 0.1 + 0.1, 30],
    [1.1 * 3, 330],
    [0.305, null],
    [0.3001, null],
  ])('%d as a browser’s sum is %s', (sum, minor) => {
    expect(minorOfSum(sum)).toBe(minor)
  })

  it('come back as they went', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (minor) => {
        expect(minorOf(majorOf(minor))).toBe(minor)
      }),
    ))

  it('survive a browser that adds up items', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000_00 }), fc.integer({ min: 1, max: 99 })), { maxLength: 50 }),
        (items) => {
          const exact = items.reduce((sum, [cents, quantity]) => sum + cents * quantity, 0)
          const floating = items.reduce((sum, [cents, quantity]) => sum + (cents / 100) * quantity, 0)
          expect(minorOfSum(floating)).toBe(exact)
        },
      ),
    ))
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { treeOf } from '../src/checking/check-rule.ts'
import { nearestNames } from '../src/checking/nearest-names.ts'
import { decimalOf } from '../src/language/decimal.ts'
import { fold, foldsTo } from '../src/language/fold.ts'
import { settle } from '../src/language/settle.ts'
import { factTest, plainTest } from '../src/memory/fact-test.ts'
import { foldedMatcher } from '../src/memory/folded-matcher.ts'
import { asked } from '../src/operators/asked.ts'
import { readDay, readInstant, writeDay } from '../src/time/calendar-day.ts'
import { createClock } from '../src/time/clock.ts'
import { arbitraryPerson } from './support/arbitrary-person.ts'
import { arbitraryRule } from './support/arbitrary-rule.ts'
import { peopleCatalog } from './support/people-catalog.ts'
import { moments, texts, zones } from './support/pools.ts'

describe('fold', () => {
  const text = fc.oneof(
    fc.constantFrom(...texts),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', 'E', 'e', '\u0301', 'K', '\u212a', 'Σ', 'i', 'İ', '\u0307') }),
  )
  it('is NFC in lower case', () => {
    void fc.assert(
      fc.property(text, (one) => {
        expect(fold(one)).toBe(one.normalize('NFC').toLowerCase())
      }),
      { numRuns: 3000 },
    )
  })
  it('is compared without being made', () => {
    void fc.assert(
      fc.property(text, text, (one, other) => {
        expect(foldsTo(one, fold(other))).toBe(fold(one) === fold(other))
        expect(foldsTo(one, fold(one))).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })
  it('is looked for among several', () => {
    void fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), text, (wanted, one) => {
        expect(foldedMatcher(wanted)(one)).toBe(wanted.map(fold).includes(fold(one)))
        for (const each of wanted)
          expect(foldedMatcher(wanted)(each.toUpperCase())).toBe(wanted.map(fold).includes(fold(each.toUpperCase())))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('conditions in one step', () => {
  it('answer as reading and asking apart', () => {
    const questions = fc.tuple(
      arbitraryRule(peopleCatalog, 1),
      fc.constantFrom(...moments),
      fc.constantFrom(...zones),
      fc.boolean(),
    )
    void fc.assert(
      fc.property(
        questions,
        fc.array(arbitraryPerson(true), { minLength: 10, maxLength: 10 }),
        ([rule, now, zone, negated], people) => {
          const leaf = settle(treeOf(rule, peopleCatalog), negated)
          if (leaf.kind !== 'fact') return
          const question = asked(leaf, createClock(now, zone))
          const [quick, plain] = [factTest(leaf, question), plainTest(leaf, question)]
          for (const person of people) expect(quick(person)).toBe(plain(person))
          for (const odd of [
            {},
            { [leaf.field.name]: Number.NaN },
            { [leaf.field.name]: new Date(Number.NaN) },
            { [leaf.field.name]: '' },
            { [leaf.field.name]: [] },
          ]) {
            expect(quick(odd)).toBe(plain(odd))
          }
        },
      ),
      { numRuns: 1500 },
    )
  })
})

describe('instants', () => {
  const date = fc.date({
    min: new Date('1000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  it('are read as they are written', () => {
    void fc.assert(
      fc.property(date, (one) => {
        expect(readInstant(one.toISOString(), 3)).toBe(one.getTime())
      }),
      { numRuns: 3000 },
    )
  })
  it.each([
    '2026-02-30T00:00:00.000Z',
    '2026-02-29T00:00:00.000Z',
    '2100-02-29T00:00:00.000Z',
    '2026-04-31T00:00:00.000Z',
    '2026-01-31T24:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-01-01 00:00:00.000Z',
    '2026-01-0aT00:00:00.000Z',
    '+02026-01-01T00:00:00.00Z',
  ])('%s is none', (text) => {
    expect(readInstant(text, 3)).toBeUndefined()
  })
  it('days are read as they are written', () => {
    void fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
        expect(readDay(writeDay(day))).toBe(day)
      }),
    )
  })
})

describe('decimals', () => {
  it.each([
    [0, 0n, 0, 0],
    [30, 3n, -1, 1],
    [-1.5, -15n, 1, 2],
    [1e-7, 1n, 7, 1],
    [1.25e21, 125n, -19, 3],
    [0.1, 1n, 1, 1],
    [123456789012345, 123456789012345n, 0, 15],
  ])('%s', (value, digits, decimals, significantDigits) => {
    expect(decimalOf(value)).toEqual({ digits, decimals, significantDigits })
  })
})

describe('nearest names', () => {
  it.each([
    ['vists', ['visits']],
    ['totalspending', ['totalSpending']],
    ['spend', ['totalSpending']],
    ['xyz', []],
    ['ctiy', ['city']],
  ])('of %s', (given, expected) => {
    expect(nearestNames(given, ['visits', 'city', 'totalSpending', 'lastVisit'])).toEqual(expected)
  })
})

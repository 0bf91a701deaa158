import { compilePredicate } from '@muster/segment-core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRule } from '../../../segment-core/test/support/arbitrary-rule.ts'
import { not } from '../../src/composing/rules.ts'
import { gym } from '../support/gym.ts'

const members = fc.record(
  {
    name: fc.constantFrom('Ada', 'Bo'),
    town: fc.constantFrom('Potsdam', 'Berlin'),
    plan: fc.constantFrom('BASIC', 'PREMIUM'),
    goals: fc.subarray(['marathon', 'weight-loss']),
    isFrozen: fc.boolean(),
    lockers: fc.nat(3),
    checkIns: fc.nat(5),
    lastCheckIn: fc.constantFrom('2026-03-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    startedAt: fc.constantFrom('2026-03-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    feesPaid: fc.nat(500),
    birthday: fc.constantFrom('1990-03-16', '1980-12-31'),
    payments: fc.array(fc.record({ amount: fc.nat(500), paidAt: fc.constant('2026-03-01T00:00:00Z') }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['name', 'checkIns', 'startedAt', 'feesPaid'] },
)

describe('not', () => {
  it('holds exactly where the rule does not', () => {
    const options = { catalog: gym, now: Date.parse('2026-03-15T09:30:00Z') }
    void fc.assert(
      fc.property(arbitraryRule(gym, 3), members, (rule, member) => {
        const holds = compilePredicate(rule, options)(member)
        expect(compilePredicate(not(rule, gym.entities['members']!), options)(member)).toBe(!holds)
      }),
      { numRuns: 2000 },
    )
  })
})

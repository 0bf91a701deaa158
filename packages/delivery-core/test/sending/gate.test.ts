import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../src/message/vendor-answer.ts'
import { createBreaker } from '../../src/sending/breaker.ts'
import { createGate } from '../../src/sending/gate.ts'
import { createRetryBudget } from '../../src/sending/retry-budget.ts'
import { createManualClock } from '../../src/testing/manual-clock.ts'

const verdict = (extra: Partial<Verdict>): Verdict => ({
  result: 'notsent',
  code: null,
  reason: '',
  vendorMessageId: null,
  waitMs: null,
  pause: null,
  ...extra,
})
const unreachable = verdict({ code: 'VENDOR_UNREACHABLE' })
const fine = verdict({ result: 'accepted' })

describe('the gate', () => {
  it('keeps everybody out for as long as the vendor asks, of this account only', async () => {
    const clock = createManualClock()
    const gate = createGate(clock)
    gate.hear('a', verdict({ code: 'VENDOR_THROTTLED', waitMs: 5_000 }))
    gate.hear('a', verdict({ code: 'VENDOR_THROTTLED', waitMs: 1_000 }))
    expect(gate.enter('a')).toBe(5_000)
    expect(gate.isClosed('a')).toBe(true)
    expect(gate.enter('b')).toBeNull()
    await clock.advance(5_000)
    expect(gate.enter('a')).toBeNull()
  })

  it('lets one at a time try a vendor that seems to be down, less and less often', async () => {
    const clock = createManualClock()
    const gate = createGate(clock)
    for (let failure = 0; failure < 3; failure++) gate.hear('a', unreachable)
    const waits: number[] = []
    for (let probe = 0; probe < 8; probe++) {
      const waitMs = gate.enter('a')!
      waits.push(waitMs)
      await clock.advance(waitMs)
      expect(gate.enter('a')).toBeNull()
      expect(gate.enter('a')).toBe(1_000)
      gate.hear('a', unreachable)
      gate.leave('a')
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
    await clock.advance(60_000)
    gate.enter('a')
    gate.hear('a', fine)
    gate.leave('a')
    expect([gate.enter('a'), gate.enter('a')]).toEqual([null, null])
  })
})

describe('the breaker', () => {
  it('stops a run when half of its last messages failed, and counts each run for itself', () => {
    const breaker = createBreaker({ least: 4, failedShare: 0.5 })
    const note = (runId: string, ...outcomes: boolean[]) => outcomes.map((hasFailed) => breaker.note(runId, hasFailed))
    expect(note('a', true, false, false)).toEqual([false, false, false])
    expect(note('b', true, true, false, false)).toEqual([false, false, false, true])
    expect(note('a', false)).toEqual([false])
    expect(note('a', true, true, true, true)).toEqual([false, false, false, true])
  })
})

describe('the retry budget', () => {
  it('allows a fifth of the traffic, what was saved, and a little for the last ones', async () => {
    const clock = createManualClock()
    const budget = createRetryBudget({ perFirstAttempt: 0.2, perSecond: 1, most: 2 }, clock)
    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false])
    for (let first = 0; first < 5; first++) budget.earn()
    expect([budget.spend(), budget.spend()]).toEqual([true, false])
    await clock.advance(1_000)
    expect([budget.spend(), budget.spend()]).toEqual([true, false])
    await clock.advance(3_600_000)
    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false])
  })
})

import { describe, expect, it } from 'vitest'
import { decideIntent, type IntentSituation } from '../../src/message/decide-intent.ts'
import { defaultPolicy } from '../../src/message/policy.ts'

const fine: IntentSituation = {
  message: { dispatch: 'LEASED', token: 3, dueAtMs: 2_000, attempts: 0, failureCode: null },
  token: 3,
  epoch: 1,
  run: { state: 'RUNNING', epoch: 1 },
  firstReachedAtMs: null,
  objection: null,
  windowClosesAtMs: null,
  isCapReached: false,
  quietUntilMs: null,
  closedUntilMs: null,
  nowMs: 1_000,
}

const doubtful = {
  ...fine,
  message: { ...fine.message, dispatch: 'IN_DOUBT' as const, attempts: 1 },
  firstReachedAtMs: 500,
}
const dayMs = 24 * 3_600_000

describe('whether a request may be made', () => {
  const table: readonly [string, IntentSituation, object][] = [
    ['all is well', fine, { kind: 'permitted' }],
    ['a doubtful message, same key', doubtful, { kind: 'permitted' }],
    ['another worker claimed since', { ...fine, token: 2 }, { kind: 'stale' }],
    ['the lease has lapsed', { ...fine, nowMs: 2_000 }, { kind: 'stale' }],
    ['no longer claimed', { ...fine, message: { ...fine.message, dispatch: 'CANCELLED' } }, { kind: 'stale' }],
    ['the run is paused', { ...fine, run: { state: 'PAUSED', epoch: 2 } }, { kind: 'released', dueAtMs: 1_000 }],
    ['paused and resumed since the claim', { ...fine, run: { state: 'RUNNING', epoch: 3 } }, { kind: 'released' }],
    ['the person opted out', { ...fine, objection: 'OPTED_OUT' }, { kind: 'suppressed', code: 'OPTED_OUT' }],
    [
      'doubtful, and the person opted out',
      { ...doubtful, objection: 'OPTED_OUT' },
      { kind: 'released', dueAtMs: 500 + defaultPolicy.doubtDeadlineMs },
    ],
    [
      'the vendor forgot the key',
      { ...doubtful, nowMs: 1_500, firstReachedAtMs: 1_500 - dayMs },
      { kind: 'key-expired' },
    ],
    ['the vendor wants to be left alone', { ...fine, closedUntilMs: 1_500 }, { kind: 'released', dueAtMs: 1_500 }],
    ['the window is still open', { ...fine, windowClosesAtMs: 1_001 }, { kind: 'permitted' }],
    ['the window has closed', { ...fine, windowClosesAtMs: 1_000 }, { kind: 'expired' }],
    [
      'doubtful, and the window has closed',
      { ...doubtful, windowClosesAtMs: 1_000 },
      { kind: 'released', dueAtMs: 500 + defaultPolicy.doubtDeadlineMs },
    ],
    [
      'the person had enough messages lately',
      { ...fine, isCapReached: true },
      { kind: 'suppressed', code: 'FREQUENCY_CAP' },
    ],
    ['doubtful, and the person had enough messages', { ...doubtful, isCapReached: true }, { kind: 'permitted' }],
    ['quiet hours', { ...fine, quietUntilMs: 9_000 }, { kind: 'released', dueAtMs: 9_000 }],
    [
      'quiet hours, and a vendor that wants to be left alone for longer',
      { ...fine, quietUntilMs: 9_000, closedUntilMs: 10_000 },
      { kind: 'released', dueAtMs: 10_000 },
    ],
    [
      'doubtful, and quiet hours beyond its deadline',
      { ...doubtful, quietUntilMs: 99 * dayMs },
      { kind: 'released', dueAtMs: 500 + defaultPolicy.doubtDeadlineMs },
    ],
    ['opted out during quiet hours', { ...fine, quietUntilMs: 9_000, objection: 'OPTED_OUT' }, { kind: 'suppressed' }],
    ['the vendor wanted to be left alone', { ...fine, closedUntilMs: 1_000 }, { kind: 'permitted' }],
  ]
  for (const [name, situation, expected] of table) {
    it(name, () => expect(decideIntent(situation, defaultPolicy)).toMatchObject(expected))
  }

  it('knows no key age for a vendor without keys', () => {
    const without = { ...defaultPolicy, keyTtlMs: 0 }
    expect(decideIntent({ ...doubtful, nowMs: 1_500, firstReachedAtMs: 1_500 - dayMs }, without)).toEqual({
      kind: 'permitted',
    })
  })
})

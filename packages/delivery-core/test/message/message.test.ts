import { describe, expect, it } from 'vitest'
import { type DispatchState, dispatchStates, isTerminal, legalEdges } from '../../src/message/dispatch-state.ts'
import { IllegalTransitionError } from '../../src/message/errors.ts'
import { advance, type DispatchEvent, type Standing } from '../../src/message/message.ts'

const bounds = { maxAttempts: 3, maxThrottles: 2, isRunCancelled: false }

function attempted(
  ...results: readonly ('open' | 'accepted' | 'rejected' | 'throttled' | 'notsent' | 'doubt')[]
): DispatchEvent {
  return {
    kind: 'attempted',
    attempts: results.map((result, index) => ({ number: index + 1, result })),
    bounds,
    code: 'VENDOR_UNAVAILABLE',
    retryAtMs: 500,
    doubtAtMs: 700,
    horizonAtMs: 900,
  }
}

const events: Readonly<Record<string, DispatchEvent>> = {
  claimed: { kind: 'claimed', leaseUntilMs: 100 },
  permitted: { kind: 'permitted', leaseUntilMs: 100 },
  released: { kind: 'released', dueAtMs: 50 },
  unrenderable: { kind: 'unrenderable' },
  suppressed: { kind: 'suppressed', code: 'OPTED_OUT' },
  expired: { kind: 'expired' },
  cancelled: { kind: 'cancelled' },
  'key-expired': { kind: 'key-expired' },
  'doubt-overdue': { kind: 'doubt-overdue' },
  'heard accepted': attempted('accepted'),
  'heard rejected': attempted('rejected'),
  'heard notsent': attempted('notsent'),
  'heard doubt': attempted('doubt'),
  proven: { kind: 'proven', horizonAtMs: 900 },
}

/** For every state and every event: the next state, or `-` where the step is illegal and must throw. */
const table: Readonly<Record<DispatchState, readonly string[]>> = {
  //             claimed   permitted released     unrender       suppressed    expired    cancelled    key-expired   overdue        accepted   rejected    notsent       doubt       proven
  PENDING: [
    'LEASED',
    '-',
    '-',
    '-',
    'SUPPRESSED',
    'EXPIRED',
    'CANCELLED',
    '-',
    '-',
    'PENDING',
    '-',
    '-',
    '-',
    'PENDING',
  ],
  LEASED: [
    '-',
    'SENDING',
    'RETRY_WAIT',
    '-',
    'SUPPRESSED',
    'EXPIRED',
    'CANCELLED',
    'EXHAUSTED',
    '-',
    'ACCEPTED',
    'LEASED',
    'LEASED',
    'LEASED',
    'ACCEPTED',
  ],
  SENDING: ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'ACCEPTED', 'REJECTED', 'RETRY_WAIT', 'IN_DOUBT', 'ACCEPTED'],
  RETRY_WAIT: [
    'LEASED',
    '-',
    '-',
    '-',
    'SUPPRESSED',
    'EXPIRED',
    'CANCELLED',
    'EXHAUSTED',
    '-',
    'ACCEPTED',
    '-',
    'RETRY_WAIT',
    '-',
    'ACCEPTED',
  ],
  IN_DOUBT: [
    'IN_DOUBT',
    'SENDING',
    'IN_DOUBT',
    '-',
    '-',
    '-',
    '-',
    'UNCONFIRMED',
    'UNCONFIRMED',
    'ACCEPTED',
    'REJECTED',
    'RETRY_WAIT',
    'IN_DOUBT',
    'ACCEPTED',
  ],
  ACCEPTED: ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED'],
  REJECTED: ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'ACCEPTED', 'REJECTED', 'REJECTED', 'REJECTED', 'ACCEPTED'],
  EXHAUSTED: [
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'ACCEPTED',
    'EXHAUSTED',
    'EXHAUSTED',
    'EXHAUSTED',
    'ACCEPTED',
  ],
  UNCONFIRMED: [
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'ACCEPTED',
    'UNCONFIRMED',
    'UNCONFIRMED',
    'UNCONFIRMED',
    'ACCEPTED',
  ],
  RENDER_FAILED: [
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'RENDER_FAILED',
    'RENDER_FAILED',
    'RENDER_FAILED',
    'RENDER_FAILED',
    'RENDER_FAILED',
  ],
  SUPPRESSED: [
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'ACCEPTED',
    'SUPPRESSED',
    'SUPPRESSED',
    'SUPPRESSED',
    'ACCEPTED',
  ],
  CANCELLED: [
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    '-',
    'ACCEPTED',
    'CANCELLED',
    'CANCELLED',
    'CANCELLED',
    'ACCEPTED',
  ],
  EXPIRED: ['-', '-', '-', '-', '-', '-', '-', '-', '-', 'ACCEPTED', 'EXPIRED', 'EXPIRED', 'EXPIRED', 'ACCEPTED'],
}

/** A message in this state, with the attempts that the state implies. */
function standing(dispatch: DispatchState): Standing {
  const attempts = dispatch === 'PENDING' || dispatch === 'RENDER_FAILED' ? 0 : 1
  return { dispatch, token: 7, dueAtMs: isTerminal(dispatch) ? null : 10, attempts, failureCode: null }
}

describe('every state meets every event', () => {
  for (const state of dispatchStates) {
    Object.entries(events).forEach(([name, event], index) => {
      const expected = table[state][index]!
      it(`${state}, ${name}: ${expected === '-' ? 'illegal' : expected}`, () => {
        if (expected === '-') expect(() => advance(standing(state), event)).toThrow(IllegalTransitionError)
        else expect(advance(standing(state), event).dispatch).toBe(expected)
      })
    })
  }

  it('takes only steps of the table of edges', () => {
    for (const state of dispatchStates) {
      for (const next of table[state]) {
        if (next !== '-' && next !== state) expect(legalEdges[state]).toContain(next)
      }
    }
  })
})

describe('a message', () => {
  it('gets a new token with every claim, so that an earlier worker is fenced off', () => {
    expect(advance(standing('PENDING'), events['claimed']!).token).toBe(8)
    expect(advance(standing('IN_DOUBT'), events['claimed']!).token).toBe(8)
  })

  it('goes back to PENDING when it was never attempted', () => {
    expect(advance({ ...standing('LEASED'), attempts: 0 }, events['released']!).dispatch).toBe('PENDING')
  })

  it('fails to render only before its first attempt', () => {
    expect(advance({ ...standing('LEASED'), attempts: 0 }, events['unrenderable']!)).toMatchObject({
      dispatch: 'RENDER_FAILED',
      dueAtMs: null,
      failureCode: 'TEMPLATE_FAILED',
    })
  })

  it('is not proven by a receipt when nothing was ever sent', () => {
    const untouched = { ...standing('LEASED'), attempts: 0 }
    expect(advance(untouched, events['proven']!)).toBe(untouched)
  })

  it('keeps sending while one attempt is open, whatever the others say', () => {
    expect(advance(standing('SENDING'), attempted('doubt', 'open')).dispatch).toBe('SENDING')
  })

  it('stays in doubt as long as one attempt is doubtful, though the last was refused', () => {
    expect(advance(standing('SENDING'), attempted('doubt', 'rejected')).dispatch).toBe('IN_DOUBT')
  })

  it('is given up when the attempts are used up, throttled ones not counted', () => {
    expect(advance(standing('SENDING'), attempted('notsent', 'notsent', 'throttled')).dispatch).toBe('RETRY_WAIT')
    expect(advance(standing('SENDING'), attempted('notsent', 'notsent', 'notsent')).dispatch).toBe('EXHAUSTED')
    expect(advance(standing('SENDING'), attempted('throttled', 'throttled')).dispatch).toBe('EXHAUSTED')
  })

  it('is called off after a certain failure when the run was cancelled meanwhile', () => {
    const event = attempted('notsent')
    if (event.kind !== 'attempted') throw new Error('unreachable')
    const cancelled = { ...event, bounds: { ...bounds, isRunCancelled: true } }
    expect(advance(standing('SENDING'), cancelled)).toMatchObject({ dispatch: 'CANCELLED', failureCode: 'CANCELLED' })
  })

  it('fault 33: waits for its retry, its doubt or its receipt at the instants it was given', () => {
    expect(advance(standing('SENDING'), attempted('notsent')).dueAtMs).toBe(500)
    expect(advance(standing('SENDING'), attempted('doubt')).dueAtMs).toBe(700)
    expect(advance(standing('SENDING'), attempted('accepted')).dueAtMs).toBe(900)
  })
})

import { describe, expect, it } from 'vitest'
import { classifyAnswer } from '../../src/message/classify-answer.ts'
import { longestWaitMs, readRetryAfter } from '../../src/message/retry-after.ts'
import type { VendorAnswer } from '../../src/message/vendor-answer.ts'

const nowMs = Date.UTC(2026, 0, 1)
const habits = { definiteStatuses: [] as number[], maxThrottleWaitMs: 3_600_000 }

function answered(status: number, extra: Partial<Extract<VendorAnswer, { kind: 'response' }>> = {}): VendorAnswer {
  return { kind: 'response', status, retryAfter: null, vendorMessageId: null, isRefusal: false, detail: '', ...extra }
}

describe('what an answer means', () => {
  const table: readonly [string, VendorAnswer, object][] = [
    [
      '200 with an id',
      answered(200, { vendorMessageId: 'v1' }),
      { result: 'accepted', vendorMessageId: 'v1', pause: null },
    ],
    ['202 without an id', answered(202), { result: 'accepted', vendorMessageId: null }],
    ['200 that says no', answered(200, { isRefusal: true }), { result: 'rejected', code: 'VENDOR_REFUSED' }],
    [
      '400',
      answered(400, { detail: 'bad address' }),
      { result: 'rejected', reason: 'The vendor answered 400: bad address' },
    ],
    ['404', answered(404), { result: 'rejected' }],
    ['401', answered(401), { result: 'throttled', code: 'VENDOR_AUTH', pause: 'vendor_auth' }],
    ['402', answered(402), { result: 'throttled', pause: 'vendor_auth' }],
    ['403', answered(403), { result: 'throttled', pause: 'vendor_auth' }],
    ['408', answered(408), { result: 'doubt' }],
    ['409', answered(409), { result: 'doubt', code: 'ANSWER_LOST' }],
    ['422', answered(422), { result: 'doubt', code: 'VENDOR_KEY_MISMATCH', pause: 'key_mismatch' }],
    ['429 in 2 s', answered(429, { retryAfter: '2' }), { result: 'throttled', waitMs: 2_000, pause: null }],
    ['429 without a time', answered(429), { result: 'throttled', waitMs: 5_000 }],
    ['429 in 2 h', answered(429, { retryAfter: '7200' }), { result: 'throttled', pause: 'vendor_throttled' }],
    ['503 in 1 s', answered(503, { retryAfter: '1' }), { result: 'notsent', waitMs: 1_000 }],
    ['503', answered(503), { result: 'doubt' }],
    ['500', answered(500), { result: 'doubt', code: 'VENDOR_UNAVAILABLE' }],
    ['504', answered(504), { result: 'doubt' }],
    ['302', answered(302), { result: 'doubt' }],
    ['refused', { kind: 'not-reached', detail: 'refused' }, { result: 'notsent', code: 'VENDOR_UNREACHABLE' }],
    ['timeout', { kind: 'lost', detail: 'timeout' }, { result: 'doubt', code: 'ANSWER_LOST' }],
  ]
  for (const [name, answer, expected] of table) {
    it(name, () => expect(classifyAnswer(answer, habits, nowMs)).toMatchObject(expected))
  }

  it('believes a vendor that promises not to have taken the message with a 500', () => {
    expect(classifyAnswer(answered(500), { ...habits, definiteStatuses: [500] }, nowMs).result).toBe('notsent')
  })
})

describe('Retry-After', () => {
  const table: readonly [string | null, number | null][] = [
    [null, null],
    ['', null],
    ['3', 3_000],
    [' 0 ', 0],
    ['1.5', 1_500],
    ['-5', null],
    ['99999999999', longestWaitMs],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', null],
    ['1e400', null],
  ]
  for (const [header, expected] of table) {
    it(`${JSON.stringify(header)} is ${expected}`, () => expect(readRetryAfter(header, nowMs)).toBe(expected))
  }
})

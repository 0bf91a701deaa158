import { readRetryAfter, unstatedWaitMs } from './retry-after.ts'
import type { FailureCode, PauseReason, VendorAnswer, Verdict } from './vendor-answer.ts'

/** What differs from vendor to vendor. */
export interface VendorHabits {
  /** Statuses with which this vendor promises not to have taken the message, though they are commonly doubtful. */
  readonly definiteStatuses: readonly number[]
  /** A vendor that asks for a longer wait than this has its runs paused instead. */
  readonly maxThrottleWaitMs: number
}

/**
 * Says what an answer means. Total: every answer means something, and what is not known to mean "no" is a doubt,
 * because taking a doubt for a "no" sends twice.
 */
export function classifyAnswer(answer: VendorAnswer, habits: VendorHabits, nowMs: number): Verdict {
  switch (answer.kind) {
    case 'not-reached':
      return verdict('notsent', 'VENDOR_UNREACHABLE', `The vendor could not be reached: ${answer.detail}`)
    case 'lost':
      return verdict('doubt', 'ANSWER_LOST', `The vendor's answer was lost: ${answer.detail}`)
    case 'response':
      return classifyResponse(answer, habits, nowMs)
  }
}

type Response = Extract<VendorAnswer, { kind: 'response' }>

function classifyResponse(answer: Response, habits: VendorHabits, nowMs: number): Verdict {
  const { status } = answer
  const said =
    answer.detail === '' ? `The vendor answered ${status}` : `The vendor answered ${status}: ${answer.detail}`
  if (status >= 200 && status < 300) {
    if (answer.isRefusal) return verdict('rejected', 'VENDOR_REFUSED', said)
    return {
      result: 'accepted',
      code: null,
      reason: '',
      vendorMessageId: answer.vendorMessageId,
      waitMs: null,
      pause: null,
    }
  }
  if (status === 429) return throttled(answer, habits, nowMs, said)
  if (status === 503 && readRetryAfter(answer.retryAfter, nowMs) !== null) return unavailable(answer, nowMs, said)
  if (status === 401 || status === 402 || status === 403)
    return verdict('throttled', 'VENDOR_AUTH', said, 'vendor_auth')
  if (status === 409 || status === 408) return verdict('doubt', 'ANSWER_LOST', said)
  // The key was used with another text: a fault of ours. A fresh key would send twice, so the run stops.
  if (status === 422) return verdict('doubt', 'VENDOR_KEY_MISMATCH', said, 'key_mismatch')
  if (status >= 400 && status < 500) return verdict('rejected', 'VENDOR_REFUSED', said)
  if (habits.definiteStatuses.includes(status)) return verdict('notsent', 'VENDOR_UNAVAILABLE', said)
  return verdict('doubt', 'VENDOR_UNAVAILABLE', said)
}

function throttled(answer: Response, habits: VendorHabits, nowMs: number, said: string): Verdict {
  const waitMs = readRetryAfter(answer.retryAfter, nowMs) ?? unstatedWaitMs
  const pause = waitMs > habits.maxThrottleWaitMs ? 'vendor_throttled' : null
  return { ...verdict('throttled', 'VENDOR_THROTTLED', said, pause), waitMs }
}

function unavailable(answer: Response, nowMs: number, said: string): Verdict {
  return { ...verdict('notsent', 'VENDOR_UNAVAILABLE', said), waitMs: readRetryAfter(answer.retryAfter, nowMs) }
}

function verdict(
  result: Verdict['result'],
  code: FailureCode,
  reason: string,
  pause: PauseReason | null = null,
): Verdict {
  return { result, code, reason, vendorMessageId: null, waitMs: null, pause }
}

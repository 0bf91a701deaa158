import type { Attempt } from './attempt.ts'
import { isBudgetSpent } from './decide-dispatch.ts'
import { advance, type Standing } from './message.ts'
import { type DeliveryPolicy, doubtDeadline, mayResend } from './policy.ts'
import type { FailureCode } from './vendor-answer.ts'

/** An attempt, and when its intent was committed. */
export interface KnownAttempt extends Attempt {
  readonly startedAtMs: number
}

/** Under which circumstances something was learned. */
export interface Learning {
  readonly nowMs: number
  readonly isRunCancelled: boolean
  readonly retryInMs: number
  /** What went wrong; null when nothing did. */
  readonly code: FailureCode | null
}

/** The next standing of a message, now that this is known of its attempts. Facts may come in any order, and twice. */
export function afterAttempts(
  message: Standing,
  attempts: readonly KnownAttempt[],
  learning: Learning,
  policy: DeliveryPolicy,
): Standing {
  const { nowMs, isRunCancelled, retryInMs, code } = learning
  const bounds = { maxAttempts: policy.maxAttempts, maxThrottles: policy.maxThrottles, isRunCancelled }
  const deadlineMs = doubtDeadline(firstReachedAtMs(attempts) ?? nowMs, policy)
  const retryAtMs = nowMs + retryInMs
  const isResent = mayResend(policy) && !isRunCancelled && !isBudgetSpent(attempts, bounds)
  return advance(message, {
    kind: 'attempted',
    attempts,
    bounds,
    code,
    retryAtMs,
    doubtAtMs: isResent ? Math.min(retryAtMs, deadlineMs) : deadlineMs,
    horizonAtMs: nowMs + policy.receiptHorizonMs,
  })
}

/** When a request of this message may first have reached the vendor, and so begun the life of its key; null if none may have. */
export function firstReachedAtMs(attempts: readonly KnownAttempt[]): number | null {
  const reached = attempts
    .filter(({ result }) => result !== 'notsent' && result !== 'withheld')
    .map(({ startedAtMs }) => startedAtMs)
  return reached.length === 0 ? null : Math.min(...reached)
}

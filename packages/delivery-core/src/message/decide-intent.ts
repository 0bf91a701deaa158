import type { Standing } from './message.ts'
import { type DeliveryPolicy, doubtDeadline } from './policy.ts'
import type { RunState } from './run-state.ts'
import type { FailureCode } from './vendor-answer.ts'

/** What a store knows, inside the transaction, when a worker asks to send. */
export interface IntentSituation {
  readonly message: Standing
  /** The token and epoch under which the worker claimed. */
  readonly token: number
  readonly epoch: number
  readonly run: { readonly state: RunState; readonly epoch: number }
  /** When the first request that may have reached the vendor was made; null when none was. */
  readonly firstReachedAtMs: number | null
  /** Why this person must not be written to; null when nothing speaks against it. */
  readonly objection: FailureCode | null
  /** Until when the vendor wants to be left alone; null when it does not. */
  readonly closedUntilMs: number | null
  readonly nowMs: number
}

/** `stale`: the claim is no longer this worker's, and nothing is changed. All others end the claim. */
export type IntentDecision =
  | { readonly kind: 'permitted' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'released'; readonly dueAtMs: number }
  | { readonly kind: 'suppressed'; readonly code: FailureCode }
  | { readonly kind: 'key-expired' }

/**
 * Whether a request may be made now. Everything that can forbid it is asked here, in the transaction that permits the
 * call, and nowhere else: asking earlier would leave a gap in which a pause, an opt-out or a second worker is missed.
 */
export function decideIntent(situation: IntentSituation, policy: DeliveryPolicy): IntentDecision {
  const { message, nowMs } = situation
  const isClaimed = message.dispatch === 'LEASED' || message.dispatch === 'IN_DOUBT'
  if (!isClaimed || message.token !== situation.token) return { kind: 'stale' }
  if (message.dueAtMs === null || message.dueAtMs <= nowMs) return { kind: 'stale' }
  if (situation.run.state !== 'RUNNING' || situation.run.epoch !== situation.epoch)
    return { kind: 'released', dueAtMs: nowMs }
  const isDoubtful = message.dispatch === 'IN_DOUBT'
  // A doubtful message to someone who has since opted out is not resent, and stays what it is: in doubt.
  if (situation.objection !== null) {
    return isDoubtful
      ? { kind: 'released', dueAtMs: doubtDeadline(situation.firstReachedAtMs ?? nowMs, policy) }
      : { kind: 'suppressed', code: situation.objection }
  }
  if (isKeyTooOld(situation.firstReachedAtMs, policy, nowMs)) return { kind: 'key-expired' }
  if (situation.closedUntilMs !== null && situation.closedUntilMs > nowMs) {
    return { kind: 'released', dueAtMs: situation.closedUntilMs }
  }
  return { kind: 'permitted' }
}

/** Whether the vendor may already have forgotten the key of the first request. Always false for a vendor without keys. */
export function isKeyTooOld(firstReachedAtMs: number | null, policy: DeliveryPolicy, nowMs: number): boolean {
  if (firstReachedAtMs === null || policy.keyTtlMs === 0) return false
  return nowMs - firstReachedAtMs >= policy.keyTtlMs - policy.keyMarginMs
}

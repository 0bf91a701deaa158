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
  /** When the time in which it makes sense to send is over; null when it never is. */
  readonly windowClosesAtMs: number | null
  /** Whether this person has had as many messages lately as anyone is to get. */
  readonly isCapReached: boolean
  /** Until when nobody here wants to be disturbed; null when now is a good time. */
  readonly quietUntilMs: number | null
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
  | { readonly kind: 'expired' }
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
  const hindrance = hindranceOf(situation)
  if (hindrance !== null) {
    // A doubtful message that must not be sent again is still in doubt: somebody may have got it.
    return message.dispatch === 'IN_DOUBT' ? { kind: 'released', dueAtMs: deadlineOf(situation, policy) } : hindrance
  }
  if (isKeyTooOld(situation.firstReachedAtMs, policy, nowMs)) return { kind: 'key-expired' }
  const waitUntilMs = Math.max(situation.closedUntilMs ?? 0, quietUntilMs(situation, policy) ?? 0)
  return waitUntilMs > nowMs ? { kind: 'released', dueAtMs: waitUntilMs } : { kind: 'permitted' }
}

/** What forbids this message for good. The cap is no reason to leave a doubtful message alone: it counts already. */
function hindranceOf(situation: IntentSituation): IntentDecision | null {
  const { windowClosesAtMs, objection, isCapReached, message, nowMs } = situation
  if (windowClosesAtMs !== null && windowClosesAtMs <= nowMs) return { kind: 'expired' }
  if (objection !== null) return { kind: 'suppressed', code: objection }
  if (isCapReached && message.dispatch !== 'IN_DOUBT') return { kind: 'suppressed', code: 'FREQUENCY_CAP' }
  return null
}

/** Quiet hours defer and never end anything; a doubt does not outlive its deadline because of them. */
function quietUntilMs(situation: IntentSituation, policy: DeliveryPolicy): number | null {
  const { quietUntilMs, message } = situation
  if (quietUntilMs === null || message.dispatch !== 'IN_DOUBT') return quietUntilMs
  return Math.min(quietUntilMs, deadlineOf(situation, policy))
}

function deadlineOf({ firstReachedAtMs, nowMs }: IntentSituation, policy: DeliveryPolicy): number {
  return doubtDeadline(firstReachedAtMs ?? nowMs, policy)
}

/** Whether the vendor may already have forgotten the key of the first request. Always false for a vendor without keys. */
export function isKeyTooOld(firstReachedAtMs: number | null, policy: DeliveryPolicy, nowMs: number): boolean {
  if (firstReachedAtMs === null || policy.keyTtlMs === 0) return false
  return nowMs - firstReachedAtMs >= policy.keyTtlMs - policy.keyMarginMs
}

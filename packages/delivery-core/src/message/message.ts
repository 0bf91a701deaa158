import type { Attempt } from './attempt.ts'
import { type AttemptBounds, decideDispatch } from './decide-dispatch.ts'
import { type DispatchState, isTerminal, legalEdges } from './dispatch-state.ts'
import { IllegalTransitionError } from './errors.ts'
import type { FailureCode } from './vendor-answer.ts'

/** Where a message stands on our side. Stores keep these five and change them only through `advance`. */
export interface Standing {
  readonly dispatch: DispatchState
  /** Fences off stale workers: one more at every claim and at every forced release. */
  readonly token: number
  /**
   * When something must next be done: send it (waiting states), take it back from a dead worker (leased, sending), or
   * stop waiting for its receipt (accepted). Null when nothing is ever to be done again.
   */
  readonly dueAtMs: number | null
  /** Requests that were made, throttled ones included. */
  readonly attempts: number
  readonly failureCode: FailureCode | null
}

/** Everything that can happen to a message on our side. */
export type DispatchEvent =
  /** A worker takes it, for as long as the lease lasts. */
  | { readonly kind: 'claimed'; readonly leaseUntilMs: number }
  /** The intent commits: an attempt is opened. */
  | { readonly kind: 'permitted'; readonly leaseUntilMs: number }
  /** The worker gives it back without having sent anything, or died before it could. */
  | { readonly kind: 'released'; readonly dueAtMs: number }
  | { readonly kind: 'unrenderable' }
  | { readonly kind: 'suppressed'; readonly code: FailureCode }
  | { readonly kind: 'expired' }
  | { readonly kind: 'cancelled' }
  /** The vendor no longer remembers the key: sending again could send twice. */
  | { readonly kind: 'key-expired' }
  /** Nobody resolved the doubt in time. */
  | { readonly kind: 'doubt-overdue' }
  /** More is known about its attempts. */
  | {
      readonly kind: 'attempted'
      readonly attempts: readonly Attempt[]
      readonly bounds: AttemptBounds
      readonly code: FailureCode | null
      /** When to try again, should every attempt be known to have failed. */
      readonly retryAtMs: number
      /** When to look again, should it be in doubt: to resend it with the same key, or to give up waiting. */
      readonly doubtAtMs: number
      /** When to stop waiting for a receipt, should it have been accepted. */
      readonly horizonAtMs: number
    }
  /** A receipt shows that the vendor has it. */
  | { readonly kind: 'proven'; readonly horizonAtMs: number }

/**
 * The only way in which a message changes on our side. Pure and total over the legal steps.
 * @throws IllegalTransitionError when the step is not in the table of legal edges
 */
export function advance(message: Standing, event: DispatchEvent): Standing {
  const next = follow(message, event)
  if (next.dispatch === message.dispatch || legalEdges[message.dispatch].includes(next.dispatch)) return next
  throw new IllegalTransitionError(message.dispatch, event.kind)
}

function follow(message: Standing, event: DispatchEvent): Standing {
  const { dispatch, token } = message
  switch (event.kind) {
    case 'claimed':
      only(message, event, ['PENDING', 'RETRY_WAIT', 'IN_DOUBT'])
      // A doubtful message keeps its state while it is claimed: were it leased, the doubt would be forgotten.
      return {
        ...message,
        dispatch: dispatch === 'IN_DOUBT' ? 'IN_DOUBT' : 'LEASED',
        token: token + 1,
        dueAtMs: event.leaseUntilMs,
      }
    case 'permitted':
      only(message, event, ['LEASED', 'IN_DOUBT'])
      return { ...message, dispatch: 'SENDING', dueAtMs: event.leaseUntilMs, attempts: message.attempts + 1 }
    case 'released':
      only(message, event, ['LEASED', 'IN_DOUBT'])
      return { ...message, dispatch: released(message), token: token + 1, dueAtMs: event.dueAtMs }
    case 'unrenderable':
      only(message, event, ['LEASED'])
      if (message.attempts > 0) throw new IllegalTransitionError(dispatch, event.kind)
      return ended(message, 'RENDER_FAILED', 'TEMPLATE_FAILED')
    case 'suppressed':
      return stopped(message, event, 'SUPPRESSED', event.code)
    case 'expired':
      return stopped(message, event, 'EXPIRED', 'WINDOW_CLOSED')
    case 'cancelled':
      return stopped(message, event, 'CANCELLED', 'CANCELLED')
    case 'key-expired':
      only(message, event, ['LEASED', 'RETRY_WAIT', 'IN_DOUBT'])
      // With every attempt known to have failed it is merely used up; with a doubt left, nobody can say.
      return ended(message, dispatch === 'IN_DOUBT' ? 'UNCONFIRMED' : 'EXHAUSTED', 'KEY_EXPIRED')
    case 'doubt-overdue':
      only(message, event, ['IN_DOUBT'])
      return ended(message, 'UNCONFIRMED', 'DOUBT_OVERDUE')
    case 'attempted':
      return attempted(message, event)
    case 'proven':
      return proven(message, event)
  }
}

function attempted(message: Standing, event: Extract<DispatchEvent, { kind: 'attempted' }>): Standing {
  const next = decideDispatch(event.attempts, event.bounds)
  if (next === 'ACCEPTED') return proven(message, { kind: 'proven', horizonAtMs: event.horizonAtMs })
  // A terminal message yields only to proof; and a later fact about an earlier attempt does not disturb a new claim.
  if (isTerminal(message.dispatch) || message.dispatch === 'LEASED') return message
  if (next === message.dispatch || next === 'SENDING') return message
  if (next !== 'RETRY_WAIT' && next !== 'IN_DOUBT')
    return ended(message, next, next === 'CANCELLED' ? 'CANCELLED' : event.code)
  const dueAtMs = next === 'IN_DOUBT' ? event.doubtAtMs : event.retryAtMs
  return { ...message, dispatch: next, token: message.token + 1, dueAtMs, failureCode: event.code }
}

/** Proof outweighs every belief, unless nothing was ever sent: then it cannot be true, and nothing changes. */
function proven(message: Standing, event: Extract<DispatchEvent, { kind: 'proven' }>): Standing {
  if (message.dispatch === 'ACCEPTED' || message.attempts === 0) return message
  return { ...message, dispatch: 'ACCEPTED', token: message.token + 1, dueAtMs: event.horizonAtMs, failureCode: null }
}

/** Before anything was sent, or between two attempts that certainly failed, a message may still be held back. */
function stopped(message: Standing, event: DispatchEvent, dispatch: DispatchState, code: FailureCode): Standing {
  only(message, event, ['PENDING', 'LEASED', 'RETRY_WAIT'])
  return ended(message, dispatch, code)
}

function ended(message: Standing, dispatch: DispatchState, failureCode: FailureCode | null): Standing {
  return { ...message, dispatch, token: message.token + 1, dueAtMs: null, failureCode }
}

function released(message: Standing): DispatchState {
  if (message.dispatch === 'IN_DOUBT') return 'IN_DOUBT'
  return message.attempts === 0 ? 'PENDING' : 'RETRY_WAIT'
}

function only(message: Standing, event: DispatchEvent, from: readonly DispatchState[]): void {
  if (!from.includes(message.dispatch)) throw new IllegalTransitionError(message.dispatch, event.kind)
}

import type { Attempt } from './attempt.ts'
import type { DispatchState } from './dispatch-state.ts'

/** What bounds the attempts of one message. */
export interface AttemptBounds {
  readonly maxAttempts: number
  readonly maxThrottles: number
  readonly isRunCancelled: boolean
}

/**
 * Where a message stands after its attempts: a pure function of what is known about them, so that it does not matter in
 * which order the facts arrived. Any acceptance decides; then whatever is not yet known; then the last refusal; then
 * the operator's wish; then the budget.
 */
export function decideDispatch(attempts: readonly Attempt[], bounds: AttemptBounds): DispatchState {
  const has = (result: Attempt['result']) => attempts.some((attempt) => attempt.result === result)
  if (has('accepted')) return 'ACCEPTED'
  if (has('open')) return 'SENDING'
  if (has('doubt')) return 'IN_DOUBT'
  if (lastOf(attempts)?.result === 'rejected') return 'REJECTED'
  if (bounds.isRunCancelled) return 'CANCELLED'
  return isBudgetSpent(attempts, bounds) ? 'EXHAUSTED' : 'RETRY_WAIT'
}

/**
 * Whether no further attempt may be made. Being told to wait is no attempt, but it has a bound of its own; what we
 * withheld ourselves is not held against the message.
 */
export function isBudgetSpent(attempts: readonly Attempt[], bounds: AttemptBounds): boolean {
  const throttled = attempts.filter(({ result }) => result === 'throttled').length
  const made = attempts.filter(({ result }) => result !== 'throttled' && result !== 'withheld').length
  return made >= bounds.maxAttempts || throttled >= bounds.maxThrottles
}

function lastOf(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.reduce<Attempt | undefined>(
    (last, attempt) => (last === undefined || attempt.number > last.number ? attempt : last),
    undefined,
  )
}

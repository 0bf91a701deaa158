import { afterAttempts, firstReachedAtMs } from '../message/after-attempts.ts'
import { settleAttempt } from '../message/attempt.ts'
import { isNegative } from '../message/delivery-status.ts'
import { advance } from '../message/message.ts'
import type { AttemptFact, Intent, IntentOutcome, Return } from '../sending/message-store.ts'
import type { MemoryMessage } from './memory-rows.ts'
import { pauseRun } from './memory-runs.ts'
import { type Context, runOf } from './store-rules.ts'

/** Permits a message or says no, and writes the attempt down. */
export function begin(context: Context, intent: Intent, leaseMs: number): IntentOutcome {
  const { rows, policy, rules, nowMs } = context
  const message = rows.messages.get(intent.messageId)
  if (message === undefined) return { messageId: intent.messageId, kind: 'refused' }
  const run = runOf(context, message)
  const decision = rules.decideIntent(
    {
      message: message.standing,
      token: intent.token,
      epoch: intent.epoch,
      run,
      firstReachedAtMs: firstReachedAtMs(message.attempts),
      objection: rows.objections.get(message.customerId) ?? null,
      windowClosesAtMs: run.closesAtMs,
      isCapReached: isCapReached(context, message),
      quietUntilMs: rows.manners.quietUntilMs(nowMs()),
      closedUntilMs: rows.closedUntilMs.get(run.account) ?? null,
      nowMs: nowMs(),
    },
    policy,
  )
  if (decision.kind === 'stale') return { messageId: intent.messageId, kind: 'refused' }
  if (decision.kind !== 'permitted') {
    message.standing = advance(message.standing, decision)
    return { messageId: intent.messageId, kind: 'refused' }
  }
  message.standing = advance(message.standing, { kind: 'permitted', leaseUntilMs: nowMs() + leaseMs })
  message.body ??= intent.body
  const attempt = {
    number: message.standing.attempts,
    token: intent.token,
    result: 'open',
    startedAtMs: nowMs(),
    key: rules.keyOf(message.messageId, message.standing.attempts - 1),
    body: message.body,
    vendorMessageId: null,
  } as const
  message.attempts = [...message.attempts, attempt]
  return { messageId: intent.messageId, kind: 'permitted' }
}

/** Messages that were sent or may have been, and of which nobody said that they failed. */
function isCapReached({ rows, nowMs }: Context, { messageId, customerId }: MemoryMessage): boolean {
  const { cap } = rows.manners
  if (cap === null) return false
  const sinceMs = nowMs() - cap.windowMs
  const recent = [...rows.messages.values()].filter(
    (other) => other.messageId !== messageId && other.customerId === customerId && countsForCap(other, sinceMs),
  )
  return recent.length >= cap.messages
}

/** What is on its way counts whenever it set out: while it is in doubt it may be sent once more. */
function countsForCap({ standing, delivery, attempts, acceptedAtMs }: MemoryMessage, sinceMs: number): boolean {
  if (standing.dispatch === 'SENDING' || standing.dispatch === 'IN_DOUBT') return true
  if (standing.dispatch === 'ACCEPTED') return !isNegative(delivery.status) && (acceptedAtMs ?? 0) > sinceMs
  return standing.dispatch === 'UNCONFIRMED' && attempts.some(({ startedAtMs }) => startedAtMs > sinceMs)
}

/** Writes down what was learned about an attempt. */
export function record(context: Context, fact: AttemptFact): void {
  const { rows, policy, rules, nowMs } = context
  const message = rows.messages.get(fact.messageId)
  const index = message?.attempts.findIndex(({ token }) => token === fact.token) ?? -1
  if (message === undefined || index < 0 || !rules.isBelieved(message, fact, nowMs())) return
  const run = runOf(context, message)
  message.attempts = message.attempts.map((attempt, at) =>
    at === index
      ? {
          ...attempt,
          result: settleAttempt(attempt.result, fact.result),
          vendorMessageId: fact.vendorMessageId ?? attempt.vendorMessageId,
        }
      : attempt,
  )
  const { code, retryInMs } = fact
  const learning = { nowMs: nowMs(), isRunCancelled: run.state === 'CANCELLED', retryInMs, code }
  message.standing = afterAttempts(message.standing, message.attempts, learning, policy)
  if (message.standing.dispatch === 'ACCEPTED') message.acceptedAtMs ??= nowMs()
  if (fact.waitMs !== null) {
    rows.closedUntilMs.set(run.account, Math.max(rows.closedUntilMs.get(run.account) ?? 0, nowMs() + fact.waitMs))
  }
  if (fact.pause !== null) pauseRun(run, fact.pause)
}

/** Ends a claim under which nothing was sent. */
export function giveBack(context: Context, given: Return): void {
  const message = context.rows.messages.get(given.messageId)
  if (message === undefined || message.standing.token !== given.token) return
  if (message.standing.dispatch !== 'LEASED' && message.standing.dispatch !== 'IN_DOUBT') return
  message.standing = advance(
    message.standing,
    given.kind === 'unrenderable'
      ? { kind: 'unrenderable' }
      : { kind: 'released', dueAtMs: context.nowMs() + given.waitMs },
  )
}

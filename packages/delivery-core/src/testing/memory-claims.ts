import { firstReachedAtMs } from '../message/after-attempts.ts'
import { advance } from '../message/message.ts'
import { doubtDeadline, mayResend } from '../message/policy.ts'
import type { ClaimedMessage } from '../sending/message-store.ts'
import type { MemoryMessage, MemoryRun } from './memory-rows.ts'
import type { Context } from './store-rules.ts'

/** Takes due messages of running runs, each run getting its fair share. */
export function claim(context: Context, limit: number, leaseMs: number): readonly ClaimedMessage[] {
  const { rows, nowMs } = context
  const running = [...rows.runs.values()].filter(
    (run) =>
      run.state === 'RUNNING' &&
      (rows.closedUntilMs.get(run.account) ?? 0) <= nowMs() &&
      (run.closesAtMs ?? Number.POSITIVE_INFINITY) > nowMs() &&
      rows.manners.quietUntilMs(nowMs()) === null,
  )
  const claimed: ClaimedMessage[] = []
  running.forEach((run, index) => {
    const share = Math.ceil((limit - claimed.length) / (running.length - index))
    const due = [...rows.messages.values()].filter(
      (message) => message.runId === run.runId && isClaimable(context, message),
    )
    due.sort(
      (one, other) => one.standing.dueAtMs! - other.standing.dueAtMs! || (one.messageId < other.messageId ? -1 : 1),
    )
    for (const message of due.slice(0, share)) {
      const attempts = message.standing.attempts
      message.standing = advance(message.standing, { kind: 'claimed', leaseUntilMs: nowMs() + leaseMs })
      claimed.push(claimedOf(context, run, message, attempts))
    }
  })
  return claimed
}

function isClaimable({ policy, nowMs }: Context, { standing, attempts }: MemoryMessage): boolean {
  if (standing.dueAtMs === null || standing.dueAtMs > nowMs()) return false
  if (standing.dispatch === 'PENDING' || standing.dispatch === 'RETRY_WAIT') return true
  const reachedAtMs = firstReachedAtMs(attempts) ?? nowMs()
  return standing.dispatch === 'IN_DOUBT' && mayResend(policy) && doubtDeadline(reachedAtMs, policy) > nowMs()
}

function claimedOf({ rules }: Context, run: MemoryRun, message: MemoryMessage, attempts: number): ClaimedMessage {
  const { messageId, runId, customerId, address, body, standing } = message
  return {
    messageId,
    runId,
    account: run.account,
    token: standing.token,
    epoch: run.epoch,
    attempts,
    idempotencyKey: rules.keyOf(messageId, attempts),
    customerId,
    address,
    body,
    template: run.template,
    values: { name: customerId, email: address, spending: '$0.00' },
  }
}

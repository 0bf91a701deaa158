import { afterAttempts, firstReachedAtMs } from '../message/after-attempts.ts'
import { advance } from '../message/message.ts'
import { doubtDeadline } from '../message/policy.ts'
import type { MessageStore, Sweep } from '../sending/message-store.ts'
import { begin, giveBack, record } from './memory-attempts.ts'
import { claim } from './memory-claims.ts'
import type { MemoryMessage } from './memory-rows.ts'
import { type Context, runOf } from './store-rules.ts'

/** The port of the engine, in memory. */
export function messageStore(context: Context): MessageStore {
  const { rows, policy, rules } = context
  return {
    claim: async ({ limit, leaseMs }) => claim(context, limit, leaseMs),
    begin: async (intents, leaseMs) => intents.map((intent) => begin(context, intent, leaseMs)),
    record: async (facts) => {
      for (const fact of facts) record(context, fact)
    },
    giveBack: async (returns) => {
      for (const given of returns) giveBack(context, given)
    },
    sweep: async (limit) => {
      const found = { lapsed: 0, overdue: 0, cancelled: 0, expired: 0 }
      for (const message of rows.messages.values()) {
        if (found.lapsed + found.overdue + found.cancelled + found.expired >= limit) break
        const what = sweepOne(context, message)
        if (what !== null) found[what]++
      }
      return found
    },
  }

  function sweepOne({ nowMs }: Context, message: MemoryMessage): keyof Sweep | null {
    const { dispatch, dueAtMs } = message.standing
    const run = runOf(context, message)
    const isDue = dueAtMs !== null && dueAtMs <= nowMs()
    if (dispatch === 'LEASED' && isDue) {
      message.standing = advance(message.standing, { kind: 'released', dueAtMs: nowMs() })
      return 'lapsed'
    }
    if (dispatch === 'SENDING' && isDue) {
      message.attempts = message.attempts.map((attempt) =>
        attempt.result === 'open' ? { ...attempt, result: rules.lapsedAttempt } : attempt,
      )
      const isRunCancelled = run.state === 'CANCELLED'
      const learning = { nowMs: nowMs(), isRunCancelled, retryInMs: 0, code: 'ANSWER_LOST' } as const
      message.standing = afterAttempts(message.standing, message.attempts, learning, policy)
      return 'lapsed'
    }
    const isUnsent = ['PENDING', 'RETRY_WAIT', 'LEASED'].includes(dispatch)
    if (run.state === 'CANCELLED' && isUnsent) {
      message.standing = advance(message.standing, { kind: 'cancelled' })
      return 'cancelled'
    }
    if (run.closesAtMs !== null && run.closesAtMs <= nowMs() && isUnsent) {
      message.standing = advance(message.standing, { kind: 'expired' })
      return 'expired'
    }
    if (dispatch === 'IN_DOUBT' && isDue && isDoubtOverdue(context, message)) {
      message.standing = advance(message.standing, { kind: 'doubt-overdue' })
      return 'overdue'
    }
    if (dispatch === 'ACCEPTED' && isDue) {
      message.standing = { ...message.standing, dueAtMs: null }
      return 'overdue'
    }
    return null
  }
}

/** A doubt is over when its deadline has passed; until then it waits for a resend, a late answer or a receipt. */
function isDoubtOverdue({ policy, nowMs }: Context, message: MemoryMessage): boolean {
  return doubtDeadline(firstReachedAtMs(message.attempts) ?? nowMs(), policy) <= nowMs()
}

import { createBatcher } from '../batch/batcher.ts'
import { classifyAnswer } from '../message/classify-answer.ts'
import { mayResend } from '../message/policy.ts'
import type { Verdict } from '../message/vendor-answer.ts'
import { createBreaker } from './breaker.ts'
import { callVendor } from './call-vendor.ts'
import type { EngineEvent, EngineParts } from './engine-parts.ts'
import { createGate } from './gate.ts'
import type { AttemptFact, ClaimedMessage, Intent, IntentOutcome, Return } from './message-store.ts'
import { createRetryBudget, defaultRetryBudget } from './retry-budget.ts'
import { retryDelayMs } from './retry-delay.ts'
import type { Booking, StartPool } from './start-pool.ts'
import type { Call } from './throttle.ts'

interface PassageParts extends EngineParts {
  readonly tell: (event: EngineEvent) => void
  readonly record: (fact: AttemptFact) => Promise<void>
  readonly starts: StartPool
  /** Whether nothing more is to be sent. */
  readonly isStopping: () => boolean
}

/** A permitted call that waits for its place and its start. */
interface Ready {
  readonly booking: Booking
  /** When its permit is too old to be used. */
  readonly staleAtMs: number
}

/** Batches of intents: while one waits for the disk, the next is asked for. */
const intentsAtOnce = 2

/**
 * The way of one message from its claim to its recorded outcome. Never rejects: whatever fails ends in a return, in a
 * fact, or in a lease that lapses.
 */
export function createPassage(parts: PassageParts): (message: ClaimedMessage, call: Call) => Promise<void> {
  const { store, clock, policy, limits, tell, record } = parts
  const gate = createGate(clock)
  // A doubt that nobody can resolve is dear: then a place is free again only when its answer is durable, so that a crash
  // leaves at most as many doubts as there are places.
  const isWrittenInPlace = !mayResend(policy)
  const breaker = parts.breaker ?? createBreaker()
  const budget = parts.retryBudget ?? createRetryBudget(defaultRetryBudget, clock)
  const begin = (all: readonly Intent[]) => store.begin(all, policy.leaseMs)
  const intents = createBatcher<Intent, IntentOutcome>(limits.concurrency, begin, clock, intentsAtOnce)
  const takeBack = async (all: readonly Return[]) => {
    await store.giveBack(all)
    return all.map(() => undefined)
  }
  const returns = createBatcher<Return, void>(limits.concurrency, takeBack, clock)

  const giveBack = async ({ messageId, token }: ClaimedMessage, kind: Return['kind'], waitMs: number, reason = '') => {
    try {
      await returns.ask({ messageId, token, kind, waitMs, reason })
    } catch (error) {
      // Not serious: the lease lapses and the sweep gives it back.
      tell({ kind: 'return-failed', error })
    }
  }
  const recordFor = ({ messageId, token, attempts }: ClaimedMessage, verdict: Verdict): Promise<void> => {
    const retryInMs = Math.max(verdict.waitMs ?? 0, retryDelayMs(attempts + 1, policy, parts.random))
    return record({ ...verdict, messageId, token, retryInMs })
  }
  const watch = async (runId: string, hasFailed: boolean) => {
    if (!breaker.note(runId, hasFailed)) return
    try {
      await parts.runs.pause(runId, 'too_many_failures')
    } catch (error) {
      tell({ kind: 'pause-failed', error })
    }
  }
  const isPermitted = async (message: ClaimedMessage, body: string): Promise<boolean> => {
    const { messageId, token, epoch } = message
    try {
      return (await intents.ask({ messageId, token, epoch, body })).kind === 'permitted'
    } catch (error) {
      tell({ kind: 'intent-failed', error })
      // Whether it committed is unknown. Nothing was sent and nothing will be, so saying that is right in either case.
      await recordFor(message, withheld)
      await giveBack(message, 'unsent', 0)
      return false
    }
  }
  const callFor = async (message: ClaimedMessage, body: string, { booking, staleAtMs }: Ready): Promise<Verdict> => {
    const isTurn = await booking.turn(staleAtMs - clock.nowMs())
    // A permit that grew old while it waited for its place is not used: its lease could lapse during the call.
    if (parts.isStopping() || !isTurn || clock.nowMs() > staleAtMs || gate.isClosed(message.account)) return withheld
    const { messageId, idempotencyKey, customerId, address } = message
    const outgoing = { messageId, idempotencyKey, customerId, address, body }
    const answer = await callVendor(parts.vendor, outgoing, policy.callTimeoutMs, clock)
    const verdict = classifyAnswer(answer, parts.habits, clock.nowMs())
    gate.hear(message.account, verdict)
    return verdict
  }
  const send = (message: ClaimedMessage, body: string, call: Call): Promise<Verdict | null> => {
    const prepare = async (): Promise<Ready | null> => {
      const booking = parts.isStopping() ? null : await parts.starts.book(message.account, policy.leaseMs / 3)
      if (booking === null) {
        await giveBack(message, 'unsent', 0)
        return null
      }
      // Counted from before the asking: a process that was held up while the permit came must not think it fresh.
      const staleAtMs = clock.nowMs() + policy.leaseMs - policy.callTimeoutMs
      if (await isPermitted(message, body)) return { booking, staleAtMs }
      booking.cancel()
      return null
    }
    return call(prepare, async (ready) => {
      const verdict = await callFor(message, body, ready)
      if (isWrittenInPlace) await recordFor(message, verdict)
      return verdict
    })
  }
  /** A retry that the budget refuses waits; a first attempt earns a part of one. */
  const isAffordable = (message: ClaimedMessage): boolean => {
    if (message.attempts > 0) return budget.spend()
    budget.earn()
    return true
  }
  const sendWithin = async (message: ClaimedMessage, call: Call) => {
    if (!isAffordable(message)) return giveBack(message, 'unsent', policy.retryBaseMs)
    const made = message.body === null ? parts.render(message) : ({ ok: true, text: message.body } as const)
    if (!made.ok) {
      await giveBack(message, 'unrenderable', 0, made.reason)
      return watch(message.runId, true)
    }
    const verdict = await send(message, made.text, call)
    if (verdict === null) return
    tell({ kind: 'attempted', messageId: message.messageId, result: verdict.result, code: verdict.code })
    if (!isWrittenInPlace) await recordFor(message, verdict)
    await watch(message.runId, verdict.result === 'rejected')
  }
  return async (message, call) => {
    if (parts.isStopping()) return giveBack(message, 'unsent', 0)
    const waitMs = gate.enter(message.account)
    if (waitMs !== null) return giveBack(message, 'unsent', waitMs)
    await sendWithin(message, call)
    gate.leave(message.account)
  }
}

/** A permit that was not used. It says nothing about the message, so it is not held against it. */
const withheld: Verdict = {
  result: 'withheld',
  code: null,
  reason: '',
  vendorMessageId: null,
  waitMs: null,
  pause: null,
}

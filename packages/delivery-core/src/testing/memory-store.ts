import { afterAttempts, firstReachedAtMs } from '../message/after-attempts.ts'
import { afterReceipt } from '../message/after-receipt.ts'
import { type AttemptResult, settleAttempt } from '../message/attempt.ts'
import { decideIntent } from '../message/decide-intent.ts'
import { isTerminal } from '../message/dispatch-state.ts'
import { noDelivery } from '../message/join-receipts.ts'
import { advance } from '../message/message.ts'
import { type DeliveryPolicy, doubtDeadline, mayResend } from '../message/policy.ts'
import type { PauseReason } from '../message/vendor-answer.ts'
import { receiptKey } from '../receiving/receipt-key.ts'
import type { Fold, RawReceipt, ReceiptStore } from '../receiving/receipt-store.ts'
import { readReceiptWord } from '../receiving/receipt-words.ts'
import type {
  AttemptFact,
  ClaimedMessage,
  Intent,
  IntentOutcome,
  MessageStore,
  Return,
} from '../sending/message-store.ts'
import type { RunBook, RunChange } from '../sending/run-book.ts'
import type { Clock } from '../time/clock.ts'
import {
  emptyRows,
  type MemoryMessage,
  type MemoryPerson,
  type MemoryReceipt,
  type MemoryRows,
  type MemoryRun,
  type ReceiptPlace,
} from './memory-rows.ts'

/** What an operator may do with the runs of a store in memory. */
export interface MemoryOperator {
  launch(run: {
    readonly runId: string
    readonly people: readonly MemoryPerson[]
    readonly account?: string
    readonly template?: string
    readonly startAtMs?: number
  }): void
  pause(runId: string): void
  resume(runId: string): void
  cancel(runId: string): void
  suppress(customerId: string): void
}

/** A store that keeps the promises of all three ports in memory. Each call is one transaction. */
export interface MemoryStore {
  readonly messages: MessageStore
  readonly receipts: ReceiptStore
  readonly runs: RunBook
  readonly operator: MemoryOperator
  readonly rows: MemoryRows
}

/**
 * What the store asks of the library. A simulation puts a design mistake in the place of one of them, to see that it
 * would be noticed; everybody else leaves them alone.
 */
export interface StoreRules {
  readonly decideIntent: typeof decideIntent
  readonly afterReceipt: typeof afterReceipt
  /** What an attempt is taken for whose worker did not come back. */
  readonly lapsedAttempt: AttemptResult
  /** Whether a fact about this attempt is believed, given where its message stands. */
  isBelieved(message: MemoryMessage, fact: AttemptFact, nowMs: number): boolean
  keyOf(messageId: string, attempts: number): string
  /** Whether a receipt for a message that nobody knows yet is kept, and whether it is later joined into this message. */
  readonly isUnknownKept: boolean
  isDrainedInto(message: MemoryMessage): boolean
}

export const soundRules: StoreRules = {
  decideIntent,
  afterReceipt,
  lapsedAttempt: 'doubt',
  isBelieved: () => true,
  keyOf: (messageId) => `r${messageId}`,
  isUnknownKept: true,
  isDrainedInto: () => true,
}

const quarantineMs = 7 * 24 * 3_600_000

export function createMemoryStore(
  clock: Pick<Clock, 'nowMs'>,
  policy: DeliveryPolicy,
  rows: MemoryRows = emptyRows(),
  rules: StoreRules = soundRules,
): MemoryStore {
  const context: Context = { rows, policy, rules, nowMs: () => clock.nowMs() }
  return {
    messages: messageStore(context),
    receipts: receiptStore(context),
    runs: runBook(context),
    operator: operator(context),
    rows,
  }
}

interface Context {
  readonly rows: MemoryRows
  readonly policy: DeliveryPolicy
  readonly rules: StoreRules
  readonly nowMs: () => number
}

function messageStore(context: Context): MessageStore {
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
      const found = { lapsed: 0, overdue: 0, cancelled: 0 }
      for (const message of rows.messages.values()) {
        if (found.lapsed + found.overdue + found.cancelled >= limit) break
        const what = sweepOne(context, message)
        if (what !== null) found[what]++
      }
      return found
    },
  }

  function sweepOne({ nowMs }: Context, message: MemoryMessage): 'lapsed' | 'overdue' | 'cancelled' | null {
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
    if (run.state === 'CANCELLED' && ['PENDING', 'RETRY_WAIT', 'LEASED'].includes(dispatch)) {
      message.standing = advance(message.standing, { kind: 'cancelled' })
      return 'cancelled'
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

function claim(context: Context, limit: number, leaseMs: number): readonly ClaimedMessage[] {
  const { rows, nowMs } = context
  const running = [...rows.runs.values()].filter(
    (run) => run.state === 'RUNNING' && (rows.closedUntilMs.get(run.account) ?? 0) <= nowMs(),
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

function begin(context: Context, intent: Intent, leaseMs: number): IntentOutcome {
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

function record(context: Context, fact: AttemptFact): void {
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

function giveBack(context: Context, given: Return): void {
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

function receiptStore(context: Context): ReceiptStore {
  const { rows, nowMs } = context
  return {
    append: async (receipts) => {
      for (const raw of receipts) rows.inbox.push({ raw, receivedAtMs: nowMs() })
    },
    fold: async (limit) => {
      const fold: { -readonly [Name in keyof Fold]: number } = {
        taken: 0,
        joined: 0,
        repeated: 0,
        quarantined: 0,
        impossible: 0,
        unreadable: 0,
      }
      for (const { raw, receivedAtMs } of rows.inbox.splice(0, limit)) {
        fold.taken++
        const place = foldOne(context, raw, receivedAtMs)
        if (place === 'late') fold.joined++
        else fold[place]++
      }
      return fold
    },
    drain: async (limit) => {
      let drained = 0
      for (const receipt of rows.receipts.values()) {
        if (receipt.place !== 'quarantined' || drained >= limit) continue
        if (receipt.receivedAtMs + quarantineMs < nowMs()) rows.receipts.delete(receipt.key)
        const message = messageFor(context, receipt.raw)
        if (message !== undefined && !context.rules.isDrainedInto(message)) continue
        const place = join(context, receipt.raw, receipt)
        if (place !== 'quarantined') drained++
        receipt.place = place
      }
      return drained
    },
  }
}

function foldOne(context: Context, raw: RawReceipt, receivedAtMs: number): ReceiptPlace | 'repeated' {
  const key = `${raw.account} ${receiptKey(raw)}`
  const known = context.rows.receipts.get(key)
  if (known !== undefined) {
    known.seen++
    return 'repeated'
  }
  const receipt: MemoryReceipt = { key, raw, receivedAtMs, place: 'quarantined', seen: 1 }
  receipt.place = join(context, raw, receipt)
  if (receipt.place !== 'quarantined' || context.rules.isUnknownKept) context.rows.receipts.set(key, receipt)
  return receipt.place
}

function join(context: Context, raw: RawReceipt, receipt: MemoryReceipt): ReceiptPlace {
  const { policy, rules, nowMs } = context
  const says = readReceiptWord(raw.status)
  if (says === null) return 'unreadable'
  const message = messageFor(context, raw)
  if (message === undefined) return 'quarantined'
  const after = rules.afterReceipt(
    {
      standing: message.standing,
      delivery: message.delivery,
      firstIntentAtMs: message.attempts[0]?.startedAtMs ?? null,
      acceptedAtMs: message.acceptedAtMs,
    },
    { key: receipt.key, says, occurredAtMs: raw.occurredAtMs ?? receipt.receivedAtMs, reason: raw.reason },
    nowMs(),
    policy,
  )
  message.standing = after.standing
  message.delivery = after.delivery
  message.hasLateProof ||= after.isLateProof
  if (message.standing.dispatch === 'ACCEPTED') message.acceptedAtMs ??= nowMs()
  return after.kind
}

/** By our own id, else by the vendor's; only within the account that the receipt came from. */
function messageFor(context: Context, raw: RawReceipt): MemoryMessage | undefined {
  const ours = raw.messageId === null ? undefined : context.rows.messages.get(raw.messageId)
  const found =
    ours ??
    [...context.rows.messages.values()].find(
      (message) =>
        raw.vendorMessageId !== null &&
        message.attempts.some((attempt) => attempt.vendorMessageId === raw.vendorMessageId),
    )
  return found !== undefined && runOf(context, found).account === raw.account ? found : undefined
}

function runBook(context: Context): RunBook {
  const { rows } = context
  return {
    pause: async (runId, reason) => {
      const run = rows.runs.get(runId)
      if (run !== undefined) pauseRun(run, reason)
    },
    changes: async () => {
      for (const run of rows.runs.values()) finishRun(context, run)
      const changed = [...rows.runs.values()].filter((run) => run.state !== run.told && isTold(run))
      return changed.map(({ runId, state, pauseReason }): RunChange => ({ runId, state, reason: pauseReason }))
    },
    told: async ({ runId, state }) => {
      const run = rows.runs.get(runId)
      if (run?.state === state) run.told = state
    },
  }
}

/** Starting is no news to whoever started it. */
function isTold(run: MemoryRun): boolean {
  return run.state !== 'RUNNING' && run.state !== 'SNAPSHOTTING' && run.state !== 'READY'
}

/** A run is over when every one of its messages is, and when the books then balance. */
function finishRun(context: Context, run: MemoryRun): void {
  const messages = [...context.rows.messages.values()].filter(({ runId }) => runId === run.runId)
  if (
    run.state === 'RUNNING' &&
    messages.length === run.audience &&
    messages.every(({ standing }) => isTerminal(standing.dispatch))
  ) {
    run.state = 'COMPLETED'
    run.epoch++
  }
  const isWaiting = messages.some(({ standing }) => !isTerminal(standing.dispatch) || standing.dueAtMs !== null)
  if ((run.state === 'COMPLETED' || run.state === 'CANCELLED') && run.told === run.state && !isWaiting)
    run.state = 'SETTLED'
}

function pauseRun(run: MemoryRun, reason: PauseReason): void {
  if (run.state !== 'RUNNING') return
  run.state = 'PAUSED'
  run.pauseReason = reason
  run.epoch++
}

function operator(context: Context): MemoryOperator {
  const { rows, nowMs } = context
  return {
    launch: ({ runId, people, account = 'default', template = 'Hi {name}', startAtMs = nowMs() }) => {
      if (rows.runs.has(runId)) return
      const addresses = new Map(people.map((person) => [person.address.trim().toLowerCase(), person]))
      rows.runs.set(runId, {
        runId,
        account,
        template,
        audience: addresses.size,
        state: 'RUNNING',
        epoch: 1,
        pauseReason: null,
        told: null,
      })
      for (const [address, { customerId }] of addresses) {
        const messageId = `${runId}.${customerId}.1`
        rows.messages.set(messageId, {
          messageId,
          runId,
          customerId,
          address,
          standing: { dispatch: 'PENDING', token: 0, dueAtMs: startAtMs, attempts: 0, failureCode: null },
          delivery: noDelivery,
          attempts: [],
          body: null,
          acceptedAtMs: null,
          hasLateProof: false,
        })
      }
    },
    pause: (runId) => pauseRun(rows.runs.get(runId)!, 'operator'),
    resume: (runId) => {
      const run = rows.runs.get(runId)!
      if (run.state !== 'PAUSED') return
      run.state = 'RUNNING'
      run.pauseReason = null
      run.told = null
      run.epoch++
    },
    cancel: (runId) => {
      const run = rows.runs.get(runId)!
      if (run.state !== 'RUNNING' && run.state !== 'PAUSED') return
      run.state = 'CANCELLED'
      run.epoch++
    },
    suppress: (customerId) => {
      rows.objections.set(customerId, 'OPTED_OUT')
    },
  }
}

function runOf({ rows }: Context, message: MemoryMessage): MemoryRun {
  const run = rows.runs.get(message.runId)
  if (run === undefined) throw new Error(`The message ${message.messageId} has no run`)
  return run
}

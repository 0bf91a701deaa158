import assert from 'node:assert/strict'
import type { DeliveryStatus } from '../message/delivery-status.ts'
import type { DispatchState } from '../message/dispatch-state.ts'
import { type DeliveryPolicy, defaultPolicy } from '../message/policy.ts'
import type { RunState } from '../message/run-state.ts'
import type { FailureCode, PauseReason } from '../message/vendor-answer.ts'
import { quarantineBounds, type RawReceipt, type ReceiptStore } from '../receiving/receipt-store.ts'
import type { AttemptFact, ClaimedMessage, Intent, MessageStore } from '../sending/message-store.ts'
import type { RunBook } from '../sending/run-book.ts'

/** A message as the contract looks at it. */
export interface SeenMessage {
  readonly messageId: string
  readonly dispatch: DispatchState
  readonly delivery: DeliveryStatus
  readonly token: number
  readonly attempts: number
  readonly failureCode: FailureCode | null
  readonly body: string | null
}

/** A store under test, with a clock of its own that stands still, and what operators do to it. */
export interface StoreUnderTest {
  readonly messages: MessageStore
  readonly receipts: ReceiptStore
  readonly runs: RunBook
  /** Lets the store's clock go on. */
  passTime(byMs: number): void
  nowMs(): number
  /** Starts a run to this many people (or to these addresses), and answers its id. */
  launch(
    people: number | readonly string[],
    options?: {
      readonly account?: string
      readonly startInMs?: number
      /** After this time nothing is sent any more. */
      readonly closesInMs?: number
      /** To the people of that run instead: as many, and the same customers. */
      readonly sameAs?: string
    },
  ): Promise<string>
  pause(runId: string): Promise<void>
  resume(runId: string): Promise<void>
  cancel(runId: string): Promise<void>
  /** From now on this customer must not be written to. */
  suppress(customerId: string): Promise<void>
  /** From now on nobody gets more than this many messages within so many days. */
  limitMessages(messages: number, days: number): Promise<void>
  /** From now on, and for so many minutes, nobody is to be disturbed. */
  keepQuiet(minutes: number): Promise<void>
  look(runId: string): Promise<readonly SeenMessage[]>
  runState(
    runId: string,
  ): Promise<{ readonly state: RunState; readonly reason: PauseReason | null; readonly audience: number }>
  close(): Promise<void>
}

export type OpenStore = (policy: DeliveryPolicy) => Promise<StoreUnderTest>

const leaseMs = 30_000

/** What every store promises, and a check for each that rejects when the promise is broken. */
export const messageStoreContract: Readonly<Record<string, (open: OpenStore) => Promise<void>>> = {
  'gives each due message to one claimant only': within(async (store) => {
    const runId = await store.launch(20)
    const [ours, theirs] = await Promise.all([claim(store, 10), claim(store, 10)])
    const ids = [...ours, ...theirs].map(({ messageId }) => messageId)
    assert.equal(new Set(ids).size, ids.length)
    assert.equal(ids.length, 20)
    assert.deepEqual(await claim(store, 10), [])
    assert.deepEqual(await states(store, runId), { LEASED: 20 })
  }),

  'gives nothing that is not due': within(async (store) => {
    await store.launch(3, { startInMs: 60_000 })
    assert.equal((await claim(store)).length, 0)
    store.passTime(60_000)
    assert.equal((await claim(store)).length, 3)
  }),

  'shares a claim among the running runs': within(async (store) => {
    const [first, second] = [await store.launch(20), await store.launch(20)]
    const claimed = await claim(store, 10)
    assert.equal(claimed.filter(({ runId }) => runId === first).length, 5)
    assert.equal(claimed.filter(({ runId }) => runId === second).length, 5)
  }),

  'writes to each address of a run once': within(async (store) => {
    const runId = await store.launch(['ada@example.com', 'ADA@example.com ', 'bob@example.com'])
    assert.equal((await store.look(runId)).length, 2)
    assert.equal((await store.runState(runId)).audience, 2)
  }),

  'takes a message from claim to acceptance': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    assert.equal(claimed!.attempts, 0)
    assert.equal(claimed!.body, null)
    assert.deepEqual(await permitted(store, [claimed!]), [true])
    assert.deepEqual(await states(store, runId), { SENDING: 1 })
    await store.messages.record([factOf(claimed!, { result: 'accepted', vendorMessageId: 'v-1' })])
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
    const [seen] = await store.look(runId)
    assert.equal(seen!.attempts, 1)
    assert.equal(seen!.body, 'Hello')
  }),

  'permits once under one claim': within(async (store) => {
    await store.launch(1)
    const [claimed] = await claim(store)
    assert.deepEqual(await permitted(store, [claimed!]), [true])
    assert.deepEqual(await permitted(store, [claimed!]), [false])
  }),

  'permits nobody whose lease has lapsed, though nobody took it back yet': within(async (store) => {
    await store.launch(1)
    const [claimed] = await claim(store)
    store.passTime(leaseMs)
    assert.deepEqual(await permitted(store, [claimed!]), [false])
  }),

  'takes a claim back from a worker that died before it sent': within(async (store) => {
    const runId = await store.launch(2)
    const stale = await claim(store)
    store.passTime(leaseMs)
    assert.deepEqual(await sweep(store), { lapsed: 2, overdue: 0, cancelled: 0, expired: 0 })
    assert.deepEqual(await states(store, runId), { PENDING: 2 })
    const again = await claim(store)
    assert.equal(again.length, 2)
    assert.deepEqual(await permitted(store, stale), [false, false])
    assert.deepEqual(await permitted(store, again), [true, true])
  }),

  'doubts an attempt whose worker died, and never calls it unsent': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    await permitted(store, [claimed!])
    store.passTime(leaseMs)
    await sweep(store)
    assert.deepEqual(await states(store, runId), { IN_DOUBT: 1 })
  }),

  'resends a doubtful message under the same key and with the same text': within(async (store) => {
    const runId = await store.launch(1)
    const [first] = await claim(store)
    await permitted(store, [first!])
    await store.messages.record([factOf(first!, { result: 'doubt', retryInMs: 1_000 })])
    assert.equal((await claim(store)).length, 0)
    store.passTime(1_000)
    const [second] = await claim(store)
    assert.deepEqual(await states(store, runId), { IN_DOUBT: 1 })
    assert.equal(second!.idempotencyKey, first!.idempotencyKey)
    assert.equal(second!.body, 'Hello')
    assert.equal(second!.attempts, 1)
    assert.deepEqual(await permitted(store, [second!]), [true])
    await store.messages.record([factOf(second!, { result: 'accepted' })])
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
  }),

  'never resends a doubtful message under atMostOnce, and says so in the end': within(
    async (store) => {
      const runId = await store.launch(1)
      const [claimed] = await claim(store)
      await permitted(store, [claimed!])
      await store.messages.record([factOf(claimed!, { result: 'doubt' })])
      store.passTime(defaultPolicy.doubtDeadlineMs - 1)
      assert.equal((await claim(store)).length, 0)
      store.passTime(1)
      assert.equal((await claim(store)).length, 0)
      assert.deepEqual(await sweep(store), { lapsed: 0, overdue: 1, cancelled: 0, expired: 0 })
      assert.deepEqual(await states(store, runId), { UNCONFIRMED: 1 })
    },
    { ...defaultPolicy, doubt: 'atMostOnce' },
  ),

  'does not rely on a key that the vendor may have forgotten': within(
    async (store) => {
      const runId = await store.launch(1)
      const [first] = await claim(store)
      await permitted(store, [first!])
      await store.messages.record([factOf(first!, { result: 'throttled' })])
      store.passTime(50_000)
      const [second] = await claim(store)
      assert.deepEqual(await permitted(store, [second!]), [false])
      assert.deepEqual(await states(store, runId), { EXHAUSTED: 1 })
    },
    { ...defaultPolicy, keyTtlMs: 60_000, keyMarginMs: 10_000 },
  ),

  'lets a request that never reached the vendor age no key': within(
    async (store) => {
      await store.launch(1)
      const [first] = await claim(store)
      await permitted(store, [first!])
      await store.messages.record([factOf(first!, { result: 'notsent' })])
      store.passTime(50_000)
      assert.deepEqual(await permitted(store, await claim(store)), [true])
    },
    { ...defaultPolicy, keyTtlMs: 60_000, keyMarginMs: 10_000 },
  ),

  'accepts knowledge from a worker that lost its lease': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    await permitted(store, [claimed!])
    store.passTime(leaseMs)
    await sweep(store)
    await store.messages.record([factOf(claimed!, { result: 'accepted' })])
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
  }),

  'keeps an acceptance whatever is said of a later attempt': within(async (store) => {
    const runId = await store.launch(1)
    const [first] = await claim(store)
    await permitted(store, [first!])
    store.passTime(leaseMs)
    await sweep(store)
    const [second] = await claim(store)
    await permitted(store, [second!])
    await store.messages.record([factOf(first!, { result: 'accepted' })])
    await store.messages.record([factOf(second!, { result: 'rejected', code: 'VENDOR_REFUSED' })])
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
  }),

  'ignores a fact about an attempt that was never permitted': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    await store.messages.record([factOf(claimed!, { result: 'notsent' })])
    assert.deepEqual(await states(store, runId), { LEASED: 1 })
  }),

  'changes nothing when a fact is repeated': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    await permitted(store, [claimed!])
    const fact = factOf(claimed!, { result: 'notsent', code: 'VENDOR_UNREACHABLE' })
    await store.messages.record([fact])
    const before = await store.look(runId)
    await store.messages.record([fact, fact])
    assert.deepEqual(await store.look(runId), before)
  }),

  'gives up after the last attempt, and remembers why': within(
    async (store) => {
      const runId = await store.launch(1)
      for (let attempt = 1; attempt <= 2; attempt++) {
        const [claimed] = await claim(store)
        await permitted(store, [claimed!])
        await store.messages.record([factOf(claimed!, { result: 'notsent', code: 'VENDOR_UNREACHABLE' })])
      }
      const [seen] = await store.look(runId)
      assert.equal(seen!.dispatch, 'EXHAUSTED')
      assert.equal(seen!.failureCode, 'VENDOR_UNREACHABLE')
      assert.equal((await claim(store)).length, 0)
    },
    { ...defaultPolicy, maxAttempts: 2 },
  ),

  'leaves a whole account alone as long as its vendor asked for it': within(async (store) => {
    await store.launch(2, { account: 'busy' })
    const [first, second] = await claim(store)
    const other = await store.launch(1, { account: 'idle' })
    await permitted(store, [first!])
    await store.messages.record([factOf(first!, { result: 'throttled', waitMs: 5_000, retryInMs: 5_000 })])
    assert.deepEqual(await permitted(store, [second!]), [false])
    assert.deepEqual(
      (await claim(store)).map(({ runId }) => runId),
      [other],
    )
    store.passTime(5_000)
    assert.equal((await claim(store)).length, 2)
  }),

  'pauses the run in the transaction of the fact that demands it': within(async (store) => {
    const runId = await store.launch(2)
    const [first, second] = await claim(store)
    await permitted(store, [first!])
    await store.messages.record([factOf(first!, { result: 'throttled', code: 'VENDOR_AUTH', pause: 'vendor_auth' })])
    assert.deepEqual(await store.runState(runId), { state: 'PAUSED', reason: 'vendor_auth', audience: 2 })
    assert.deepEqual(await permitted(store, [second!]), [false])
    assert.deepEqual(await states(store, runId), { RETRY_WAIT: 1, PENDING: 1 })
  }),

  'permits and claims nothing of a paused run, and everything again when it is resumed': within(async (store) => {
    const runId = await store.launch(2)
    const claimed = await claim(store, 1)
    await store.pause(runId)
    assert.equal((await claim(store)).length, 0)
    assert.deepEqual(await permitted(store, claimed), [false])
    await store.resume(runId)
    assert.equal((await claim(store)).length, 2)
  }),

  'permits nothing that was claimed before a pause and asked for after the resumption': within(async (store) => {
    const runId = await store.launch(1)
    const claimed = await claim(store)
    await store.pause(runId)
    await store.resume(runId)
    assert.deepEqual(await permitted(store, claimed), [false])
  }),

  'calls off what was not sent when its run is cancelled, and only that': within(async (store) => {
    const runId = await store.launch(3)
    const [sending, leased] = await claim(store, 2)
    await permitted(store, [sending!])
    await store.cancel(runId)
    await sweep(store)
    assert.deepEqual(await states(store, runId), { SENDING: 1, CANCELLED: 2 })
    assert.deepEqual(await permitted(store, [leased!]), [false])
    await store.resume(runId)
    assert.equal((await claim(store)).length, 0)
    await store.messages.record([factOf(sending!, { result: 'accepted' })])
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1, CANCELLED: 2 })
  }),

  'writes to nobody who opted out since the claim': within(async (store) => {
    const runId = await store.launch(2)
    const claimed = await claim(store)
    await store.suppress(claimed[0]!.customerId)
    assert.deepEqual(await permitted(store, claimed), [false, true])
    assert.deepEqual(await states(store, runId), { SENDING: 1, SUPPRESSED: 1 })
  }),

  'sends nothing once the window of a run has closed, and calls it expired': within(async (store) => {
    const runId = await store.launch(4, { closesInMs: 10_000 })
    const [sent, leased, failed] = await claim(store, 3)
    await permitted(store, [sent!, failed!])
    await store.messages.record([factOf(failed!, { result: 'notsent', code: 'VENDOR_UNREACHABLE' })])
    store.passTime(10_000)
    assert.deepEqual(await permitted(store, [leased!]), [false])
    assert.deepEqual(await states(store, runId), { SENDING: 1, EXPIRED: 1, RETRY_WAIT: 1, PENDING: 1 })
    assert.deepEqual(await claim(store), [])
    assert.equal((await sweep(store)).expired, 2)
    assert.deepEqual(await states(store, runId), { SENDING: 1, EXPIRED: 3 })
    assert.ok(
      (await store.look(runId)).every(
        ({ dispatch, failureCode }) => dispatch !== 'EXPIRED' || failureCode === 'WINDOW_CLOSED',
      ),
    )
    await store.messages.record([factOf(sent!, { result: 'accepted' })])
    assert.deepEqual(await store.runs.changes(), [{ runId, state: 'COMPLETED', reason: null }])
  }),

  'expires what waits in a paused run too': within(async (store) => {
    const runId = await store.launch(2, { closesInMs: 10_000 })
    await store.pause(runId)
    store.passTime(10_000)
    assert.equal((await sweep(store)).expired, 2)
    assert.deepEqual(await states(store, runId), { EXPIRED: 2 })
  }),

  'leaves a doubtful message in doubt when its window closes, and believes its receipt': within(async (store) => {
    const runId = await store.launch(1, { closesInMs: 10_000 })
    const [claimed] = await claim(store)
    await permitted(store, [claimed!])
    await store.messages.record([factOf(claimed!, { result: 'doubt', retryInMs: 1_000 })])
    store.passTime(1_000)
    const [again] = await claim(store)
    store.passTime(9_000)
    assert.deepEqual(await permitted(store, [again!]), [false])
    await sweep(store)
    assert.deepEqual(await claim(store), [])
    assert.deepEqual(await states(store, runId), { IN_DOUBT: 1 })
    await store.receipts.append([receiptFor(claimed!, 'DELIVERED')])
    await foldAll(store)
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
  }),

  'takes a receipt for proof though the message had expired': within(async (store) => {
    const runId = await store.launch(1, { closesInMs: 10_000 })
    const [claimed] = await claim(store)
    await permitted(store, [claimed!])
    await store.messages.record([factOf(claimed!, { result: 'notsent', code: 'VENDOR_UNREACHABLE' })])
    store.passTime(10_000)
    await sweep(store)
    assert.deepEqual(await states(store, runId), { EXPIRED: 1 })
    await store.receipts.append([receiptFor(claimed!, 'DELIVERED')])
    await foldAll(store)
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
  }),

  'gives nobody more messages than the cap allows, counted over all runs': within(async (store) => {
    await store.limitMessages(1, 7)
    const first = await store.launch(2)
    const second = await store.launch(2, { sameAs: first })
    const both = await claim(store)
    assert.equal(both.length, 4)
    assert.equal((await permitted(store, both)).filter(Boolean).length, 2)
    const capped = [...(await store.look(first)), ...(await store.look(second))].filter(
      ({ failureCode }) => failureCode === 'FREQUENCY_CAP',
    )
    assert.deepEqual(
      capped.map(({ dispatch, attempts }) => [dispatch, attempts]),
      [
        ['SUPPRESSED', 0],
        ['SUPPRESSED', 0],
      ],
    )
  }),

  'counts for the cap what was sent within its days, and not what certainly failed': within(async (store) => {
    await store.limitMessages(1, 7)
    const people = await store.launch(2)
    const [refused, taken] = await claim(store)
    await permitted(store, [refused!, taken!])
    await store.messages.record([
      factOf(refused!, { result: 'rejected', code: 'VENDOR_REFUSED' }),
      factOf(taken!, { result: 'accepted' }),
    ])
    const tooSoon = await store.launch(2, { sameAs: people })
    const again = await claim(store)
    await permitted(store, again)
    assert.deepEqual(await states(store, tooSoon), { SENDING: 1, SUPPRESSED: 1 })
    await store.messages.record(again.map((claimed) => factOf(claimed, { result: 'accepted' })))
    store.passTime(7 * 24 * 3_600_000)
    const later = await store.launch(2, { sameAs: people })
    await permitted(
      store,
      (await claim(store)).filter(({ runId }) => runId === later),
    )
    assert.deepEqual(await states(store, later), { SENDING: 2 })
  }),

  'resends a doubtful message though the cap is reached, for it is counted already': within(async (store) => {
    await store.limitMessages(2, 7)
    const people = await store.launch(1)
    const [doubtful] = await claim(store)
    await permitted(store, [doubtful!])
    await store.messages.record([factOf(doubtful!, { result: 'doubt', retryInMs: 5_000 })])
    await store.launch(1, { sameAs: people })
    assert.deepEqual(await permitted(store, await claim(store)), [true])
    await store.limitMessages(1, 7)
    store.passTime(5_000)
    const [again] = await claim(store)
    assert.equal(again!.messageId, doubtful!.messageId)
    assert.deepEqual(await permitted(store, [again!]), [true])
  }),

  'defers everything during quiet hours, and loses no attempt by it': within(async (store) => {
    const runId = await store.launch(3)
    const [leased, retried] = await claim(store, 2)
    await permitted(store, [retried!])
    await store.messages.record([factOf(retried!, { result: 'notsent', code: 'VENDOR_UNREACHABLE' })])
    await store.keepQuiet(30)
    assert.deepEqual(await permitted(store, [leased!]), [false])
    assert.deepEqual(await states(store, runId), { PENDING: 2, RETRY_WAIT: 1 })
    assert.deepEqual(await claim(store), [])
    store.passTime(30 * 60_000 - 1)
    assert.deepEqual(await claim(store), [])
    store.passTime(1)
    const due = await claim(store)
    assert.equal(due.length, 3)
    assert.deepEqual(due.map(({ attempts }) => attempts).sort(), [0, 0, 1])
    assert.deepEqual(await permitted(store, due), [true, true, true])
  }),

  'expires what was deferred beyond the end of its window': within(async (store) => {
    const runId = await store.launch(2, { closesInMs: 20 * 60_000 })
    const [leased] = await claim(store, 1)
    await store.keepQuiet(30)
    await permitted(store, [leased!])
    store.passTime(20 * 60_000)
    assert.equal((await sweep(store)).expired, 2)
    assert.deepEqual(await states(store, runId), { EXPIRED: 2 })
  }),

  'takes back what a worker returns, when it may be sent again': within(async (store) => {
    const runId = await store.launch(2)
    const [unsent, unrenderable] = await claim(store)
    await store.messages.giveBack([
      { messageId: unsent!.messageId, token: unsent!.token, kind: 'unsent', waitMs: 500, reason: '' },
      {
        messageId: unrenderable!.messageId,
        token: unrenderable!.token,
        kind: 'unrenderable',
        waitMs: 0,
        reason: 'no name',
      },
    ])
    assert.deepEqual(await states(store, runId), { PENDING: 1, RENDER_FAILED: 1 })
    assert.equal((await claim(store)).length, 0)
    store.passTime(500)
    assert.equal((await claim(store)).length, 1)
  }),

  'takes nothing back from a worker whose claim is stale': within(async (store) => {
    const runId = await store.launch(1)
    const [stale] = await claim(store)
    store.passTime(leaseMs)
    await sweep(store)
    await claim(store)
    await store.messages.giveBack([
      { messageId: stale!.messageId, token: stale!.token, kind: 'unsent', waitMs: 0, reason: '' },
    ])
    assert.deepEqual(await states(store, runId), { LEASED: 1 })
  }),

  'joins receipts in any order, with repeats, to the same end': within(async (store) => {
    const [forward, backward] = [await accept(store), await accept(store)]
    const say = (message: ClaimedMessage, status: string, id: string): RawReceipt =>
      receiptFor(message, status, { receiptId: `${message.messageId}-${id}` })
    const told = (message: ClaimedMessage) => [
      say(message, 'SENT', '1'),
      say(message, 'DELIVERED', '2'),
      say(message, 'FAILED', '3'),
    ]
    await store.receipts.append([...told(forward), ...told(forward), ...told(backward).reverse()])
    const fold = await foldAll(store)
    assert.equal(fold.joined, 6)
    assert.equal(fold.repeated, 3)
    assert.equal((await store.look(forward.runId))[0]!.delivery, 'delivered')
    assert.equal((await store.look(backward.runId))[0]!.delivery, 'delivered')
  }),

  'changes nothing when a receipt is repeated later': within(async (store) => {
    const message = await accept(store)
    const receipt = receiptFor(message, 'FAILED', { receiptId: 'once', reason: 'mailbox full' })
    await store.receipts.append([receipt])
    await foldAll(store)
    const before = await store.look(message.runId)
    await store.receipts.append([receipt])
    assert.equal((await foldAll(store)).repeated, 1)
    assert.deepEqual(await store.look(message.runId), before)
  }),

  'believes a receipt that overtakes the answer': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    await permitted(store, [claimed!])
    await store.receipts.append([receiptFor(claimed!, 'DELIVERED')])
    await foldAll(store)
    assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
    await store.messages.record([factOf(claimed!, { result: 'doubt' })])
    const [seen] = await store.look(runId)
    assert.equal(seen!.dispatch, 'ACCEPTED')
    assert.equal(seen!.delivery, 'delivered')
  }),

  'takes a receipt for proof though the message was given up': within(
    async (store) => {
      const runId = await store.launch(1)
      const [claimed] = await claim(store)
      await permitted(store, [claimed!])
      await store.messages.record([factOf(claimed!, { result: 'notsent', code: 'VENDOR_UNREACHABLE' })])
      assert.deepEqual(await states(store, runId), { EXHAUSTED: 1 })
      await store.receipts.append([receiptFor(claimed!, 'DELIVERED')])
      await foldAll(store)
      assert.deepEqual(await states(store, runId), { ACCEPTED: 1 })
    },
    { ...defaultPolicy, maxAttempts: 1 },
  ),

  'keeps a receipt for an unknown vendor id until an attempt learns it': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    await permitted(store, [claimed!])
    await store.receipts.append([receiptFor(claimed!, 'DELIVERED', { messageId: null, vendorMessageId: 'v-77' })])
    assert.equal((await foldAll(store)).quarantined, 1)
    assert.equal((await store.receipts.drain(100)).joined, 0)
    await store.messages.record([factOf(claimed!, { result: 'accepted', vendorMessageId: 'v-77' })])
    assert.equal((await store.receipts.drain(100)).joined, 1)
    assert.equal((await store.look(runId))[0]!.delivery, 'delivered')
    assert.equal((await store.receipts.drain(100)).joined, 0)
  }),

  'gives up a receipt that nobody asked for in seven days, and says so': within(async (store) => {
    const message = await accept(store)
    const stranger = { messageId: null, vendorMessageId: 'of somebody else' }
    await store.receipts.append([receiptFor(message, 'DELIVERED', stranger)])
    await foldAll(store)
    store.passTime(quarantineBounds.keepMs)
    assert.deepEqual(await store.receipts.drain(100), { joined: 0, outdated: 0, crowdedOut: 0 })
    store.passTime(1)
    assert.deepEqual(await store.receipts.drain(100), { joined: 0, outdated: 1, crowdedOut: 0 })
    assert.deepEqual(await store.receipts.drain(100), { joined: 0, outdated: 0, crowdedOut: 0 })
  }),

  'does not believe a receipt for a message that was never sent': within(async (store) => {
    const runId = await store.launch(1)
    const [claimed] = await claim(store)
    await store.receipts.append([receiptFor(claimed!, 'DELIVERED')])
    assert.equal((await foldAll(store)).impossible, 1)
    const [seen] = await store.look(runId)
    assert.equal(seen!.dispatch, 'LEASED')
    assert.equal(seen!.delivery, 'none')
  }),

  'lets a receipt of one account touch no message of another': within(async (store) => {
    const message = await accept(store, 'ours')
    await store.receipts.append([receiptFor(message, 'FAILED', { account: 'theirs' })])
    assert.equal((await foldAll(store)).quarantined, 1)
    assert.equal((await store.look(message.runId))[0]!.delivery, 'none')
  }),

  'keeps a receipt apart whose word nobody knows': within(async (store) => {
    const message = await accept(store)
    await store.receipts.append([receiptFor(message, 'TELEPORTED')])
    assert.equal((await foldAll(store)).unreadable, 1)
    assert.equal((await store.look(message.runId))[0]!.delivery, 'none')
  }),

  'freezes what it counted when the horizon has passed': within(async (store) => {
    const message = await accept(store)
    store.passTime(defaultPolicy.receiptHorizonMs + 1)
    await sweep(store)
    await store.receipts.append([receiptFor(message, 'DELIVERED')])
    await foldAll(store)
    assert.equal((await store.look(message.runId))[0]!.delivery, 'none')
  }),

  'ends a run when everybody is accounted for, and tells it until it was heard': within(async (store) => {
    const runId = await store.launch(2)
    const [first, second] = await claim(store)
    await permitted(store, [first!, second!])
    await store.messages.record([factOf(first!, { result: 'accepted' })])
    assert.deepEqual(await store.runs.changes(), [])
    await store.messages.record([factOf(second!, { result: 'rejected', code: 'VENDOR_REFUSED' })])
    const ended = [{ runId, state: 'COMPLETED', reason: null }]
    assert.deepEqual(await store.runs.changes(), ended)
    assert.deepEqual(await store.runs.changes(), ended)
    await store.runs.told((await store.runs.changes())[0]!)
    assert.deepEqual(await store.runs.changes(), [])
  }),

  'settles a run when the last receipt came, or is no longer waited for': within(async (store) => {
    const [heard, unheard] = [await accept(store), await accept(store)]
    for (const change of await store.runs.changes()) await store.runs.told(change)
    await store.receipts.append([receiptFor(heard, 'DELIVERED')])
    await foldAll(store)
    assert.deepEqual(await store.runs.changes(), [{ runId: heard.runId, state: 'SETTLED', reason: null }])
    store.passTime(defaultPolicy.receiptHorizonMs)
    await sweep(store)
    assert.deepEqual((await store.runs.changes()).map(({ runId }) => runId).sort(), [heard.runId, unheard.runId].sort())
  }),

  'tells why it paused a run by itself': within(async (store) => {
    const runId = await store.launch(1)
    await store.runs.pause(runId, 'too_many_failures')
    await store.runs.pause(runId, 'vendor_auth')
    assert.deepEqual(await store.runs.changes(), [{ runId, state: 'PAUSED', reason: 'too_many_failures' }])
  }),
}

function within(check: (store: StoreUnderTest) => Promise<void>, policy: DeliveryPolicy = defaultPolicy) {
  return async (open: OpenStore) => {
    const store = await open(policy)
    try {
      await check(store)
    } finally {
      await store.close()
    }
  }
}

function claim(store: StoreUnderTest, limit = 100): Promise<readonly ClaimedMessage[]> {
  return store.messages.claim({ limit, leaseMs })
}

function sweep(store: StoreUnderTest) {
  return store.messages.sweep(1_000)
}

async function permitted(store: StoreUnderTest, claimed: readonly ClaimedMessage[]): Promise<boolean[]> {
  const intents: Intent[] = claimed.map(({ messageId, token, epoch }) => ({ messageId, token, epoch, body: 'Hello' }))
  const outcomes = await store.messages.begin(intents, leaseMs)
  return outcomes.map(({ kind }) => kind === 'permitted')
}

/** A run of one person whose message was accepted. */
async function accept(store: StoreUnderTest, account?: string): Promise<ClaimedMessage> {
  await store.launch(1, account === undefined ? {} : { account })
  const [claimed] = await claim(store)
  await permitted(store, [claimed!])
  await store.messages.record([factOf(claimed!, { result: 'accepted' })])
  return claimed!
}

async function foldAll(store: StoreUnderTest) {
  const total = {
    taken: 0,
    joined: 0,
    repeated: 0,
    quarantined: 0,
    impossible: 0,
    unreadable: 0,
    lateProofs: 0,
    contradictions: 0,
  }
  for (;;) {
    const fold = await store.receipts.fold(100)
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += fold[name]
    if (fold.taken === 0) return total
  }
}

function factOf(
  { messageId, token }: ClaimedMessage,
  fact: Partial<AttemptFact> & Pick<AttemptFact, 'result'>,
): AttemptFact {
  return {
    messageId,
    token,
    code: null,
    reason: '',
    vendorMessageId: null,
    waitMs: null,
    pause: null,
    retryInMs: 0,
    ...fact,
  }
}

function receiptFor(
  { messageId, account }: ClaimedMessage,
  status: string,
  extra: Partial<RawReceipt> = {},
): RawReceipt {
  return {
    account,
    receiptId: null,
    messageId,
    vendorMessageId: null,
    status,
    occurredAtMs: null,
    reason: null,
    ...extra,
  }
}

async function states(store: StoreUnderTest, runId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { dispatch } of await store.look(runId)) counts[dispatch] = (counts[dispatch] ?? 0) + 1
  return counts
}

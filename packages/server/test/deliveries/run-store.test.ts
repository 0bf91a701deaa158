import { type AttemptFact, type ClaimedMessage, defaultPolicy } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { afterEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabases } from '../../../../testing/databases.ts'
import { eraseCustomer } from '../../src/deliveries/erase-customer.ts'
import { createHeartbeat } from '../../src/deliveries/heartbeat-store.ts'
import { createMessageStore } from '../../src/deliveries/message-store.ts'
import { createReceiptStore } from '../../src/deliveries/receipt-store.ts'
import { createRunBook } from '../../src/deliveries/run-book.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { createVendorStats } from '../../src/vendor/vendor-stats-store.ts'
import { addCustomers, openMigrated, workspaceId } from './open-database-store.ts'

const nowMs = Date.UTC(2026, 0, 1)
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function open(database: TestDatabase, addresses: readonly string[]) {
  const opened = await openMigrated(database)
  closers.push(opened.close)
  await addCustomers(opened.knex, 'c', addresses)
  const runs = createRunStore(opened)
  const instant = async () => nowMs
  const messages = createMessageStore(opened, defaultPolicy, instant)
  const launch = (
    extra: { runId?: string; launchKey?: string; audience?: Knex.QueryBuilder; startAtMs?: number } = {},
  ) =>
    opened.knex.transaction((transaction) =>
      runs.launch(transaction, {
        runId: 'run',
        workspaceId,
        campaignId: 'campaign',
        campaignName: 'Frühling',
        launchKey: 'campaign',
        template: 'Hi {name}',
        currency: 'USD',
        audience: opened.knex('customers').select({ customer_id: 'id', address: 'email' }),
        nowMs,
        startAtMs: null,
        ...extra,
      }),
    )
  const sendAll = async (verdict: (message: ClaimedMessage) => Partial<AttemptFact> & Pick<AttemptFact, 'result'>) => {
    const claimed = await messages.claim({ limit: 100, leaseMs: 30_000 })
    const intents = claimed.map(({ messageId, token, epoch, values }) => ({
      messageId,
      token,
      epoch,
      body: `Hi ${values['name']}`,
    }))
    const outcomes = await messages.begin(intents, 30_000)
    const permitted = claimed.filter(({ messageId }) =>
      outcomes.some((outcome) => outcome.messageId === messageId && outcome.kind === 'permitted'),
    )
    await messages.record(
      permitted.map((message) => ({
        messageId: message.messageId,
        token: message.token,
        code: null,
        reason: '',
        vendorMessageId: null,
        waitMs: null,
        pause: null,
        retryInMs: 0,
        ...verdict(message),
      })),
    )
    return permitted.map(({ customerId }) => customerId)
  }
  const progress = async () => (await runs.progress(workspaceId, ['run'])).get('run')!
  return {
    ...opened,
    runs,
    messages,
    launch,
    sendAll,
    progress,
    receipts: createReceiptStore(opened, defaultPolicy, instant),
    instant,
  }
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`runs on ${database.title}`, () => {
    it('write down everybody, each address once, and nobody silently not', async () => {
      const { launch, knex, progress } = await open(database, ['a@x.example', 'A@X.example ', 'b@x.example', ' ', ''])
      expect(await launch()).toEqual({ runId: 'run', audience: 4, deduplicated: 1, isNew: true })
      const rows = await knex('messages')
        .orderBy('customer_id')
        .select('customer_id', 'address', 'dispatch', 'failure_code', 'duplicates')
      expect(
        rows.filter(({ dispatch }) => dispatch === 'PENDING').map(({ address, duplicates }) => [address, duplicates]),
      ).toEqual([
        ['a@x.example', 1],
        ['b@x.example', 0],
      ])
      expect(rows.filter(({ failure_code }) => failure_code === 'NO_ADDRESS')).toHaveLength(2)
      expect(await progress()).toMatchObject({ audience: 4, isBalanced: true })
    })

    it('are launched once for each key', async () => {
      const { launch, knex } = await open(database, ['a@x.example'])
      await launch()
      expect(await launch({ runId: 'other' })).toEqual({ runId: 'run', audience: 1, deduplicated: 0, isNew: false })
      expect(await knex('messages').count({ n: '*' })).toEqual([{ n: 1 }])
    })

    it('leave nothing behind when the launch is rolled back', async () => {
      const { launch, knex } = await open(database, ['a@x.example'])
      await expect(
        launch({ audience: knex('no_such_table').select({ customer_id: 'id', address: 'id' }) }),
      ).rejects.toThrow()
      expect(await knex('runs').count({ n: '*' })).toEqual([{ n: 0 }])
    })

    it('send nothing before their time', async () => {
      const { launch, messages } = await open(database, ['a@x.example'])
      await launch({ startAtMs: nowMs + 1 })
      expect(await messages.claim({ limit: 10, leaseMs: 1 })).toEqual([])
    })

    it('write to nobody who refused, who never agreed where that is needed, or who is gone', async () => {
      const { launch, knex, sendAll, progress } = await open(database, [
        'a@x.example',
        'b@x.example',
        'c@x.example',
        'd@x.example',
      ])
      await launch()
      await knex('workspaces').update({ consent_policy: 'opt-in' })
      await knex('customers').where('id', 'c-0').update({ email_consent: true })
      await knex('customers').where('id', 'c-1').update({ email_consent: false })
      await knex('customers').where('id', 'c-2').update({ email_consent: null })
      await knex('customers').where('id', 'c-3').delete()
      expect(await sendAll(() => ({ result: 'accepted' }))).toEqual(['c-0'])
      const rows = await knex('messages').whereNot('dispatch', 'ACCEPTED').orderBy('customer_id').select('failure_code')
      expect(rows.map(({ failure_code }) => failure_code)).toEqual([
        'CONSENT_REFUSED',
        'CONSENT_MISSING',
        'CUSTOMER_GONE',
      ])
      expect((await progress()).byWireStatus).toMatchObject({ SENT: 1, SKIPPED: 3 })
    })

    it('write to those who were never asked where agreement is taken for granted', async () => {
      const { launch, sendAll } = await open(database, ['a@x.example'])
      await launch()
      expect(await sendAll(() => ({ result: 'accepted' }))).toEqual(['c-0'])
    })

    it('tell each failure with its reason, and list messages newest first', async () => {
      const { launch, sendAll, runs, receipts } = await open(database, ['a@x.example', 'b@x.example', 'c@x.example'])
      await launch()
      await sendAll(({ customerId }) =>
        customerId === 'c-0'
          ? { result: 'rejected', code: 'VENDOR_REFUSED', reason: 'no such number' }
          : { result: 'accepted' },
      )
      const say = (customerId: string, status: string, reason: string | null) => ({
        account: 'default',
        receiptId: customerId,
        messageId: `run.${customerId}.1`,
        vendorMessageId: null,
        status,
        occurredAtMs: nowMs + 5,
        reason,
      })
      await receipts.append([say('c-1', 'FAILED', 'mailbox full'), say('c-2', 'DELIVERED', null)])
      await receipts.fold(10)
      const listed = await runs.messages(workspaceId, 'campaign', { limit: 10, offset: 0 })
      expect(
        listed.map(({ customerId, status, failureReason, body }) => [customerId, status, failureReason, body]),
      ).toEqual([
        ['c-2', 'DELIVERED', null, 'Hi Person 2'],
        ['c-1', 'FAILED', 'mailbox full', 'Hi Person 1'],
        ['c-0', 'FAILED', 'no such number', 'Hi Person 0'],
      ])
      expect(listed[0]).toMatchObject({
        customer: { id: 'c-2', name: 'Person 2' },
        campaignName: 'Frühling',
        deliveredAtMs: nowMs + 5,
      })
      expect(await runs.messages(workspaceId, 'campaign', { limit: 1, offset: 1, status: 'FAILED' })).toHaveLength(1)
      expect(await runs.countMessages(workspaceId, 'campaign', 'FAILED')).toBe(2)
      expect(await runs.failures(workspaceId, 'run')).toEqual([
        { code: 'NOT_DELIVERED', count: 1 },
        { code: 'VENDOR_REFUSED', count: 1 },
      ])
      expect(await runs.figuresOfCustomer(workspaceId, 'c-2')).toEqual({ DELIVERED: 1 })
      expect(await runs.countOfCustomers(workspaceId, ['c-1', 'nobody'])).toEqual(new Map([['c-1', 1]]))
      expect(await runs.messagesOfCustomer(workspaceId, 'c-1', { limit: 10, offset: 0 })).toHaveLength(1)
    })

    it('show nothing of one workspace to another', async () => {
      const { launch, runs } = await open(database, ['a@x.example'])
      await launch()
      expect(await runs.find('other', 'run')).toBeNull()
      expect(await runs.messages('other', 'campaign', { limit: 10, offset: 0 })).toEqual([])
      expect((await runs.progress('other', ['run'])).size).toBe(0)
      for (const control of ['pause', 'resume', 'cancel'] as const)
        expect(await runs[control]('other', 'run', nowMs)).toBe(false)
      expect(await runs.retryFailed('other', 'run', nowMs)).toBe(0)
    })

    it('are paused, resumed and cancelled as often as one likes, and never resumed after that', async () => {
      const { launch, runs } = await open(database, ['a@x.example'])
      await launch()
      const steps = ['pause', 'pause', 'resume', 'resume', 'pause', 'cancel', 'cancel', 'resume', 'pause'] as const
      const answers: boolean[] = []
      for (const step of steps) answers.push(await runs[step](workspaceId, 'run', nowMs))
      expect(answers).toEqual([true, true, true, true, true, true, true, false, false])
    })

    it('take part in the transaction of the caller', async () => {
      const { launch, runs, knex } = await open(database, ['a@x.example'])
      await launch()
      await expect(
        knex.transaction(async (transaction) => {
          await runs.pause(workspaceId, 'run', nowMs, transaction)
          throw new Error('the campaign could not be paused')
        }),
      ).rejects.toThrow('could not be paused')
      expect((await runs.find(workspaceId, 'run'))?.state).toBe('RUNNING')
    })

    it('send again to those they did not reach, and to nobody else', async () => {
      const { launch, sendAll, runs, progress, knex } = await open(database, [
        'a@x.example',
        'b@x.example',
        'c@x.example',
      ])
      await launch()
      await sendAll(({ customerId }) =>
        customerId === 'c-0'
          ? { result: 'rejected', code: 'VENDOR_REFUSED' }
          : customerId === 'c-1'
            ? { result: 'accepted' }
            : { result: 'doubt' },
      )
      expect(await runs.retryFailed(workspaceId, 'run', nowMs + 1)).toBe(1)
      expect(await runs.retryFailed(workspaceId, 'run', nowMs + 2)).toBe(0)
      expect(await progress()).toMatchObject({
        audience: 3,
        isBalanced: true,
        byDispatch: { PENDING: 1, ACCEPTED: 1, IN_DOUBT: 1 },
      })
      await knex('messages').where('dispatch', 'PENDING').update({ due_at_ms: nowMs })
      await knex('messages').where('dispatch', 'IN_DOUBT').update({ due_at_ms: nowMs })
      expect((await sendAll(() => ({ result: 'accepted' }))).sort()).toEqual(['c-0', 'c-2'])
      const keys = await knex('attempts').where('message_id', 'like', 'run.c-0.%').select('idempotency_key')
      expect(new Set(keys.map(({ idempotency_key }) => idempotency_key)).size).toBe(2)
      expect(await progress()).toMatchObject({ isBalanced: true, accepted: 3 })
    })

    it('keep what became of a message, and nothing personal, when its customer is erased', async () => {
      const { launch, sendAll, knex, runs, progress } = await open(database, ['a@x.example', 'b@x.example'])
      await launch()
      await sendAll(({ customerId }) => (customerId === 'c-0' ? { result: 'accepted' } : { result: 'notsent' }))
      for (const customerId of ['c-0', 'c-1']) {
        await eraseCustomer(knex, workspaceId, customerId)
        await knex('customers').where('id', customerId).delete()
      }
      expect(await knex('messages').whereNotNull('address').orWhereNotNull('body')).toEqual([])
      expect(await sendAll(() => ({ result: 'accepted' }))).toEqual([])
      expect(await progress()).toMatchObject({ isBalanced: true, byDispatch: { ACCEPTED: 1, SUPPRESSED: 1 } })
      expect((await runs.messages(workspaceId, 'campaign', { limit: 9, offset: 0 }))[0]).toMatchObject({
        customer: null,
        body: null,
      })
    })

    it('do not go on by themselves after more than an hour without a sign of life', async () => {
      const { launch, runs, ...opened } = await open(database, ['a@x.example'])
      await launch()
      const at = (ms: number) => createHeartbeat(opened, async () => ms)
      await at(nowMs + 1_000).beat()
      expect(await at(nowMs + 3_600_000).stopStale()).toBe(0)
      expect(await at(nowMs + 3_602_000).stopStale()).toBe(1)
      expect(await runs.find(workspaceId, 'run')).toMatchObject({ state: 'PAUSED', pauseReason: 'stale_resume' })
    })

    it('send nothing when the machine wakes up after more than an hour, and are stopped by the next sign of life', async () => {
      const { launch, runs, ...opened } = await open(database, ['a@x.example'])
      await launch()
      await createHeartbeat(opened, async () => nowMs).beat()
      const wokenAtMs = nowMs + 3_602_000
      const store = createMessageStore(opened, defaultPolicy, async () => wokenAtMs)
      expect(await store.claim({ limit: 10, leaseMs: 1_000 })).toEqual([])
      expect(await createHeartbeat(opened, async () => wokenAtMs).beat()).toBe(1)
      expect(await runs.find(workspaceId, 'run')).toMatchObject({ state: 'PAUSED', pauseReason: 'stale_resume' })
      expect(await runs.resume(workspaceId, 'run', wokenAtMs)).toBe(true)
      expect(await store.claim({ limit: 10, leaseMs: 1_000 })).toHaveLength(1)
    })

    it('are as alive as the database’s clock says, though the server’s own is far behind', async () => {
      const { launch, runs, ...opened } = await open(database, ['a@x.example'])
      await launch()
      const byDatabase = createHeartbeat(opened)
      expect(await byDatabase.beat()).toBe(0)
      await runs.pause(workspaceId, 'run', nowMs)
      await opened.knex('runs').update({ heartbeat_at_ms: 0 })
      await runs.resume(workspaceId, 'run', nowMs)
      expect(await byDatabase.beat()).toBe(0)
    })

    it('still start by themselves when their time comes after a long silence, but not when it is long past', async () => {
      const { launch, runs, ...opened } = await open(database, ['a@x.example'])
      const day = 24 * 3_600_000
      await launch({ startAtMs: nowMs + day })
      const at = (ms: number) => createHeartbeat(opened, async () => ms)
      await at(nowMs).beat()
      expect(await at(nowMs + day / 2).stopStale()).toBe(0)
      expect(await at(nowMs + day + 1_800_000).stopStale()).toBe(0)
      expect(await at(nowMs + 2 * day).stopStale()).toBe(1)
      expect(await runs.find(workspaceId, 'run')).toMatchObject({ state: 'PAUSED', pauseReason: 'stale_resume' })
    })

    it('are never ended while their books do not balance', async () => {
      const { launch, sendAll, instant, runs, ...opened } = await open(database, ['a@x.example'])
      await launch()
      await sendAll(() => ({ result: 'accepted' }))
      await opened.knex('runs').update({ audience: 2 })
      const told: unknown[] = []
      const book = createRunBook(opened, (...imbalance) => told.push(imbalance), instant)
      expect(await book.changes()).toEqual([])
      expect(told).toEqual([['run', 2, 1]])
      expect((await runs.find(workspaceId, 'run'))?.state).toBe('RUNNING')
    })

    it('have figures for the vendor’s page', async () => {
      const { launch, sendAll, receipts, knex } = await open(database, ['a@x.example', 'b@x.example'])
      await launch()
      await sendAll(() => ({ result: 'accepted' }))
      await receipts.append([
        {
          account: 'default',
          receiptId: '1',
          messageId: 'run.c-0.1',
          vendorMessageId: null,
          status: 'DELIVERED',
          occurredAtMs: nowMs + 400,
          reason: null,
        },
      ])
      await receipts.fold(10)
      const stats = createVendorStats(knex)
      expect(await stats(workspaceId, null)).toMatchObject({
        totalMessages: 2,
        avgDeliveryTimeMs: 400,
        successRate: 50,
        statusDistribution: { SENT: 1, DELIVERED: 1 },
      })
      expect(await stats(workspaceId, { fromMs: nowMs + 1, beforeMs: nowMs + 2 })).toMatchObject({
        totalMessages: 0,
        avgDeliveryTimeMs: 0,
      })
      expect(await stats('other', null)).toMatchObject({ totalMessages: 0 })
    })
  })
}

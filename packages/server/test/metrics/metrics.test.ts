import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import { readDeliveryFigures } from '../../src/metrics/delivery-figures-store.ts'
import { remembered } from '../../src/metrics/remembered.ts'
import { type Client, clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const databases = testDatabases(['sqlite', 'mariadb'])
const [sqlite] = databases
const quickVendor = {
  SIMULATED_VENDOR_MIN_LATENCY_MS: '0',
  SIMULATED_VENDOR_MAX_LATENCY_MS: '0',
  SIMULATED_VENDOR_SUCCESS_RATE: '1',
}

describe.each(databases)('metrics on $title', (database) => {
  it.skipIf(database.missing)('count what happened, in words that name nobody', async () => {
    const muster = await openMuster(database, quickVendor)
    try {
      const owner = await muster.register('Canary Bird')
      await launchTo(owner, ['canary-one@mail.example', 'canary-two@mail.example'])
      await owner.get('/api/customers?search=canary')
      await owner.get('/api/nowhere/canary')
      await muster.anyone.post(
        '/api/vendor/delivery-receipt',
        { messageId: 'canary-message', status: 'DELIVERED' },
        { 'x-vendor-key': 'a vendor key of the tests, long enough as well' },
      )
      const isDone = (text: string) =>
        /muster_receipts_total\{place="joined"\} 2/.test(text) &&
        /muster_receipts_total\{place="quarantined"\} 1/.test(text)
      const text = await metricsWhen(muster, isDone)
      expect(text).toContain('muster_vendor_answers_total{result="accepted",code="NONE"} 2')
      expect(text).toMatch(
        /http_request_duration_seconds_count\{method="GET",route="\/api\/customers",status="200"\} \d/,
      )
      expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="none",status="404"\} 1/)
      for (const name of [
        'nodejs_eventloop_lag_p99_seconds',
        'nodejs_eventloop_lag_max_seconds',
        'process_resident_memory_bytes',
        'muster_database_connections{state="used"}',
        'muster_messages{dispatch="IN_DOUBT"} 0',
        'muster_in_doubt_age_seconds_max 0',
        'muster_receipt_inbox_backlog',
        'muster_receipts_held{place="impossible"}',
        'muster_delivery_figures_readable 1',
      ])
        expect(text).toContain(name)
      expect(text).not.toMatch(/canary|mail\.example|Hello|Bearer|eyJ[\w-]{8,}\.|127\.0\.0\.1/i)
    } finally {
      await muster.stop()
    }
  })

  it.skipIf(database.missing)('show messages in doubt, and count no further than they need to', async () => {
    const opened = await database.open()
    const muster = await openMuster({ ...database, open: async () => ({ ...opened, close: async () => {} }) })
    try {
      const owner = await muster.register()
      await launchTo(owner, ['one@mail.example', 'two@mail.example'], '2099-01-01T00:00:00Z')
      const another = await connect(opened.url)
      const { knex } = another
      await knex('messages').limit(1).update({ dispatch: 'IN_DOUBT', first_intent_at_ms: 1_000 }).whereRaw('1 = 1')
      const statements: string[] = []
      knex.on('query', ({ sql }: { sql: string }) => statements.push(sql))
      const figures = await readDeliveryFigures(knex, 61_000)
      expect(figures).toMatchObject({ runs: { RUNNING: 1 }, openAudience: 2, oldestDoubtMs: 60_000, inboxBacklog: 0 })
      expect(figures.messages.IN_DOUBT + figures.messages.PENDING).toBe(2)
      const overMessages = statements.filter((sql) => /messages|receipts|receipt_inbox/.test(sql))
      expect(overMessages.length).toBeGreaterThan(13)
      expect(overMessages.filter((sql) => !/limit/.test(sql))).toEqual([])
      await disconnect(another)
    } finally {
      await muster.stop()
      await opened.close()
    }
  })
})

describe('metrics', () => {
  it('are for this machine alone, unless there is a token', async () => {
    const open = await openMuster(sqlite!)
    expect((await open.anyone.get('/metrics')).status).toBe(200)
    for (const header of ['x-forwarded-for', 'forwarded'])
      expect((await open.anyone.get('/metrics', { [header]: 'for=203.0.113.9' })).status).toBe(403)
    await open.stop()

    const token = 'a token of the readers of metrics, long enough'
    const guarded = await openMuster(sqlite!, { METRICS_TOKEN: token })
    const ask = async (authorization?: string) =>
      (await guarded.anyone.get('/metrics', authorization === undefined ? {} : { authorization })).status
    expect([await ask(), await ask(`Bearer ${token}x`), await ask(token), await ask(`Bearer ${token}`)]).toEqual([
      403, 403, 403, 200,
    ])
    const member = await guarded.register()
    expect((await clientOf(guarded.origin, member.token).get('/metrics')).status).toBe(403)
    await guarded.stop()
  })

  it('are read from the database at most once in a while, and again after a failure', async () => {
    let [nowMs, asked, isDown] = [0, 0, false]
    const read = remembered(
      async () => {
        asked++
        if (isDown) throw new Error('down')
        return asked
      },
      10_000,
      () => nowMs,
    )
    expect(await Promise.all([read(), read()])).toEqual([1, 1])
    nowMs = 9_999
    expect(await read()).toBe(1)
    nowMs = 10_000
    isDown = true
    await expect(read()).rejects.toThrow('down')
    isDown = false
    expect(await read()).toBe(3)
  })
})

async function launchTo(owner: Client, emails: readonly string[], scheduleAt?: string): Promise<void> {
  for (const email of emails) await owner.post('/api/customers', { email, name: 'Canary Song' })
  const rules = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }
  const id = (await owner.post('/api/campaigns', { name: 'Canary', rules })).text('data.id')
  const launched = await owner.post(`/api/campaigns/${id}/launch`, {
    message: 'Hello {name}',
    ...(scheduleAt === undefined ? {} : { scheduleAt }),
  })
  expect(launched.status).toBe(200)
}

/** Asks until the program has done what it does behind the answers. */
async function metricsWhen({ anyone }: OpenMuster, isDone: (text: string) => boolean): Promise<string> {
  for (let asked = 0; asked < 1_000; asked++) {
    const { body } = await anyone.get('/metrics')
    if (isDone(String(body))) return String(body)
  }
  throw new Error(`The metrics never showed it: ${String((await anyone.get('/metrics')).body)}`)
}

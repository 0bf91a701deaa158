import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defaultPolicy, type Progress } from '@muster/delivery-core'
import { createSeededRandom } from '@muster/delivery-core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabases } from '../../../../testing/databases.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { createDeliverySide } from '../../src/delivery-side.ts'
import { calmVendor, roughVendor, type SimulatedVendorSettings } from '../../src/vendor/simulated-vendor-settings.ts'
import { appOfRouters } from './app-of-routers.ts'
import { addCustomers, openMigrated, workspaceId } from './open-database-store.ts'
import { realClock } from './real-clock.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The sending side over real HTTP, with a vendor that behaves as it is told. */
async function open(
  database: TestDatabase,
  simulated: Partial<SimulatedVendorSettings>,
  people: number,
  concurrency = 16,
) {
  const opened = await openMigrated(database)
  closers.push(opened.close)
  const events: { kind: string }[] = []
  let onEvent = () => {}
  const ended: string[] = []
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const side = createDeliverySide({
    database: opened,
    config: {
      url: null,
      key: 'vendor-key-of-the-test',
      webhookSecrets: [Buffer.from('receipts are signed with this one').toString('base64')],
      ratePerSecond: 10_000,
      concurrency,
      callTimeoutMs: 20_000,
      keyHours: 24,
      doubtDeadlineMs: 60_000,
      simulated: { ...calmVendor, minLatencyMs: 1, maxLatencyMs: 20, receiptEveryMs: 5, ...simulated },
    },
    clock: realClock,
    random: createSeededRandom(7),
    newId: () => crypto.randomUUID(),
    ownUrl: () => `http://127.0.0.1:${port}/api`,
    policy: { ...defaultPolicy, retryBaseMs: 10, retryCapMs: 100 },
    tell: (event) => {
      events.push(event)
      onEvent()
    },
    onRunEnded: async ({ runId }) => {
      ended.push(runId)
      onEvent()
    },
    onRunPaused: async () => {},
  })
  const app = appOfRouters(side.routers)
  server.on('request', app.callback())
  await addCustomers(
    opened.knex,
    'c',
    Array.from({ length: people }, (_, index) => `p${index}@example.com`),
  )
  const runs = createRunStore(opened)
  await opened.knex.transaction((transaction) =>
    runs.launch(transaction, {
      runId: 'run',
      workspaceId,
      campaignId: 'campaign',
      campaignName: 'Spring',
      launchKey: 'campaign',
      template: 'Hi {name}, you spent {spending}',
      currency: 'USD',
      audience: opened.knex('customers').select({ customer_id: 'id', address: 'email_folded' }),
      nowMs: Date.now(),
      startAtMs: null,
    }),
  )
  closers.push(async () => {
    await side.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const progress = async (): Promise<Progress> => (await runs.progress(workspaceId, ['run'])).get('run')!
  const until = (isDone: (progress: Progress) => boolean) =>
    new Promise<Progress>((resolve, reject) => {
      let isAsking = false
      onEvent = () => {
        if (isAsking) return
        isAsking = true
        progress().then((now) => {
          isAsking = false
          if (isDone(now)) resolve(now)
        }, reject)
      }
      onEvent()
    })
  return { ...opened, side, events, ended, runs, progress, until }
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`a run over HTTP on ${database.title}`, () => {
    it('reaches everybody once and ends', async () => {
      const { side, until, knex, ended, events } = await open(database, {}, 200)
      await side.start()
      const done = await until((now) => now.finished === 200 && now.awaitingReceipt === 0 && ended.length > 0)
      expect(done).toMatchObject({ isBalanced: true, accepted: 200 })
      expect(done.byWireStatus.DELIVERED).toBeGreaterThan(150)
      expect(done.byWireStatus.DELIVERED + done.byWireStatus.FAILED + done.byWireStatus.BOUNCED).toBe(200)
      expect(await knex('simulated_vendor_messages').where('deliveries', '<>', 1).count({ n: '*' })).toEqual([{ n: 0 }])
      const [message] = await knex('messages').where('customer_id', 'c-3').select('body')
      expect(message.body).toBe('Hi Person 3, you spent $123.45')
      expect(events.filter(({ kind }) => kind.endsWith('-failed'))).toEqual([])
    })

    it('fault 26: reaches everybody once although the vendor is rough', async () => {
      const rough = {
        ...roughVendor,
        minLatencyMs: 1,
        maxLatencyMs: 20,
        receiptEveryMs: 5,
        lateByMs: 50,
        lostRate: 0,
        silenceMs: 20,
        retryAfterSeconds: 0,
      }
      const { side, until, knex } = await open(database, rough, 200)
      await side.start()
      const done = await until((now) => now.finished === 200 && now.awaitingReceipt === 0)
      expect(done).toMatchObject({ isBalanced: true, accepted: 200 })
      const rows = await knex('simulated_vendor_messages').select('message_id', 'deliveries')
      expect(rows).toHaveLength(200)
      expect(rows.every(({ deliveries }) => deliveries === 1)).toBe(true)
    })
  })
}

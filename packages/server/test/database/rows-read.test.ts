import { defaultPolicy } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { campaignDetail, campaignPage, campaignTotals } from '../../src/campaigns/read-campaigns.ts'
import { connect, type Database, disconnect } from '../../src/database/connect.ts'
import { createLongReads, type LongReads } from '../../src/database/long-reads.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { createAudience } from '../../src/segments/audience.ts'
import { createVendorStats } from '../../src/vendor/vendor-stats-store.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const later = '2099-01-01T00:00:00Z'
const newest = { status: null, search: null, sortBy: 'createdAt', descending: true, limit: 10, offset: 0 } as const

/** A launched campaign of so many messages, none of which is due yet. */
interface Launched {
  readonly size: number
  readonly workspaceId: string
  readonly campaignId: string
}

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`what is read of many messages on ${database.title}`, () => {
    let muster: OpenMuster
    let here: Database
    let longReads: LongReads
    let few: Launched
    let many: Launched
    beforeAll(async () => {
      muster = await openMuster(database)
      here = await connect(muster.databaseUrl)
      longReads = createLongReads(here)
      few = await launched(await muster.register(), 20)
      many = await launched(await muster.register(), 2_000)
    })
    afterAll(async () => {
      await longReads?.close()
      if (here !== undefined) await disconnect(here)
      await muster?.stop()
    })

    const parts = () => ({
      knex: here.knex,
      reads: here.reads,
      database: here,
      longReads,
      audience: createAudience(here, longReads),
      runs: createRunStore(here),
      world: { nowMs: Date.now, after: () => () => {}, random: Math.random, newId: () => `r${Math.random()}` },
      confirmAbove: null,
      wake: () => {},
    })

    it('fault 110: lists and totals of campaigns read as much for 2,000 messages as for 20', async () => {
      for (const ask of [
        ({ workspaceId }: Launched) => campaignPage(parts(), workspaceId, newest),
        ({ workspaceId }: Launched) => campaignTotals(parts(), workspaceId),
      ]) {
        const [little, much] = [(await readBy(() => ask(few))).seen, (await readBy(() => ask(many))).seen]
        expect(much).toEqual(little)
        expect(much.rows).toBeLessThan(40)
      }
    })

    it('fault 111: a campaign’s detail reads its newest messages alone', async () => {
      const { answer, seen } = await readBy(() => campaignDetail(parts(), many.workspaceId, many.campaignId, 100))
      expect(Object(answer).messages).toHaveLength(100)
      expect(seen.rows).toBeLessThan(300)
    })

    it('fault 116: the mean time of delivery is computed by the database', async () => {
      const stats = createVendorStats(here.knex)
      const [little, much] = [
        (await readBy(() => stats(few.workspaceId, null))).seen,
        (await readBy(() => stats(many.workspaceId, null))).seen,
      ]
      expect(much).toEqual(little)
      expect(much.rows).toBeLessThan(10)
    })

    it('fault 109: a launch writes its messages in as many statements for 2,000 people as for 20', async () => {
      const launch = ({ workspaceId, campaignId, size }: Launched) =>
        here.knex.transaction((transaction) =>
          createRunStore(here).launch(transaction, {
            runId: `again-${size}`,
            workspaceId,
            campaignId,
            campaignName: 'Again',
            launchKey: `again-${size}`,
            template: 'Hello',
            currency: 'USD',
            audience: transaction('customers')
              .where({ workspace_id: workspaceId })
              .select({ customer_id: 'id', address: 'email_folded' }),
            nowMs: Date.now(),
            startAtMs: Date.now() + defaultPolicy.retryCapMs,
          }),
        )
      const little = await readBy(() => launch(few))
      const much = await readBy(() => launch(many))
      expect([little.answer, much.answer].map((run) => Object(run).audience)).toEqual([20, 2_000])
      expect(much.seen).toEqual(little.seen)
      expect(much.seen.values).toBeLessThan(200)
    })

    async function launched(shop: Client, size: number): Promise<Launched> {
      const customers = Array.from({ length: size }, (_, index) => ({ email: `m${index}@mail.example`, name: 'M' }))
      await shop.post('/api/customers/bulk', { customers })
      const campaignId = (await shop.post('/api/campaigns', { name: 'All', rules: { everyone: true } })).text('id')
      const answer = await shop.post(`/api/campaigns/${campaignId}/launch`, { message: 'Hello', scheduleAt: later })
      expect([answer.status, answer.at('data.audienceSize')]).toEqual([200, size])
      const { workspace_id: workspaceId } = await here.knex('campaigns').where({ id: campaignId }).first('workspace_id')
      return { size, workspaceId, campaignId }
    }

    /** Counts the statements, their values, and the rows that came back to this process. */
    async function readBy(work: () => Promise<unknown>) {
      const seen = { statements: 0, values: 0, rows: 0 }
      const asked = ({ bindings = [] }: { bindings?: readonly unknown[] }) => {
        seen.statements += 1
        seen.values += bindings.length
      }
      const answered = (_response: unknown, { response }: { response?: unknown }) => {
        seen.rows += rowsIn(response)
      }
      const connections: readonly Knex[] = [...new Set([here.knex, here.reads])]
      for (const connection of connections) connection.on('query', asked).on('query-response', answered)
      try {
        return { answer: await work(), seen }
      } finally {
        for (const connection of connections) {
          connection.removeListener('query', asked)
          connection.removeListener('query-response', answered)
        }
      }
    }
  })
}

/** Drivers answer the rows, or the rows and what they know about their columns. */
function rowsIn(response: unknown): number {
  if (!Array.isArray(response)) return 0
  const [first] = response
  return Array.isArray(first) ? first.length : response.length
}

import { nanoid } from 'nanoid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createMemories } from '../../src/analytics/analytics-parts.ts'
import { readDashboard } from '../../src/analytics/dashboard.ts'
import { openBooks } from '../../src/analytics/open-books.ts'
import { insertDraft } from '../../src/campaigns/campaign-store.ts'
import { connect, type Database, disconnect } from '../../src/database/connect.ts'
import { createLongReads, type LongReads } from '../../src/database/long-reads.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { type AnalyticsShop, openShop } from './analytics-shop.ts'

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`a dashboard that is polled, on ${database.title}`, () => {
    let shop: AnalyticsShop
    let here: Database
    let longReads: LongReads
    beforeAll(async () => {
      shop = await openShop(database, Date.UTC(2026, 5, 15, 12))
      here = await connect(shop.url)
      longReads = createLongReads(here)
    })
    afterAll(async () => {
      await longReads?.close()
      if (here !== undefined) await disconnect(here)
      await shop?.close()
    })

    /** How many rows the database answers to one poll, and how long questions it is asked. */
    async function pollOf(messages: number): Promise<{ readonly rows: number; readonly longQuestions: number }> {
      const workspace = await shop.newWorkspace('UTC')
      await writeCampaign(workspace.workspaceId, messages)
      let longQuestions = 0
      const parts = {
        ...here,
        runs: createRunStore(here),
        world: shop.world,
        memories: createMemories(),
        longReads: {
          ...longReads,
          read: <Answer>(...asked: Parameters<typeof longReads.read<Answer>>) => {
            longQuestions += 1
            return longReads.read<Answer>(...asked)
          },
        },
      }
      const poll = async () => readDashboard(parts, await openBooks(parts, workspace.workspaceId), '30d')
      expect((await poll()).messages).toMatchObject({ total: messages, delivered: messages })
      let rows = 0
      const count = (answer: unknown) => {
        rows += Array.isArray(answer) ? answer.length : 0
      }
      longQuestions = 0
      here.reads.on('query-response', count)
      await poll()
      here.reads.off('query-response', count)
      return { rows, longQuestions }
    }

    async function writeCampaign(workspaceId: string, size: number): Promise<void> {
      const [id, runId, nowMs] = [nanoid(), nanoid(), shop.world.nowMs()]
      const plan = {
        name: 'C',
        description: null,
        rules: {},
        rule: { everyone: true },
        audienceSize: size,
        split: { variants: [], controlPercent: 0 },
      } as const
      await insertDraft(here.knex, { id, workspaceId, createdBy: 'u' }, { ...plan, audienceMeasuredAtMs: nowMs }, nowMs)
      await here.knex('runs').insert({
        ...{ id: runId, workspace_id: workspaceId, campaign_id: id, campaign_name: 'C', campaign_name_folded: 'c' },
        ...{ launch_key: id, account: 'none', state: 'RUNNING', epoch: 1, template: 'T', currency: 'USD' },
        ...{ audience: size, deduplicated: 0, resent: 0, heartbeat_at_ms: nowMs, created_at_ms: nowMs },
        updated_at_ms: nowMs,
      })
      const messages = Array.from({ length: size }, (_, index) => ({
        ...{ id: `${runId}.${index}`, workspace_id: workspaceId, run_id: runId, campaign_id: id, generation: 1 },
        ...{ customer_id: `c${index}`, address: `${index}@mail.example`, duplicates: 0, dispatch: 'ACCEPTED' },
        ...{ delivery: 'delivered', token: 0, attempts: 1, has_positive: true, has_negative: false },
        ...{ has_late_proof: false, sent_at_ms: nowMs, created_at_ms: nowMs, updated_at_ms: nowMs },
      }))
      await here.knex.batchInsert('messages', messages, 100)
    }

    it('fault 110: reads as few rows with a thousand messages as with ten, and nothing long where nothing has changed', async () => {
      const [few, many] = [await pollOf(10), await pollOf(1_000)]
      expect(many).toEqual(few)
      expect(many.rows).toBeLessThan(50)
      expect(many.longQuestions).toBe(0)
    })
  })
}

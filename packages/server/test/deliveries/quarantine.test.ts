import { defaultPolicy, type RawReceipt } from '@muster/delivery-core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createReceiptStore } from '../../src/deliveries/receipt-store.ts'
import { openMigrated } from './open-database-store.ts'

const startMs = Date.UTC(2026, 0, 1)

function receipt(vendorMessageId: string): RawReceipt {
  return {
    account: 'default',
    receiptId: `of ${vendorMessageId}`,
    messageId: null,
    vendorMessageId,
    status: 'DELIVERED',
    occurredAtMs: null,
    reason: null,
  }
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the quarantine on ${database.title}`, () => {
    it('lets the oldest go when it holds too many, once a minute, and counts them', async () => {
      const opened = await openMigrated(database)
      let nowMs = startMs
      const store = createReceiptStore(opened, defaultPolicy, async () => nowMs, 3)
      const arrive = async (...ids: string[]) => {
        nowMs += 1_000
        await store.append(ids.map(receipt))
        await store.fold(100)
      }
      for (const id of ['a', 'b', 'c', 'd', 'e']) await arrive(id)
      expect(await store.drain(100)).toEqual({ joined: 0, outdated: 0, crowdedOut: 2 })
      const kept = await opened.knex('receipts').orderBy('received_at_ms').select('vendor_message_id')
      expect(kept.map(({ vendor_message_id }) => vendor_message_id)).toEqual(['c', 'd', 'e'])
      await arrive('f')
      expect((await store.drain(100)).crowdedOut).toBe(0)
      nowMs += 60_000
      expect((await store.drain(100)).crowdedOut).toBe(1)
      await opened.close()
    })

    it('finds the receipt of a message that became known among thousands of strangers, in its turn', async () => {
      const opened = await openMigrated(database)
      let nowMs = startMs
      const store = createReceiptStore(opened, defaultPolicy, async () => nowMs)
      const message = { id: 'run.c.1', customer_id: 'c', address: 'c@example.org', generation: 1, duplicates: 0 }
      const strangers = Array.from({ length: 2_500 }, (_, index) => receipt(`stranger-${index}`))
      // In the middle, where neither the first look nor the last one reaches, and many in one millisecond.
      await store.append([...strangers.slice(0, 1_200), receipt('v-1'), ...strangers.slice(1_200)])
      while ((await store.fold(700)).taken > 0) nowMs += 1
      await opened.knex('runs').insert(run)
      await opened.knex('messages').insert({ ...message, ...sent })
      await opened.knex('attempts').insert(attempt)
      const looks: number[] = []
      do {
        nowMs += 1_000
        looks.push((await store.drain(100)).joined)
      } while (looks.at(-1) === 0 && looks.length < 20)
      expect(looks.at(-1)).toBe(1)
      expect(await opened.knex('messages').select('delivery')).toEqual([{ delivery: 'delivered' }])
      await opened.close()
    })
  })
}

const moments = { created_at_ms: startMs, updated_at_ms: startMs }
const run = {
  ...moments,
  id: 'run',
  workspace_id: 'workspace',
  campaign_id: 'campaign',
  campaign_name: 'Campaign',
  campaign_name_folded: 'campaign',
  launch_key: 'run',
  account: 'default',
  state: 'RUNNING',
  epoch: 1,
  template: 'Hi',
  currency: 'USD',
  audience: 1,
  deduplicated: 0,
  resent: 0,
  heartbeat_at_ms: startMs,
}
const sent = {
  ...moments,
  run_id: 'run',
  workspace_id: 'workspace',
  campaign_id: 'campaign',
  dispatch: 'ACCEPTED',
  delivery: 'none',
  token: 2,
  due_at_ms: startMs + defaultPolicy.receiptHorizonMs,
  attempts: 1,
  first_intent_at_ms: startMs,
  first_reached_at_ms: startMs,
  has_positive: false,
  has_negative: false,
  has_late_proof: false,
  sent_at_ms: startMs,
}
const attempt = {
  message_id: 'run.c.1',
  number: 1,
  token: 1,
  account: 'default',
  result: 'accepted',
  vendor_message_id: 'v-1',
  idempotency_key: 'rrun.c.1',
  body_hash: '',
  started_at_ms: startMs,
}

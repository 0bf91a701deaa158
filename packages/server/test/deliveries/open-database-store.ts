import type { DeliveryPolicy } from '@muster/delivery-core'
import type { OpenStore } from '@muster/delivery-core/testing'
import type { Knex } from 'knex'
import { afterAll } from 'vitest'
import type { TestDatabase } from '../../../../testing/databases.ts'
import { connect, type Database } from '../../src/database/connect.ts'
import { insertRows } from '../../src/database/insert-rows.ts'
import { migrate } from '../../src/database/migrate.ts'
import { createMessageStore } from '../../src/deliveries/message-store.ts'
import { createReceiptStore } from '../../src/deliveries/receipt-store.ts'
import { createRunBook } from '../../src/deliveries/run-book.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { suppressWithin } from '../../src/deliveries/suppression-store.ts'

export const workspaceId = 'workspace'

/** A migrated, empty database with one workspace. */
export interface OpenedForTest extends Database {
  readonly url: string
  /** Empties it for the next test of the same file, which gets it again: migrating takes a second on a server. */
  close(): Promise<void>
}

const spare = new Map<string, OpenedForTest[]>()
const drops: (() => Promise<void>)[] = []

afterAll(async () => {
  for (const drop of drops.splice(0)) await drop()
})

/** Children before their parents. */
const emptied = [
  'previewed_members',
  'previews',
  'attempts',
  'messages',
  'receipt_inbox',
  'receipts',
  'runs',
  'suppressions',
  'vendor_accounts',
  'rate_slots',
  'simulated_vendor_messages',
  'simulated_vendor_receipts',
  'customers',
  'workspaces',
]

export async function openMigrated(database: TestDatabase): Promise<OpenedForTest> {
  const opened = spare.get(database.name)?.pop() ?? (await createMigrated(database))
  await opened.knex('workspaces').insert({
    id: workspaceId,
    name: 'Test',
    time_zone: 'UTC',
    currency: 'USD',
    consent_policy: 'opt-out',
    created_at_ms: 0,
  })
  return opened
}

async function createMigrated(database: TestDatabase): Promise<OpenedForTest> {
  const opened = await database.open()
  const connected = await connect(opened.url)
  await migrate(connected, 0)
  drops.push(async () => {
    await connected.knex.destroy()
    await opened.close()
  })
  const forTest: OpenedForTest = {
    ...connected,
    url: opened.url,
    close: async () => {
      for (const table of emptied) await connected.knex(table).delete()
      spare.set(database.name, [...(spare.get(database.name) ?? []), forTest])
    },
  }
  return forTest
}

/** Customers with these addresses; the ids are the prefix and a number. */
export async function addCustomers(knex: Knex, prefix: string, addresses: readonly string[]): Promise<void> {
  const rows = addresses.map((address, index) => ({
    id: `${prefix}-${index}`,
    workspace_id: workspaceId,
    email: address,
    email_folded: `${prefix}-${index}@folded.example`,
    name: `Person ${index}`,
    name_folded: `person ${index}`,
    opening_spending_minor: 0,
    opening_visits: 0,
    total_spending_minor: 12_345,
    order_count: 0,
    visit_count: 0,
    attributes: '{}',
    attributes_folded: '{}',
    created_at_ms: 0,
    updated_at_ms: 0,
  }))
  await insertRows(knex, 'customers', rows)
}

/** The store in this database, as the contract wants to see it. */
export function openerFor(database: TestDatabase): OpenStore {
  return async (policy: DeliveryPolicy) => {
    const opened = await openMigrated(database)
    let nowMs = Date.UTC(2026, 0, 1)
    let launched = 0
    const instant = async () => nowMs
    const runs = createRunStore(opened)
    return {
      messages: createMessageStore(opened, policy, instant),
      receipts: createReceiptStore(opened, policy, instant),
      runs: createRunBook(
        opened,
        (runId) => {
          throw new Error(`The books of ${runId} do not balance`)
        },
        instant,
      ),
      nowMs: () => nowMs,
      passTime: (byMs) => {
        nowMs += byMs
      },
      launch: async (people, { account = 'default', startInMs = 0, closesInMs, sameAs } = {}) => {
        const runId = `run-${++launched}`
        const addresses =
          typeof people === 'number' ? Array.from({ length: people }, (_, index) => `p${index}@example.com`) : people
        if (sameAs === undefined) await addCustomers(opened.knex, runId, addresses)
        await opened.knex.transaction(async (transaction) => {
          await runs.launch(transaction, {
            runId,
            workspaceId,
            campaignId: `campaign-${launched}`,
            campaignName: 'Campaign',
            launchKey: runId,
            template: 'Hi {name}',
            currency: 'USD',
            audience: opened
              .knex('customers')
              .where('id', 'like', `${sameAs ?? runId}-%`)
              .select({ customer_id: 'id', address: 'email' }),
            nowMs,
            startAtMs: startInMs === 0 ? null : nowMs + startInMs,
            closesAtMs: closesInMs === undefined ? null : nowMs + closesInMs,
          })
          await transaction('runs').where('id', runId).update({ account })
        })
        return runId
      },
      pause: async (runId) => {
        await runs.pause(workspaceId, runId, nowMs)
      },
      resume: async (runId) => {
        await runs.resume(workspaceId, runId, nowMs)
      },
      cancel: async (runId) => {
        await runs.cancel(workspaceId, runId, nowMs)
      },
      suppress: async (customerId) => {
        const row = await opened.knex('messages').where('customer_id', customerId).first('address')
        const order = { workspaceId, userId: null, reason: 'operator' } as const
        await opened.knex.transaction((transaction) => suppressWithin(transaction, opened, order, [row.address], nowMs))
      },
      limitMessages: async (messages, days) => {
        await opened.knex('workspaces').update({ cap_messages: messages, cap_days: days })
      },
      keepQuiet: async (minutes) => {
        const clock = (atMs: number) => new Date(atMs).toISOString().slice(11, 16)
        const hours = { quiet_from: clock(nowMs), quiet_until: clock(nowMs + minutes * 60_000) }
        await opened.knex('workspaces').update(hours)
      },
      look: async (runId) => {
        const rows = await opened.knex('messages').where('run_id', runId).orderBy('id').select()
        return rows.map((row) => ({
          messageId: row.id,
          dispatch: row.dispatch,
          delivery: row.delivery,
          token: row.token,
          attempts: row.attempts,
          failureCode: row.failure_code,
          body: row.body,
        }))
      },
      runState: async (runId) => {
        const row = await opened.knex('runs').where('id', runId).first()
        return { state: row.state, reason: row.pause_reason, audience: Number(row.audience) }
      },
      close: opened.close,
    }
  }
}

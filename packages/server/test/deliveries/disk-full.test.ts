import { defaultPolicy, type RawReceipt } from '@muster/delivery-core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { migrate } from '../../src/database/migrate.ts'
import { createReceiptStore } from '../../src/deliveries/receipt-store.ts'

const [sqlite] = testDatabases(['sqlite'])

function receipt(number: number): RawReceipt {
  return {
    account: 'default',
    receiptId: `r${number}`,
    messageId: `m${number}`,
    vendorMessageId: null,
    status: 'DELIVERED',
    occurredAtMs: null,
    reason: 'x'.repeat(2_000),
  }
}

describe('a disk that is full', () => {
  it('keeps a batch of receipts whole or not at all, says that it failed, and takes it when there is room', async () => {
    const file = await sqlite!.open()
    const database = await connect(file.url)
    await migrate(database, 0)
    const { knex } = database
    const [{ page_count: pages }] = await knex.raw('pragma page_count')
    await knex.raw(`pragma max_page_count = ${pages + 8}`)
    const store = createReceiptStore(database, defaultPolicy)
    const batch = Array.from({ length: 200 }, (_, number) => receipt(number))
    // SQLite has taken the whole transaction back by itself, so that the driver's own rollback is what fails last.
    await expect(store.append(batch)).rejects.toThrow(/full|no such savepoint|no transaction is active/)
    expect(await knex('receipt_inbox').count({ n: '*' })).toEqual([{ n: 0 }])
    await store.append(batch.slice(0, 1))
    await knex.raw('pragma max_page_count = 1073741823')
    await store.append(batch.slice(1))
    expect(await knex('receipt_inbox').count({ n: '*' })).toEqual([{ n: 200 }])
    expect((await store.fold(500)).quarantined).toBe(200)
    await knex.destroy()
    await file.close()
  })
})

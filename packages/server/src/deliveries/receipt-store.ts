import type { DeliveryPolicy, ReceiptStore } from '@muster/delivery-core'
import type { Database } from '../database/connect.ts'
import { createDrainQuarantine } from './drain-quarantine.ts'
import { foldReceipts } from './fold-receipts.ts'
import { inboxRow } from './receipt-rows.ts'
import { writeRows } from './write-rows.ts'
import { databaseInstant, type Instant, inWriting } from './writing.ts'

/** The durable inbox of receipts, and its joining into messages, in SQL. */
export function createReceiptStore(
  database: Database,
  policy: DeliveryPolicy,
  instant: Instant = databaseInstant(database),
  mostQuarantined?: number,
): ReceiptStore {
  const drain = createDrainQuarantine(database, policy, mostQuarantined)
  return {
    append: (receipts) =>
      inWriting(database, instant, ({ transaction, nowMs }) =>
        writeRows(
          database,
          transaction,
          'receipt_inbox',
          receipts.map((receipt) => inboxRow(receipt, nowMs)),
        ),
      ),
    fold: (limit) => inWriting(database, instant, (writing) => foldReceipts(database, writing, limit, policy)),
    drain: (limit) => inWriting(database, instant, (writing) => drain(writing, limit)),
  }
}

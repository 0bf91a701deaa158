import type { DeliveryPolicy } from '@muster/delivery-core'
import type { Database } from '../database/connect.ts'
import { withMessages } from './find-messages.ts'
import { joinIntoMessages } from './join-receipts.ts'
import { type InboxRow, inboxColumns, keyOf } from './receipt-rows.ts'
import type { Writing } from './writing.ts'

/** How long a receipt for an unknown message is kept. */
const quarantineMs = 7 * 24 * 3_600_000

/** Receipts of the quarantine whose message has become known are joined; the outdated are dropped. */
export async function drainQuarantine(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<number> {
  await transaction('receipts')
    .where('place', 'quarantined')
    .where('received_at_ms', '<', nowMs - quarantineMs)
    .delete()
  const matching = transaction('receipts')
    .where('receipts.place', 'quarantined')
    .where((known) =>
      known
        .whereExists(
          transaction('attempts')
            .whereRaw('attempts.account = receipts.account and attempts.vendor_message_id = receipts.vendor_message_id')
            .select(transaction.raw('1')),
        )
        .orWhereExists(
          transaction('messages')
            .join('runs', 'runs.id', 'messages.run_id')
            .whereRaw('messages.id = receipts.message_id and runs.account = receipts.account')
            .select(transaction.raw('1')),
        ),
    )
    .limit(limit)
    .select(inboxColumns.map((column) => `receipts.${column}`))
  const rows: InboxRow[] = await matching
  if (rows.length === 0) return 0
  const incoming = await withMessages(transaction, new Map(rows.map((row) => [`${row.account} ${keyOf(row)}`, row])))
  await joinIntoMessages(database, { transaction, nowMs }, incoming, policy)
  for (const { key, row, place, messageId } of incoming) {
    await transaction('receipts')
      .where({ account: row.account, receipt_key: key })
      .update({ place, joined_message_id: messageId })
  }
  return incoming.filter(({ place }) => place !== 'quarantined').length
}

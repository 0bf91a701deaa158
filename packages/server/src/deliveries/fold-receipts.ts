import type { DeliveryPolicy, Fold } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { insertRows } from '../database/insert-rows.ts'
import { withMessages } from './find-messages.ts'
import { joinIntoMessages } from './join-receipts.ts'
import { type InboxRow, inboxColumns, keyOf, type Place, receiptRow } from './receipt-rows.ts'
import type { Writing } from './writing.ts'

/** Takes receipts out of the inbox and joins those that were never seen before into their messages. */
export async function foldReceipts(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<Fold> {
  const waiting = transaction('receipt_inbox')
    .orderBy('id')
    .limit(limit)
    .select('id', ...inboxColumns)
  const rows: (InboxRow & { id: number })[] = await (database.dialect === 'sqlite'
    ? waiting
    : waiting.forUpdate().skipLocked())
  if (rows.length === 0) return { taken: 0, joined: 0, repeated: 0, quarantined: 0, impossible: 0, unreadable: 0 }
  const fresh = await keepFresh(transaction, rows)
  const incoming = await withMessages(transaction, fresh)
  await joinIntoMessages(database, { transaction, nowMs }, incoming, policy)
  await insertRows(transaction, 'receipts', incoming.map(receiptRow))
  await transaction('receipt_inbox')
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    )
    .delete()
  const count = (...places: Place[]) => incoming.filter(({ place }) => places.includes(place)).length
  return {
    taken: rows.length,
    joined: count('joined', 'late'),
    repeated: rows.length - incoming.length,
    quarantined: count('quarantined'),
    impossible: count('impossible'),
    unreadable: count('unreadable'),
  }
}

/** Those that were never seen before, each once; the others are only counted. */
async function keepFresh(
  transaction: Knex.Transaction,
  rows: readonly InboxRow[],
): Promise<ReadonlyMap<string, InboxRow>> {
  const keyed = rows.map((row) => ({ key: keyOf(row), row }))
  const known: { account: string; receipt_key: string }[] = await transaction('receipts')
    .whereIn('receipt_key', [...new Set(keyed.map(({ key }) => key))])
    .select('account', 'receipt_key')
  const isKnown = new Set(known.map(({ account, receipt_key }) => `${account} ${receipt_key}`))
  const fresh = new Map<string, InboxRow>()
  const repeats = new Map<string, { readonly account: string; readonly key: string; count: number }>()
  for (const { key, row } of keyed) {
    const name = `${row.account} ${key}`
    if (!isKnown.has(name) && !fresh.has(name)) fresh.set(name, row)
    else repeats.set(name, { account: row.account, key, count: (repeats.get(name)?.count ?? 0) + 1 })
  }
  for (const [name, { account, key, count }] of repeats) {
    if (isKnown.has(name)) await transaction('receipts').where({ account, receipt_key: key }).increment('seen', count)
  }
  return fresh
}

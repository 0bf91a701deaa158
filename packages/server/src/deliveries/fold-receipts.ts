import type { DeliveryPolicy, Fold } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { changeRows, locking, oneOf, rowsOf } from '../database/plain-sql.ts'
import { withMessages } from './find-messages.ts'
import { joinIntoMessages } from './join-receipts.ts'
import { type InboxRow, inboxColumns, keyOf, type Place, receiptRow } from './receipt-rows.ts'
import { writeRows } from './write-rows.ts'
import type { Writing } from './writing.ts'

/** Takes receipts out of the inbox and joins those that were never seen before into their messages. */
export async function foldReceipts(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<Fold> {
  const rows = await rowsOf<InboxRow & { id: number }>(database, transaction, {
    sql: `select id, ${inboxColumns.join(', ')} from receipt_inbox order by id limit ?${locking(database, 'unheld')}`,
    values: [limit],
  })
  if (rows.length === 0) return nothing
  const { fresh, repeats } = await sortOut(database, transaction, rows)
  const incoming = await withMessages(database, transaction, fresh)
  const surprises = await joinIntoMessages(database, { transaction, nowMs }, incoming, policy)
  await writeRows(database, transaction, 'receipts', incoming.map(receiptRow))
  for (const { account, key, times } of repeats) {
    await transaction('receipts').where({ account, receipt_key: key }).increment('seen', times)
  }
  const taken = oneOf(
    database,
    rows.map(({ id }) => id),
  )
  await changeRows(database, transaction, {
    sql: `delete from receipt_inbox where id ${taken.sql}`,
    values: taken.values,
  })
  const count = (...places: Place[]) => incoming.filter(({ place }) => places.includes(place)).length
  return {
    taken: rows.length,
    joined: count('joined', 'late'),
    repeated: rows.length - incoming.length,
    quarantined: count('quarantined'),
    impossible: count('impossible'),
    unreadable: count('unreadable'),
    ...surprises,
  }
}

const nothing: Fold = {
  taken: 0,
  joined: 0,
  repeated: 0,
  quarantined: 0,
  impossible: 0,
  unreadable: 0,
  lateProofs: 0,
  contradictions: 0,
}

/** A receipt that was seen before, in this batch or earlier. */
interface Repeat {
  readonly account: string
  readonly key: string
  readonly times: number
}

/** Those that were never seen before, each once; of the others only how often they came. */
async function sortOut(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  rows: readonly InboxRow[],
): Promise<{ readonly fresh: ReadonlyMap<string, InboxRow>; readonly repeats: readonly Repeat[] }> {
  const keyed = rows.map((row) => ({ key: keyOf(row), row }))
  const accounts = oneOf(
    database,
    rows.map(({ account }) => account),
  )
  const keys = oneOf(
    database,
    keyed.map(({ key }) => key),
  )
  const known = await rowsOf<{ account: string; receipt_key: string }>(database, transaction, {
    // By the accounts too: only then does the primary key lead to the few that are known.
    sql: `select account, receipt_key from receipts where account ${accounts.sql} and receipt_key ${keys.sql}`,
    values: [...accounts.values, ...keys.values],
  })
  const isKnown = new Set(known.map(({ account, receipt_key }) => `${account} ${receipt_key}`))
  const fresh = new Map<string, InboxRow>()
  const repeats = new Map<string, Repeat>()
  for (const { key, row } of keyed) {
    const name = `${row.account} ${key}`
    if (!isKnown.has(name) && !fresh.has(name)) fresh.set(name, row)
    else repeats.set(name, { account: row.account, key, times: (repeats.get(name)?.times ?? 0) + 1 })
  }
  return { fresh, repeats: [...repeats.values()] }
}

import type { Knex } from 'knex'
import { among } from '../database/among.ts'
import type { Database } from '../database/connect.ts'
import { type InboxRow, type Incoming, keyOf } from './receipt-rows.ts'

/** Finds the message of each receipt: by our own id, else by the vendor's; within the receipt's account only. */
export async function withMessages(
  database: Pick<Database, 'dialect'>,
  transaction: Knex.Transaction,
  fresh: ReadonlyMap<string, InboxRow>,
): Promise<readonly Incoming[]> {
  const rows = [...fresh.values()]
  const ours = await idsIn(
    among(database, transaction('messages'), 'messages.id', given(rows, 'message_id'))
      .join('runs', 'runs.id', 'messages.run_id')
      .select({ id: 'messages.id', name: 'messages.id', account: 'runs.account' }),
  )
  const theirs = await idsIn(
    among(database, transaction('attempts'), 'vendor_message_id', given(rows, 'vendor_message_id'))
      .whereIn('account', [...new Set(rows.map(({ account }) => account))])
      .select({ id: 'message_id', name: 'vendor_message_id', account: 'account' }),
  )
  return rows.map((row) => {
    const byOurs = row.message_id === null ? undefined : ours.get(`${row.account} ${row.message_id}`)
    const byTheirs = row.vendor_message_id === null ? undefined : theirs.get(`${row.account} ${row.vendor_message_id}`)
    return { key: keyOf(row), row, messageId: byOurs ?? byTheirs ?? null, place: 'quarantined' }
  })
}

async function idsIn(query: Knex.QueryBuilder): Promise<ReadonlyMap<string, string>> {
  const rows: { id: string; name: string; account: string }[] = await query
  return new Map(rows.map(({ id, name, account }) => [`${account} ${name}`, id]))
}

function given(rows: readonly InboxRow[], column: 'message_id' | 'vendor_message_id'): string[] {
  return [...new Set(rows.map((row) => row[column]).filter((id) => id !== null))]
}

import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { oneOf, type Piece, rowsOf } from '../database/plain-sql.ts'
import { type InboxRow, type Incoming, keyOf } from './receipt-rows.ts'

/** Finds the message of each receipt: by our own id, else by the vendor's; within the receipt's account only. */
export async function withMessages(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  fresh: ReadonlyMap<string, InboxRow>,
): Promise<readonly Incoming[]> {
  const rows = [...fresh.values()]
  const accounts = oneOf(
    database,
    rows.map(({ account }) => account),
  )
  const ours = await idsIn(database, transaction, given(rows, 'message_id'), (ids) => ({
    sql: `select m.id, m.id as name, r.account from messages m join runs r on r.id = m.run_id where m.id ${ids.sql}`,
    values: ids.values,
  }))
  const theirs = await idsIn(database, transaction, given(rows, 'vendor_message_id'), (ids) => ({
    sql: `select message_id as id, vendor_message_id as name, account from attempts
      where vendor_message_id ${ids.sql} and account ${accounts.sql}`,
    values: [...ids.values, ...accounts.values],
  }))
  return rows.map((row) => {
    const byOurs = row.message_id === null ? undefined : ours.get(`${row.account} ${row.message_id}`)
    const byTheirs = row.vendor_message_id === null ? undefined : theirs.get(`${row.account} ${row.vendor_message_id}`)
    return { key: keyOf(row), row, messageId: byOurs ?? byTheirs ?? null, place: 'quarantined' }
  })
}

async function idsIn(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  names: readonly string[],
  statement: (names: Piece) => Piece,
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const rows = await rowsOf<{ id: string; name: string; account: string }>(
    database,
    transaction,
    statement(oneOf(database, names)),
  )
  return new Map(rows.map(({ id, name, account }) => [`${account} ${name}`, id]))
}

function given(rows: readonly InboxRow[], column: 'message_id' | 'vendor_message_id'): string[] {
  return [...new Set(rows.map((row) => row[column]).filter((id) => id !== null))]
}

import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import type { SqliteValue } from '../database/direct-sqlite.ts'
import { insertRows } from '../database/insert-rows.ts'

/** A new row. All rows of one table are given the same columns. */
export type Row = Readonly<Record<string, SqliteValue>>

/** Inserts rows: on SQLite by one prepared statement, run for each, elsewhere by few statements that hold many. */
export async function writeRows(
  { direct }: Pick<Database, 'direct'>,
  transaction: Knex.Transaction,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  if (direct === null) return insertRows(transaction, table, rows)
  const columns = Object.keys(first)
  direct.runEach(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    rows.map((row) => columns.map((column) => row[column] ?? null)),
  )
}

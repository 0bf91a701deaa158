import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import type { SqliteValue } from '../database/direct-sqlite.ts'
import { chunksOf, rowsPerStatement } from '../database/insert-rows.ts'

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
  const columns = Object.keys(first)
  const valuesOf = (row: Row) => columns.map((column) => row[column] ?? null)
  const into = `insert into ${table} (${columns.join(', ')}) values`
  const holes = `(${columns.map(() => '?').join(', ')})`
  if (direct !== null) return direct.runEach(`${into} ${holes}`, rows.map(valuesOf))
  for (const some of chunksOf(rows, rowsPerStatement)) {
    await transaction.raw(`${into} ${some.map(() => holes).join(', ')}`, some.flatMap(valuesOf))
  }
}

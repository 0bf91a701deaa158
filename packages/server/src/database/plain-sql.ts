import type { Knex } from 'knex'
import type { Database } from './connect.ts'
import type { SqliteValue } from './direct-sqlite.ts'

/** A piece of SQL, and the values of its question marks. */
export interface Piece {
  readonly sql: string
  readonly values: readonly SqliteValue[]
}

/**
 * The rows that a statement finds within a transaction, for statements that run for every few messages: written out,
 * because building one costs more than SQLite takes to answer it. The caller says what is in the rows.
 */
export async function rowsOf<Row>(
  { direct }: Pick<Database, 'direct'>,
  transaction: Knex.Transaction,
  { sql, values }: Piece,
): Promise<readonly Row[]> {
  if (direct !== null) return direct.all<Row>(sql, values)
  const [rows] = await transaction.raw<Row[][]>(sql, [...values])
  return rows ?? []
}

/** Changes rows within a transaction, by a statement of the same kind. */
export async function changeRows(
  { direct }: Pick<Database, 'direct'>,
  transaction: Knex.Transaction,
  { sql, values }: Piece,
): Promise<void> {
  if (direct !== null) direct.runEach(sql, [values])
  else await transaction.raw(sql, [...values])
}

/**
 * What follows a column that has to have one of these values. On SQLite they are bound as one list, so that the
 * statement's text does not depend on their number and stays prepared.
 */
export function oneOf({ dialect }: Pick<Database, 'dialect'>, values: Iterable<string | number>): Piece {
  const each = [...new Set(values)]
  return dialect === 'sqlite'
    ? { sql: 'in (select value from json_each(?))', values: [JSON.stringify(each)] }
    : // `in ()` is no SQL; nothing is null.
      { sql: `in (${each.map(() => '?').join(', ') || 'null'})`, values: each }
}

/**
 * After `select`: tables are joined, and their rows locked, in the order in which they are named. SQLite locks no rows
 * and needs no telling.
 */
export function inOrder({ dialect }: Pick<Database, 'dialect'>): string {
  return dialect === 'sqlite' ? '' : 'straight_join'
}

/**
 * The end of a statement that keeps others from changing its rows (`share`), also from reading them to change them
 * (`update`), and passes over the rows that somebody else has locked (`unheld`). SQLite has one writer.
 */
export function locking({ dialect }: Pick<Database, 'dialect'>, lock: 'share' | 'update' | 'unheld'): string {
  if (dialect === 'sqlite') return ''
  if (lock === 'share') return ' lock in share mode'
  return lock === 'update' ? ' for update' : ' for update skip locked'
}

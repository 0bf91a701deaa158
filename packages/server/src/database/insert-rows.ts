import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Knex } from 'knex'

/** SQLite takes at most 500 rows in one statement and 32,766 values; MySQL gains nothing beyond this. */
export const rowsPerStatement = 250

/**
 * Inserts any number of rows, in statements that every database takes. Between two statements others get their
 * turn: better-sqlite3 answers before any socket is looked at, and a bulk import would hold them all up.
 */
export async function insertRows(
  knex: Knex,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (const chunk of chunksOf(rows, rowsPerStatement)) {
    await knex(table).insert(chunk)
    await othersTurn()
  }
}

/** How many values one `in (…)` holds. */
const idsPerStatement = 500

/** Asks for rows by many ids, in statements that every database takes. */
export async function byChunks<Id, Row>(
  ids: Iterable<Id>,
  ask: (chunk: readonly Id[]) => PromiseLike<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  const chunks = chunksOf([...new Set(ids)], idsPerStatement)
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0) await othersTurn()
    rows.push(...(await ask(chunk)))
  }
  return rows
}

/** Parts of at most this size, in order. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

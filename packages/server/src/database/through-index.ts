import type { Knex } from 'knex'

/**
 * A table read through a named index, in the words of the database. For statements that run right after a bulk
 * write: statistics are then still those of the empty table, and MariaDB scanned a whole workspace for each
 * of 5,000 customers (minutes) where the index answers in a moment.
 */
export function throughIndex(knex: Knex, table: string, index: string): string {
  const isSqlite = knex.client.config.client === 'better-sqlite3'
  return isSqlite ? `${table} indexed by ${index}` : `${table} force index (${index})`
}

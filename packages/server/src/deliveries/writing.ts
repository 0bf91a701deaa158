import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'

/** A transaction, and what the time is in it by the one clock that all workers share. */
export interface Writing {
  readonly transaction: Knex.Transaction
  readonly nowMs: number
}

/** Says what the time is. Handed in by tests; by default the database says it. */
export type Instant = (transaction: Knex.Transaction) => Promise<number>

/**
 * Runs `work` in a transaction that writes. On SQLite the write lock is taken first, as BEGIN IMMEDIATE would, because
 * a transaction that reads before it writes can be refused when another process wrote in between.
 */
export function inWriting<Answer>(
  { knex, dialect }: Database,
  instant: Instant,
  work: (writing: Writing) => Promise<Answer>,
): Promise<Answer> {
  return inTransaction(
    knex,
    async (transaction) => {
      if (dialect === 'sqlite') await transaction('runs').whereRaw('1 = 0').update({ epoch: 0 })
      return work({ transaction, nowMs: await instant(transaction) })
    },
    isBusy,
  )
}

/** Leases and due times are compared by the database's clock, so that no worker's own clock can matter. */
export function databaseInstant({ dialect }: Pick<Database, 'dialect'>): Instant {
  if (dialect === 'sqlite') {
    return async (transaction) => {
      const [row] = await transaction.raw<{ now: number }[]>(
        `select cast(unixepoch('subsec') * 1000 as integer) as now`,
      )
      return Number(row?.now)
    }
  }
  return async (transaction) => {
    const [rows] = await transaction.raw<{ now: number | string }[][]>(
      'select floor(unix_timestamp(now(3)) * 1000) as now',
    )
    return Number(rows?.[0]?.now)
  }
}

/**
 * Another process held the lock for longer than the driver waits, or wrote the same receipt at the same instant: the
 * second time its row is there to be seen.
 */
function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return (
    code === 'SQLITE_BUSY' || code === 'SQLITE_BUSY_SNAPSHOT' || code === 'ER_LOCK_WAIT_TIMEOUT' || isDuplicate(error)
  )
}

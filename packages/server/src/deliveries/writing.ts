import type { Knex } from 'knex'
import { type CommitTogether, createCommitTogether } from '../database/commit-together.ts'
import type { Database } from '../database/connect.ts'
import type { DirectSqlite } from '../database/direct-sqlite.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'

/** A transaction, and what the time is in it by the one clock that all workers share. */
export interface Writing {
  readonly transaction: Knex.Transaction
  readonly nowMs: number
}

/** Says what the time is. Handed in by tests; by default the database says it. */
export type Instant = (transaction: Knex.Transaction) => Promise<number>

/**
 * Runs `work` in a transaction that writes; when it resolves, what was written is durable. On SQLite those that wait at
 * the same time share one commit, each in a savepoint.
 */
export function inWriting<Answer>(
  database: Database,
  instant: Instant,
  work: (writing: Writing) => Promise<Answer>,
): Promise<Answer> {
  const write = async (transaction: Knex.Transaction) => work({ transaction, nowMs: await instant(transaction) })
  const { knex, direct } = database
  return direct === null ? inTransaction(knex, write, isBusy) : togetherOn(direct)(write)
}

const together = new WeakMap<DirectSqlite, CommitTogether>()

/** All stores on one database share its commits. */
function togetherOn(direct: DirectSqlite): CommitTogether {
  const known = together.get(direct) ?? createCommitTogether(direct, isBusy)
  together.set(direct, known)
  return known
}

/** Leases and due times are compared by the database's clock, so that no worker's own clock can matter. */
export function databaseInstant({ direct }: Pick<Database, 'direct'>): Instant {
  if (direct !== null) {
    return async () => {
      const [row] = direct.all<{ now: number }>(`select cast(unixepoch('subsec') * 1000 as integer) as now`, [])
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

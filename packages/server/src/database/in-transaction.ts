import type { Knex } from 'knex'

/** A deadlock's loser is rolled back whole by the server, so trying again is safe; more than this is no accident. */
const mostAttempts = 5

/**
 * Runs `work` in a transaction, once more where the database chose it as a deadlock's loser, or where
 * `isWorthRepeating` says so of the error. Inside, only `transaction` may be used: SQLite has one connection,
 * and the transaction holds it.
 */
export async function inTransaction<Answer>(
  knex: Knex,
  work: (transaction: Knex.Transaction) => Promise<Answer>,
  isWorthRepeating: (error: unknown) => boolean = () => false,
): Promise<Answer> {
  return repeatedly(
    () => knex.transaction(work),
    (error) => isDeadlock(error) || isWorthRepeating(error),
  )
}

/** Tries again, at once and a few times, where the error is worth it. */
export async function repeatedly<Answer>(
  attempt: () => Promise<Answer>,
  isWorthRepeating: (error: unknown) => boolean,
): Promise<Answer> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt()
    } catch (error) {
      if (attempts >= mostAttempts || !isWorthRepeating(error)) throw error
    }
  }
}

/** Whether the database refused a row because another one has the same unique value. */
export function isDuplicate(error: unknown): boolean {
  return hasCode(error, ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'])
}

function isDeadlock(error: unknown): boolean {
  return hasCode(error, ['ER_LOCK_DEADLOCK', 'ER_CHECKREAD'])
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

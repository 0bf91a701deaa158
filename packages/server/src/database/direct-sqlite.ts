import { open } from 'node:fs/promises'
import type { Knex } from 'knex'

/** What can be bound to a statement. */
export type SqliteValue = string | number | null

/**
 * SQLite without Knex between, for what runs for every message: a statement is prepared once and not once a batch.
 * Everything happens on the one connection there is, so it belongs into a transaction that holds that connection.
 */
export interface DirectSqlite {
  /** Runs a statement for each row of values, in turn. */
  runEach(sql: string, rows: Iterable<readonly SqliteValue[]>): void
  /** The rows that a statement finds. The caller says what is in them, as with any query. */
  all<Row>(sql: string, values: readonly SqliteValue[]): Row[]
  /**
   * A transaction of Knex whose commit does not wait for the disk. Whoever relies on it calls `flush` first. All other
   * transactions of this connection are on the disk when they have committed.
   */
  transactionUnflushed<Answer>(work: (transaction: Knex.Transaction) => Promise<Answer>): Promise<Answer>
  /**
   * Resolves when everything that was committed before the call is on the disk. The waiting is done by another thread:
   * a commit that waits itself was measured to hold up everything else for 3 to 4 ms.
   * @throws once the disk has failed, then and ever after: nobody knows any more what it holds
   */
  flush(): Promise<void>
}

/** As far as this file knows a connection of better-sqlite3. */
export interface SqliteConnection {
  pragma(text: string, options?: { readonly simple: boolean }): unknown
  prepare(sql: string): SqliteStatement
}

interface SqliteStatement {
  run(...values: SqliteValue[]): unknown
  all(...values: SqliteValue[]): unknown[]
}

/** Statements that are kept prepared; there are some thirty. */
const mostStatements = 200

/** `connectionNow` is the connection of the pool, which has only one. */
export function createDirectSqlite(knex: Knex, path: string, connectionNow: () => SqliteConnection): DirectSqlite {
  const statements = new Map<string, SqliteStatement>()
  let preparedOn: SqliteConnection | null = null
  const prepared = (sql: string): SqliteStatement => {
    const connection = connectionNow()
    if (preparedOn !== connection || statements.size >= mostStatements) statements.clear()
    preparedOn = connection
    const statement = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    runEach: (sql, rows) => {
      const statement = prepared(sql)
      for (const row of rows) statement.run(...row)
    },
    all: <Row>(sql: string, values: readonly SqliteValue[]) => prepared(sql).all(...values) as Row[],
    transactionUnflushed: async (work) => {
      const connection: SqliteConnection = await knex.client.acquireConnection()
      try {
        // Without a write-ahead log there is nothing that could be flushed later.
        if (hasLog(connection)) connection.pragma('synchronous = normal')
        return await knex.transaction(work, { connection })
      } finally {
        connection.pragma('synchronous = full')
        await knex.client.releaseConnection(connection)
      }
    },
    flush: path === ':memory:' ? async () => {} : createFlush(`${path}-wal`, () => hasLog(connectionNow())),
  }
}

function hasLog(connection: SqliteConnection): boolean {
  return connection.pragma('journal_mode', { simple: true }) === 'wal'
}

/** One flush at a time. Whoever comes during one waits for the next: the present one may have begun too early. */
function createFlush(logPath: string, isNeeded: () => boolean): () => Promise<void> {
  let present: Promise<void> | null = null
  let next: Promise<void> | null = null
  let failure: unknown = null
  const start = (): Promise<void> => {
    present = flushFile(logPath)
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => {
        present = null
      })
    return present
  }
  return async () => {
    if (!isNeeded()) return
    if (present === null) await start()
    else {
      next ??= present.then(() => {
        next = null
        return start()
      })
      await next
    }
    if (failure !== null) throw failure
  }
}

/** Opened anew each time, so that nothing has to be closed. SQLite's locks lie on other files and are not touched. */
async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

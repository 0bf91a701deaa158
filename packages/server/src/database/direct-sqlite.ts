import { closeSync, fdatasync, openSync } from 'node:fs'
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
  close(): unknown
}

interface SqliteStatement {
  run(...values: SqliteValue[]): unknown
  all(...values: SqliteValue[]): unknown[]
}

/** Statements that are kept prepared. Beyond that the one that was prepared first is prepared anew. */
const mostStatements = 200

/**
 * Keeps statements prepared for Knex too, which prepares each anew every time: a fifth of what its queries cost.
 * Texts that differ with the number of their values are not worth keeping, and push out the others only slowly.
 */
export function keepStatements(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection)
  const statements = new Map<string, SqliteStatement>()
  connection.prepare = (sql) => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = prepare(sql)
    if (statements.size >= mostStatements) statements.delete(statements.keys().next().value ?? '')
    statements.set(sql, statement)
    return statement
  }
}

/** `connectionNow` is the connection of the pool, which has only one; it keeps its statements prepared. */
export function createDirectSqlite(knex: Knex, path: string, connectionNow: () => SqliteConnection): DirectSqlite {
  return {
    runEach: (sql, rows) => {
      const statement = connectionNow().prepare(sql)
      for (const row of rows) statement.run(...row)
    },
    all: <Row>(sql: string, values: readonly SqliteValue[]) =>
      connectionNow()
        .prepare(sql)
        .all(...values) as Row[],
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
    flush: path === ':memory:' ? async () => {} : createFlush(`${path}-wal`, connectionNow),
  }
}

function hasLog(connection: SqliteConnection): boolean {
  return connection.pragma('journal_mode', { simple: true }) === 'wal'
}

/** One flush at a time. Whoever comes during one waits for the next: the present one may have begun too early. */
function createFlush(logPath: string, connectionNow: () => SqliteConnection): () => Promise<void> {
  let present: Promise<void> | null = null
  let next: Promise<void> | null = null
  let failure: unknown = null
  let file: number | null = null
  const start = (): Promise<void> => {
    file ??= openWithConnection(logPath, connectionNow(), () => {
      file = null
    })
    present = flushFile(file)
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => {
        present = null
      })
    return present
  }
  return async () => {
    if (!hasLog(connectionNow())) return
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

/** Open for as long as the connection, during which nobody removes the log. SQLite's locks lie on other files. */
function openWithConnection(path: string, connection: SqliteConnection, onClosed: () => void): number {
  const file = openSync(path, 'r+')
  const close = connection.close.bind(connection)
  connection.close = () => {
    closeSync(file)
    onClosed()
    return close()
  }
  return file
}

function flushFile(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(file, (error) => (error === null ? resolve() : reject(error)))
  })
}

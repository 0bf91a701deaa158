import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import createKnex, { type Knex } from 'knex'
import { createDirectSqlite, type DirectSqlite, keepStatements, type SqliteConnection } from './direct-sqlite.ts'
import type { Dialect } from './migrations/migration.ts'
import { addSlotFunction } from './stable-slot.ts'

/** An open database: Knex over it, and which SQL it speaks. */
export interface Database {
  readonly knex: Knex
  readonly dialect: Dialect
  /**
   * For reading what is committed. On SQLite a connection of its own, which no transaction of the others holds up; on a
   * server the same as `knex`.
   */
  readonly reads: Knex
  /** The file of an SQLite database that other processes can open; null elsewhere. */
  readonly path: string | null
  /** For the statements that run for every message; null where the database is none of SQLite's. */
  readonly direct: DirectSqlite | null
}

/** How many connections a MySQL or MariaDB server is asked for at most. */
const mostConnections = 10

/** Knex would print failures with their stack to the console; they are thrown as well, and told by whoever asked. */
const silence = { debug: () => {}, deprecate: () => {}, error: () => {}, warn: () => {} }

/**
 * Opens `sqlite:PATH`, `sqlite::memory:` or `mysql://user:password@host:port/database`.
 * The caller closes it with `knex.destroy()`.
 * @throws when the server cannot be reached or the file cannot be opened
 */
export async function connect(url: string): Promise<Database> {
  return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openMysql(url)
}

/**
 * One connection on purpose: better-sqlite3 answers synchronously, so a second writer in this process
 * would block the thread that the first one needs to finish.
 */
async function openSqlite(path: string): Promise<Database> {
  if (path !== ':memory:') createPrivateFile(path)
  let connection: SqliteConnection
  const prepare: typeof prepareSqlite = (opened, done) => {
    connection = opened
    keepStatements(opened)
    prepareSqlite(opened, done)
  }
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: path },
    useNullAsDefault: true,
    log: silence,
    pool: { min: 1, max: 1, afterCreate: prepare },
  })
  await orClose(knex, knex.raw('select 1'))
  const file = path === ':memory:' ? null : path
  const reads = file === null ? knex : openSqliteReads(file)
  return { knex, reads, path: file, dialect: 'sqlite', direct: createDirectSqlite(knex, path, () => connection) }
}

/** Closes every connection. */
export async function disconnect({ knex, reads }: Database): Promise<void> {
  await knex.destroy()
  if (reads !== knex) await reads.destroy()
}

/**
 * Opens with the first question. In the write-ahead log readers see the last commit and wait for nobody: while a bulk
 * import holds the one connection that writes, lists, sessions and `/health` are answered between its statements.
 */
function openSqliteReads(path: string): Knex {
  return createKnex({
    client: 'better-sqlite3',
    connection: { filename: path, options: { readonly: true } },
    useNullAsDefault: true,
    log: silence,
    pool: { min: 0, max: 1, afterCreate: prepareSqliteReads },
  })
}

function prepareSqliteReads(connection: SqliteConnection, done: (error?: Error) => void): void {
  keepStatements(connection)
  for (const setting of ['busy_timeout = 10000', 'trusted_schema = off', 'query_only = on', 'cache_size = -16384'])
    connection.pragma(setting)
  done()
}

/** Personal data lies in this file: only its owner may read it. The WAL files inherit the mode. */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

/**
 * `synchronous = full`: what is committed survives a power cut too. A message's intent and a receipt's 2xx rest
 * on it. Measured: 4 to 5 ms a commit instead of 0.04, which is why whatever writes often writes in batches.
 * 16 MB of cache: with 64 the process outgrew 200 MB, and the pages of the system's own cache are nearly as near.
 */
function prepareSqlite(connection: OpenedSqlite, done: (error?: Error) => void): void {
  const settings = ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'busy_timeout = 10000']
  for (const setting of [...settings, 'trusted_schema = off', 'cell_size_check = on', 'cache_size = -16384'])
    connection.pragma(setting)
  addSlotFunction(connection)
  done()
}

type OpenedSqlite = SqliteConnection & Parameters<typeof addSlotFunction>[0]

async function openMysql(url: string): Promise<Database> {
  const address = new URL(url)
  const knex = createKnex({
    client: 'mysql2',
    connection: {
      host: address.hostname.replace(/^\[|\]$/g, ''),
      port: Number(address.port || 3306),
      user: decodeURIComponent(address.username),
      password: decodeURIComponent(address.password),
      database: decodeURIComponent(address.pathname.slice(1)),
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: false,
    },
    pool: { min: 0, max: mostConnections, afterCreate: prepareMysql },
    log: silence,
  })
  const [rows] = await orClose(knex, knex.raw<{ version: string }[][]>('select version() as version'))
  return {
    knex,
    reads: knex,
    path: null,
    dialect: /mariadb/i.test(rows?.[0]?.version ?? '') ? 'mariadb' : 'mysql',
    direct: null,
  }
}

/**
 * The same strictness on every server. The mode is set whole, because `NO_BACKSLASH_ESCAPES` would break the
 * driver's quoting; read committed, because a statement then sees what the lock before it waited for.
 */
function prepareMysql(
  connection: { query(sql: string, done: (error: Error | null) => void): unknown },
  done: (error: Error | null, connection: unknown) => void,
): void {
  const mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'
  connection.query(`set session sql_mode = '${mode},NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'`, (error) =>
    error
      ? done(error, connection)
      : connection.query('set session transaction isolation level read committed', (second) =>
          done(second, connection),
        ),
  )
}

async function orClose<Answer>(knex: Knex, answer: PromiseLike<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    await knex.destroy()
    throw error
  }
}

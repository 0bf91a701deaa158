import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DialectName } from '@muster/segment-core'
import createKnex, { type Knex } from 'knex'
import { connect, createFoundation, migrate } from './server-schema.ts'

/** A database of the bench's own, with the server's tables in it. */
export interface BenchDatabase {
  readonly name: DatabaseName
  readonly dialect: DialectName
  /** As the server's `DATABASE_URL` names it. */
  readonly url: string
  readonly knex: Knex
  /** Drops it. */
  drop(): Promise<void>
}

export type DatabaseName = 'sqlite' | 'mariadb' | 'mysql' | 'postgresql'

/** All that can be measured. */
export const databaseNames: readonly DatabaseName[] = ['sqlite', 'mariadb', 'mysql', 'postgresql']

/** Those of a list like `sqlite,mariadb`. */
export function databasesNamed(list: string): readonly DatabaseName[] {
  return list.split(',').map((name) => {
    const found = databaseNames.find((known) => known === name)
    if (found === undefined) throw new Error(`"${name}" is none of ${databaseNames.join(', ')}`)
    return found
  })
}

const usualAddress = {
  mariadb: { variable: 'TEST_MARIADB_URL', url: 'mysql://root@127.0.0.1:3306' },
  mysql: { variable: 'TEST_MYSQL_URL', url: 'mysql://root@127.0.0.1:33097' },
  postgresql: { variable: 'TEST_POSTGRES_URL', url: 'postgres://postgres@127.0.0.1:5432' },
} as const

/** Opens a fresh database with the server's tables. Rejects where no such server answers. */
export async function openDatabase(name: DatabaseName, nowMs: number): Promise<BenchDatabase> {
  if (name === 'sqlite') return openSqlite(nowMs)
  const { variable, url: usual } = usualAddress[name]
  const server = process.env[variable] ?? usual
  return name === 'postgresql' ? openPostgres(server) : openMysql(name, server, nowMs)
}

async function openSqlite(nowMs: number): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'))
  const url = `sqlite:${join(folder, 'bench.sqlite')}`
  const database = await connect(url)
  await migrate(database, nowMs)
  const drop = async () => {
    await database.knex.destroy()
    await rm(folder, { recursive: true })
  }
  return { name: 'sqlite', dialect: 'sqlite', url, knex: database.knex, drop }
}

async function openMysql(name: 'mariadb' | 'mysql', server: string, nowMs: number): Promise<BenchDatabase> {
  const { url, dropDatabase } = await createDatabase('mysql2', server)
  const database = await connect(url)
  await migrate(database, nowMs)
  const drop = async () => {
    await database.knex.destroy()
    await dropDatabase()
  }
  return { name, dialect: database.dialect, url, knex: database.knex, drop }
}

async function openPostgres(server: string): Promise<BenchDatabase> {
  const { url, dropDatabase } = await createDatabase('pg', server)
  const knex = createKnex({ client: 'pg', connection: url, pool: { min: 0, max: 2 } })
  await createFoundation(knex)
  const drop = async () => {
    await knex.destroy()
    await dropDatabase()
  }
  return { name: 'postgresql', dialect: 'postgresql', url, knex, drop }
}

async function createDatabase(client: 'mysql2' | 'pg', server: string) {
  const name = `muster_bench_${randomBytes(6).toString('hex')}`
  const run = async (statement: string) => {
    const knex = createKnex({ client, connection: server, pool: { min: 0, max: 1 } })
    try {
      await knex.raw(statement)
    } finally {
      await knex.destroy()
    }
  }
  await run(`create database ${name}`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  return { url, dropDatabase: () => run(`drop database ${name}`) }
}

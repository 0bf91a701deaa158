/** The databases that suites run on: which of them are there, and a fresh empty one on request. */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import knexOf, { type Knex } from 'knex'
import { inject } from 'vitest'

export type DatabaseName = 'sqlite' | 'mariadb' | 'mysql' | 'postgres'

/** Where a database server answers, or why it is not used. Found once a run by `find-services.ts`. */
export type FoundService = { readonly url: string } | { readonly missing: string }

export interface TestDatabase {
  readonly name: DatabaseName
  /** For `describe`: the name, and the reason where it is skipped. */
  readonly title: string
  /** True where no such server answered; give it to `describe.skipIf`. */
  readonly missing: boolean
  /** A fresh, empty database of its own name. Closing it drops it. */
  open(): Promise<OpenedDatabase>
}

export interface OpenedDatabase {
  readonly knex: Knex
  readonly dialect: 'sqlite' | 'mariadb' | 'mysql' | 'postgresql'
  /** As `DATABASE_URL` names it. */
  readonly url: string
  close(): Promise<void>
}

/** The named databases, each there or missing with its reason. */
export function testDatabases(names: readonly DatabaseName[]): readonly TestDatabase[] {
  return names.map((name) => {
    if (name === 'sqlite') return { name, title: 'sqlite', missing: false, open: openSqlite }
    const service = inject('services')[name]
    if ('missing' in service) {
      const refuse = () => Promise.reject(new Error(service.missing))
      return { name, title: `${name} (skipped: ${service.missing})`, missing: true, open: refuse }
    }
    return { name, title: name, missing: false, open: () => openOnServer(name, service.url) }
  })
}

async function openSqlite(): Promise<OpenedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-test-'))
  const filename = join(folder, 'test.sqlite')
  const knex = knexOf({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true })
  return {
    knex,
    dialect: 'sqlite',
    url: `sqlite:${filename}`,
    close: async () => {
      await knex.destroy()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function openOnServer(name: 'mariadb' | 'mysql' | 'postgres', serverUrl: string): Promise<OpenedDatabase> {
  const database = `muster_test_${randomBytes(6).toString('hex')}`
  const client = name === 'postgres' ? 'pg' : 'mysql2'
  const url = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href
  await onServer(client, serverUrl, `create database ${database}`)
  const knex = knexOf({ client, connection: url, pool: { min: 0, max: 8 } })
  return {
    knex,
    dialect: name === 'postgres' ? 'postgresql' : name,
    url,
    close: async () => {
      await knex.destroy()
      await onServer(client, serverUrl, `drop database ${database}`)
    },
  }
}

async function onServer(client: string, url: string, statement: string): Promise<void> {
  const server = knexOf({ client, connection: url, pool: { min: 0, max: 1 } })
  try {
    await server.raw(statement)
  } finally {
    await server.destroy()
  }
}

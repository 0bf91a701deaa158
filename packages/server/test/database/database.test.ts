import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type OpenedDatabase, testDatabases } from '../../../../testing/databases.ts'
import { connect, type Database } from '../../src/database/connect.ts'
import { folded } from '../../src/database/folded.ts'
import { inTransaction, isDuplicate } from '../../src/database/in-transaction.ts'
import { byChunks, insertRows } from '../../src/database/insert-rows.ts'
import { isMigrated, migrate } from '../../src/database/migrate.ts'
import { everyMigration } from '../../src/database/migrations/every-migration.ts'

const runFile = promisify(execFile)
const names = everyMigration.map(({ name }) => name)

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the schema on ${database.title}`, () => {
    const open: (Database | OpenedDatabase)[] = []
    afterEach(async () => {
      for (const each of open.splice(0).reverse()) await ('close' in each ? each.close() : each.knex.destroy())
    })
    const fresh = async () => {
      const opened = await database.open()
      open.push(opened)
      return opened.url
    }
    const connected = async (url: string) => {
      const here = await connect(url)
      open.push(here)
      return here
    }

    it('fault 57: is brought up once, however many processes start together', async () => {
      const url = await fresh()
      const taken = await Promise.all([migrateElsewhere(url), migrateElsewhere(url), migrateElsewhere(url)])
      expect(taken.flat()).toEqual(names)
      const here = await connected(url)
      expect(here.dialect).toBe(database.name)
      expect(await isMigrated(here.knex)).toBe(true)
      expect(await migrate(here, 3)).toEqual([])
    })

    it('of a newer release, or one that was left half changed, is not built upon', async () => {
      const here = await connected(await fresh())
      await migrate(here, 1)
      await here.knex('schema_versions').insert({ name: '9999-from-the-future', finished_at_ms: 1 })
      await expect(migrate(here, 2)).rejects.toThrow(
        'The database was written by a newer release (it has 9999-from-the-future)',
      )
      await here.knex('schema_versions').where({ name: '9999-from-the-future' }).delete()
      await here.knex('schema_versions').where({ name: names[0] }).update({ finished_at_ms: null })
      expect(await isMigrated(here.knex)).toBe(false)
      await expect(migrate(here, 2)).rejects.toThrow(`The migration ${names[0]} was interrupted`)
    })

    it('takes a failing step back, or remembers that it began', async () => {
      const here = await connected(await fresh())
      const broken = { name: '0001-broken', up: () => Promise.reject(new Error('broken')) }
      await expect(migrate(here, 1, [broken])).rejects.toThrow('broken')
      const fixed = { name: '0001-broken', up: async () => {} }
      expect(await migrate(here, 2, [fixed])).toEqual(['0001-broken'])
    })

    it('repeats the loser of a deadlock', async () => {
      const here = await connected(await fresh())
      const tries: number[] = []
      const deadlock = Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' })
      const answer = await inTransaction(here.knex, async () => {
        tries.push(1)
        if (tries.length < 3) throw deadlock
        return 'done'
      })
      expect([answer, tries.length]).toEqual(['done', 3])
      await expect(inTransaction(here.knex, () => Promise.reject(deadlock))).rejects.toBe(deadlock)
    })
  })

  describe.skipIf(database.missing)(`a migrated ${database.title}`, () => {
    let opened: OpenedDatabase
    let here: Database
    beforeAll(async () => {
      opened = await database.open()
      here = await connect(opened.url)
      await migrate(here, 1)
      await here.knex('workspaces').insert(workspace)
    })
    afterAll(async () => {
      await here.knex.destroy()
      await opened.close()
    })

    it('tells texts apart code point by code point, trailing blanks included', async () => {
      const texts = ['a', 'A', 'a ', 'ä', 'a\u0308', 'ß', 'ss', '🙂', '🙃', 'a\t']
      for (const [index, name] of texts.entries()) await here.knex('segments').insert(segment(String(index), name))
      for (const [index, name] of texts.entries()) {
        expect(await here.knex('segments').where({ name }).select('id')).toEqual([{ id: String(index) }])
      }
      const refusal: unknown = await here
        .knex('segments')
        .insert(segment('again', 'a '))
        .catch((error: unknown) => error)
      expect(isDuplicate(refusal)).toBe(true)
      const sorted = await here.knex('segments').orderBy('name').select('name')
      expect(sorted.map(({ name }) => name)).toEqual(
        [...texts].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
      )
    })

    it('refuses a child of another workspace and an unknown status', async () => {
      await here.knex('workspaces').insert({ ...workspace, id: 'other' })
      const order = { id: 'o', workspace_id: 'w', customer_id: 'c', total_minor: 1, created_at_ms: 1, updated_at_ms: 1 }
      await expect(here.knex('orders').insert({ ...order, status: 'LOST' })).rejects.toThrow()
      await here.knex('orders').insert({ ...order, status: 'PENDING' })
      const item = {
        id: 'i',
        order_id: 'o',
        position: 0,
        product_name: 'x',
        product_name_folded: 'x',
        quantity: 1,
        price_minor: 1,
      }
      await expect(here.knex('order_items').insert({ ...item, workspace_id: 'other' })).rejects.toThrow()
      await here.knex('order_items').insert({ ...item, workspace_id: 'w' })
    })

    it('keeps money, instants and long texts whole', async () => {
      const rules = JSON.stringify('🙂'.repeat(50_000))
      const description = 'long '.repeat(2_000)
      await here.knex('segments').insert({
        ...segment('s', 'n'),
        rules,
        description,
        size: 999_999_999_999_999,
        created_at_ms: 253_402_300_799_999,
      })
      expect(await here.knex('segments').where({ id: 's' }).first()).toMatchObject({
        rules,
        description,
        size: 999_999_999_999_999,
        created_at_ms: 253_402_300_799_999,
      })
    })
  })
}

describe('an SQLite file', () => {
  it('is its owner’s alone, journals ahead, and holds to foreign keys', async () => {
    const [sqlite] = testDatabases(['sqlite'])
    const opened = await sqlite!.open()
    const path = `${opened.url.slice('sqlite:'.length)}-dir/new.sqlite`
    const here = await connect(`sqlite:${path}`)
    try {
      await migrate(here, 1)
      for (const suffix of ['', '-wal', '-shm']) expect(statSync(`${path}${suffix}`).mode & 0o777).toBe(0o600)
      const pragma = async (name: string) => Object.values((await here.knex.raw(`pragma ${name}`))[0])[0]
      expect([await pragma('journal_mode'), await pragma('foreign_keys'), await pragma('trusted_schema')]).toEqual([
        'wal',
        1,
        0,
      ])
    } finally {
      await here.knex.destroy()
      await opened.close()
    }
  })

  it('may live in memory', async () => {
    const here = await connect('sqlite::memory:')
    await migrate(here, 1)
    expect(await isMigrated(here.knex)).toBe(true)
    await here.knex.destroy()
  })
})

describe('a bulk write', () => {
  it('takes any number of rows, and lets others take their turn in between', async () => {
    const here = await connect('sqlite::memory:')
    await here.knex.schema.createTable('numbers', (table) => table.integer('number'))
    let turns = 0
    const count = () => {
      turns++
      next = setImmediate(count)
    }
    let next = setImmediate(count)
    const numbers = Array.from({ length: 1_600 }, (_, number) => ({ number }))
    await insertRows(here.knex, 'numbers', numbers)
    expect(turns).toBeGreaterThanOrEqual(6)
    const read = await byChunks(
      numbers.map(({ number }) => number),
      (chunk) => here.knex('numbers').whereIn('number', chunk).orderBy('number').select('number'),
    )
    expect(read).toEqual(numbers)
    expect(turns).toBeGreaterThanOrEqual(9)
    clearImmediate(next)
    await insertRows(here.knex, 'numbers', [])
    await here.knex.destroy()
  })
})

describe('folded text', () => {
  it.each([
    ['ÄRGER', 'ärger'],
    ['A\u0308', 'ä'],
    ['İ', 'i\u0307'],
    ['STRASSE', 'strasse'],
    ['ß', 'ß'],
    [null, null],
  ])('%s', (text, expected) => {
    expect(folded(text)).toBe(expected)
  })
})

describe('importing the catalog', () => {
  it('starts nothing and opens nothing', async () => {
    const program = `
      const before = process.getActiveResourcesInfo().length
      const { crmCatalog } = await import(${JSON.stringify(built('catalog/index.js'))})
      process.once('beforeExit', () => console.log(crmCatalog.root, process.getActiveResourcesInfo().length - before))`
    const { stdout } = await runFile(process.execPath, ['--input-type=module', '-e', program], { env: {} })
    expect(stdout).toBe('customers 0\n')
  })
})

/** Migrates in a process of its own, as a second server would. */
async function migrateElsewhere(url: string): Promise<readonly string[]> {
  const program = `
    import { connect } from ${JSON.stringify(built('database/connect.js'))}
    import { migrate } from ${JSON.stringify(built('database/migrate.js'))}
    const database = await connect(${JSON.stringify(url)})
    console.log(JSON.stringify(await migrate(database, 1)))
    await database.knex.destroy()`
  const { stdout } = await runFile(process.execPath, ['--input-type=module', '-e', program])
  return JSON.parse(stdout)
}

function built(path: string): string {
  return fileURLToPath(new URL(`../../dist/${path}`, import.meta.url))
}

const workspace = { id: 'w', name: 'W', time_zone: 'UTC', currency: 'USD', consent_policy: 'opt-out', created_at_ms: 1 }

function segment(id: string, name: string) {
  const stored = {
    rules: '{}',
    rule: '{}',
    size: 0,
    measured_at_ms: 1,
    created_by: 'u',
    created_at_ms: 1,
    updated_at_ms: 1,
  }
  return { id, workspace_id: 'w', name, ...stored }
}

import type { Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, type Database, disconnect } from '../../src/database/connect.ts'
import { createLongReads, type LongReads } from '../../src/database/long-reads.ts'

const codeOf = async (answer: Promise<unknown>) => {
  try {
    await answer
    return 'answered'
  } catch (error) {
    return Reflect.get(Object(error), 'code') ?? String(error)
  }
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`long reads on ${database.title}`, () => {
    let opened: Awaited<ReturnType<typeof database.open>>
    let here: Database
    let longReads: LongReads
    beforeAll(async () => {
      opened = await database.open()
      here = await connect(opened.url)
      await here.knex.schema.createTable('numbers', (table) => {
        table.integer('n').notNullable()
      })
      await here.knex('numbers').insert(Array.from({ length: 200 }, (_, n) => ({ n })))
      longReads = createLongReads(here)
    })
    afterAll(async () => {
      await longReads?.close()
      if (here !== undefined) await disconnect(here)
      await opened?.close()
    })

    const count = (): Knex.QueryBuilder => here.knex('numbers').count({ size: '*' })
    /** Hours of work for any database: 200 to the fifth power, by an expression that no index answers. */
    const endless = (): Knex.QueryBuilder =>
      here.knex
        .from({ a: 'numbers', b: 'numbers', c: 'numbers', d: 'numbers', e: 'numbers' })
        .whereRaw('(a.n * b.n + c.n * d.n + e.n) % 7 = 3')
        .count({ size: '*' })
    const ask = (query: () => Knex.QueryBuilder, timeLimitMs: number, more = {}) =>
      longReads.read({ workspaceId: 'w', timeLimitMs, ...more }, (asked) => asked<{ size: number }>(query()))

    it('answer what was asked, over one state of the data', async () => {
      const both = await longReads.read({ workspaceId: 'w', timeLimitMs: 10_000 }, async (asked) => {
        const [before] = await asked<{ size: number }>(count())
        await here.knex('numbers').insert({ n: 1000 })
        const [after] = await asked<{ size: number }>(count())
        return [before?.size, after?.size]
      })
      expect(both).toEqual([200, 200])
      expect(await ask(count, 10_000)).toEqual([{ size: 201 }])
    })

    it('are stopped at their time, while the server goes on answering', async () => {
      const startedMs = Date.now()
      const slow = codeOf(ask(endless, 1_000))
      const others = await Promise.all(Array.from({ length: 20 }, () => here.reads('numbers').count({ size: '*' })))
      expect(Date.now() - startedMs).toBeLessThan(900)
      expect(others).toHaveLength(20)
      expect(await slow).toBe('AUDIENCE_TOO_SLOW')
      expect(Date.now() - startedMs).toBeLessThan(4_000)
      expect(await running()).toEqual([])
      expect(await ask(count, 10_000)).toEqual([{ size: 201 }])
    })

    it('are stopped when whoever asked goes away', async () => {
      const gone = new AbortController()
      const slow = codeOf(ask(endless, 60_000, { signal: gone.signal }))
      await here.reads('numbers').count({ size: '*' })
      gone.abort()
      expect(await slow).toBe('CALLER_GONE')
      expect(await running()).toEqual([])
    })

    it('run two at a time for one workspace; a third waits, and is turned away at its time', async () => {
      const gone = new AbortController()
      const busy = [1, 2].map(() => codeOf(ask(endless, 60_000, { signal: gone.signal })))
      expect(await codeOf(ask(count, 300))).toBe('TOO_MANY_QUESTIONS')
      const elsewhere = longReads.read({ workspaceId: 'x', timeLimitMs: 10_000 }, (asked) => asked(count()))
      expect(await elsewhere).toEqual([{ size: 201 }])
      const waiting = codeOf(ask(count, 10_000))
      gone.abort()
      expect(await Promise.all(busy)).toEqual(['CALLER_GONE', 'CALLER_GONE'])
      expect(await waiting).toBe('answered')
    })

    it('can write nothing', async () => {
      const writing = longReads.read({ workspaceId: 'w', timeLimitMs: 10_000 }, (asked) =>
        asked(here.knex('numbers').insert({ n: 1 })),
      )
      await expect(writing).rejects.toThrow()
      expect(await ask(count, 10_000)).toEqual([{ size: 201 }])
    })

    /** The endless statements that the server still works on. SQLite's ran in a process that is dead. */
    async function running(): Promise<readonly unknown[]> {
      if (here.dialect === 'sqlite') return []
      const [rows] = await here.knex.raw(`select id from information_schema.processlist
        where db = database() and info like '%b.n + c.n%' and id <> connection_id()`)
      return rows
    }
  })
}

import type { Knex } from 'knex'
import { afterEach, describe, expect, it } from 'vitest'
import { createCommitTogether } from '../../src/database/commit-together.ts'
import { connect, type Database } from '../../src/database/connect.ts'
import type { DirectSqlite } from '../../src/database/direct-sqlite.ts'

const opened: Database[] = []
afterEach(async () => {
  for (const { knex } of opened.splice(0)) await knex.destroy()
})

/** A database in memory whose disk answers when the test lets it. */
async function open() {
  const database = await connect('sqlite::memory:')
  opened.push(database)
  const { knex, direct } = database
  if (direct === null) throw new Error('SQLite has a direct door')
  await knex.schema.createTable('runs', (table) => table.integer('epoch'))
  const commits: number[] = []
  const flushes: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  const slow: Pick<DirectSqlite, 'runEach' | 'transactionUnflushed' | 'flush'> = {
    ...direct,
    transactionUnflushed: async (work) => {
      commits.push(commits.length)
      return direct.transactionUnflushed(work)
    },
    flush: () => new Promise((resolve, reject) => flushes.push({ resolve, reject })),
  }
  const together = createCommitTogether(slow, () => false)
  const write = (epoch: number) => (transaction: Knex.Transaction) => transaction('runs').insert({ epoch })
  return { together, commits, flushes, write, rows: () => knex('runs').orderBy('epoch').pluck<number[]>('epoch') }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('commits that are made together', () => {
  it('answer nobody before the disk has answered, and make the next commit meanwhile', async () => {
    const { together, commits, flushes, write, rows } = await open()
    const answered: string[] = []
    void together(write(1)).then(() => answered.push('first'))
    await turns()
    void together(write(2)).then(() => answered.push('second'))
    await turns()
    expect([commits.length, flushes.length, answered]).toEqual([2, 2, []])
    expect(await rows()).toEqual([1, 2])
    flushes[0]!.resolve()
    await turns()
    expect(answered).toEqual(['first'])
    flushes[1]!.resolve()
    await turns()
    expect(answered).toEqual(['first', 'second'])
  })

  it('take back only what fails, and tell only whoever asked for it', async () => {
    const { together, commits, flushes, write, rows } = await open()
    const failing = together(async (transaction) => {
      await write(2)(transaction)
      throw new Error('thought better of it')
    })
    const all = Promise.allSettled([together(write(1)), failing, together(write(3))])
    await turns()
    flushes[0]!.resolve()
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect([commits.length, await rows()]).toEqual([1, [1, 3]])
  })

  it('tell everybody when the disk fails: nobody knows then what it holds', async () => {
    const { together, flushes, write } = await open()
    const all = Promise.allSettled([together(write(1)), together(write(2))])
    await turns()
    flushes[0]!.reject(new Error('the disk is gone'))
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})

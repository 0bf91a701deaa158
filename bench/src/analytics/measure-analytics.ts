import { type BenchDatabase, type DatabaseName, openDatabase } from '../audiences/bench-database.ts'
import { loadShop } from '../audiences/load-shop.ts'
import { type ShopSize, workspaceId } from '../audiences/shop.ts'
import { say, sayTable, short } from '../measuring/print.ts'
import { spreadOf } from '../measuring/spread.ts'
import { nowMs } from '../predicates/customers/records.ts'
import { loadItems } from './load-items.ts'
import { type Question, questions } from './questions.ts'
import {
  type AnalyticsParts,
  connect,
  createLongReads,
  createMemories,
  createRunStore,
  disconnect,
  noteChanges,
  openBooks,
} from './server-figures.ts'

export interface AnalyticsSettings extends ShopSize {
  readonly databases: readonly DatabaseName[]
  readonly rounds: number
}

/** Measures every figure of a large shop, in one database after the other. */
export async function measureAnalytics({ databases, rounds, ...size }: AnalyticsSettings): Promise<void> {
  for (const name of databases) {
    say(`\n${name}: ${size.customers.toLocaleString('en')} customers, ${size.orders.toLocaleString('en')} orders`)
    const database = await openDatabase(name, nowMs)
    try {
      await loadShop(database, size)
      await loadItems(database)
      await measureIn(database, rounds)
    } finally {
      await database.drop()
    }
  }
}

async function measureIn({ url }: BenchDatabase, rounds: number): Promise<void> {
  const opened = await connect(url)
  const longReads = createLongReads(opened)
  const { knex, reads } = opened
  const world = { nowMs: () => nowMs, after: () => () => {}, random: () => 0.5, newId: () => 'none' }
  const parts = { knex, reads, longReads, world, runs: createRunStore(opened), memories: createMemories() }
  const build = await msOf(() => openBooks(parts, workspaceId))
  say(`every day counted from scratch: ${short(build)} ms`)
  const rows: string[][] = []
  for (const question of questions) rows.push(await rowOf(question, parts, rounds))
  sayTable(['ms', 'cold', 'warm', 'after an order', 'direct', 'direct ÷ warm'], rows)
  await longReads.close()
  await disconnect(opened)
}

/**
 * Cold: nothing of this process is remembered, as after a start. Warm: nothing has changed since, as with most polls. After
 * an order: that day has to be counted again, and whatever was computed from orders is out of date.
 */
async function rowOf({ name, ours, direct }: Question, parts: AnalyticsParts, rounds: number): Promise<string[]> {
  const cold = await middle(rounds, async () => msOf(() => ours({ ...parts, memories: createMemories() })))
  const kept = { ...parts, memories: createMemories() }
  await ours(kept)
  const warm = await middle(rounds * 5, () => msOf(() => ours(kept)))
  const after = await middle(rounds, async () => {
    await parts.knex.transaction((transaction) => noteChanges(transaction, workspaceId, [nowMs]))
    return msOf(() => ours(kept))
  })
  const rows = direct === undefined ? null : await middle(rounds, () => msOf(() => direct(parts.reads)))
  return [
    name,
    short(cold),
    short(warm),
    short(after),
    rows === null ? '' : short(rows),
    rows === null ? '' : short(rows / warm),
  ]
}

async function middle(rounds: number, measureOnce: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await measureOnce())
  return spreadOf(times).median
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

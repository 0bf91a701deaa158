import { say, sayTable, short, verdict } from '../measuring/print.ts'
import { nowMs } from '../predicates/customers/records.ts'
import { startAsking } from './ask.ts'
import { type BenchDatabase, type DatabaseName, openDatabase } from './bench-database.ts'
import { type Compared, compareFormulations } from './compare.ts'
import { loadShop } from './load-shop.ts'
import { measureTypical } from './measure-typical.ts'
import { ownFormulations } from './own-formulations.ts'
import { questionsAbout } from './questions.ts'
import type { ShopSize } from './shop.ts'

/** What is measured, and how much. */
export interface AudienceSizes extends ShopSize {
  readonly databases: readonly DatabaseName[]
  readonly rounds: number
  /** So many typical rules are asked besides Q1 to Q7. */
  readonly sample: number
  /** After so long a formulation is given up, where the database can. */
  readonly mostMs: number
}

/** Our SQL may take so many times what the best known formulation takes, or so much longer that nobody can tell. */
const [mostRatio, imperceptibleMs] = [1.25, 0.5]

/** Loads a shop into each database, asks Q1 to Q7 in all formulations and prints the tables. */
export async function measureAudiences(sizes: AudienceSizes): Promise<void> {
  for (const name of sizes.databases) {
    const database = await openOrSay(name)
    if (database === undefined) continue
    try {
      await measureDatabase(database, sizes)
    } finally {
      await database.drop()
    }
  }
}

async function openOrSay(name: DatabaseName): Promise<BenchDatabase | undefined> {
  try {
    return await openDatabase(name, nowMs)
  } catch (error) {
    say(`\n${name} is left out: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

async function measureDatabase(database: BenchDatabase, sizes: AudienceSizes): Promise<void> {
  const { customers, orders, rounds, mostMs, sample } = sizes
  const startMs = Date.now()
  const shop = await loadShop(database, sizes)
  const seconds = Math.round((Date.now() - startMs) / 1000)
  say(
    `\n${database.name}: ${customers.toLocaleString('en')} customers, ${orders.toLocaleString('en')} orders (loaded in ${seconds} s)`,
  )
  const asking = await startAsking(database, mostMs)
  try {
    for (const { name, rule, formulations } of questionsAbout(shop)) {
      const all = [...ownFormulations(rule, database), ...formulations(database.dialect)]
      sayCompared(name, await compareFormulations(asking, all, rounds))
    }
    if (sample > 0) await measureTypical(asking, database, sample)
  } finally {
    await asking.end()
  }
}

function sayCompared(name: string, { size, timed }: Compared): void {
  const rivals = timed.slice(2).filter(({ formulation }) => formulation.isUnsafe !== true)
  const bestOf = (figure: 'median' | 'min') =>
    Math.min(...rivals.flatMap(({ ms }) => (ms === undefined ? [] : [ms[figure]])))
  const [bestMs, leastMs] = [bestOf('median'), bestOf('min')]
  say()
  sayTable(
    [`${name}: ${size.toLocaleString('en')} customers`, 'ms min', 'median', 'max', '× best', 'of least', 'target'],
    timed.map(({ formulation, ms }, index) => {
      const title = formulation.isUnsafe === true ? `${formulation.name} (not safe here)` : formulation.name
      if (ms === undefined) return [title, '', 'given up']
      const ratio = ms.median / bestMs
      const target =
        index < 2 ? verdict(ratio <= mostRatio || ms.median - bestMs <= imperceptibleMs, `at most ${mostRatio} ×`) : ''
      return [title, short(ms.min), short(ms.median), short(ms.max), short(ratio), short(ms.min / leastMs), target]
    }),
  )
}

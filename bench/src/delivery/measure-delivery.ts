import { type BenchDatabase, type DatabaseName, openDatabase } from '../audiences/bench-database.ts'
import { say } from '../measuring/print.ts'
import { measureMemory } from './measure-memory.ts'
import { measureReceipts } from './measure-receipts.ts'
import { measureSends } from './measure-sends.ts'
import { measureSnapshot } from './measure-snapshot.ts'

export interface DeliverySize {
  readonly databases: readonly DatabaseName[]
  /** Messages of one campaign where sending and receipts are measured. */
  readonly messages: number
  /** Recipients of one campaign where the snapshot and memory are measured. */
  readonly recipients: number
  readonly rounds: number
  /** Which of the four parts: all of them where it is empty. */
  readonly parts: readonly string[]
}

/** Sending, receipts, snapshots and memory of a real server process, each on a fresh database. */
export async function measureDelivery({ databases, messages, recipients, rounds, parts }: DeliverySize): Promise<void> {
  const isWanted = (part: string) => parts.length === 0 || parts.includes(part)
  for (const name of databases) {
    say(`\n${name}`)
    const onFresh = (work: (database: BenchDatabase) => Promise<void>) => onFreshDatabase(name, work)
    if (isWanted('sends')) {
      for (const { latencyMs, concurrency } of paces) {
        await onFresh((database) => measureSends(database, { latencyMs, concurrency, messages }, rounds))
      }
    }
    if (isWanted('receipts')) await onFresh((database) => measureReceipts(database, messages, rounds))
    if (isWanted('snapshot')) await onFresh((database) => measureSnapshot(database, recipients, rounds))
    if (isWanted('memory')) await onFresh((database) => measureMemory(database, 10_000, recipients))
  }
}

/** A usual vendor, where waiting is most of the time, and one that takes no time, where everything else is. */
const paces = [
  { latencyMs: 20, concurrency: 64 },
  { latencyMs: 0, concurrency: 100 },
] as const

async function onFreshDatabase(name: DatabaseName, work: (database: BenchDatabase) => Promise<void>): Promise<void> {
  const database = await openDatabase(name, Date.now())
  try {
    await work(database)
  } finally {
    await database.drop()
  }
}

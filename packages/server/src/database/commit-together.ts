import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { DirectSqlite } from './direct-sqlite.ts'
import { repeatedly } from './in-transaction.ts'

/** Runs pieces of work that write, each all or nothing, several in one commit. */
export type CommitTogether = <Answer>(work: (transaction: Knex.Transaction) => Promise<Answer>) => Promise<Answer>

interface Waiting {
  /** Works, and answers how to tell whoever asked: to be called once it is certain. */
  readonly run: (transaction: Knex.Transaction) => Promise<() => void>
  readonly reject: (error: unknown) => void
}

/** More of them would keep everybody else waiting; the flush, which is what takes long, is shared by commits as well. */
const mostTogether = 4

/**
 * Whoever comes while one commit is made goes with the next, in a savepoint of its own: what fails is taken back alone.
 * Each is answered when its commit is on the disk; meanwhile the next one is made. With SQLite's single writer this is
 * what makes many small writers affordable: the pages that they share are written once.
 */
export function createCommitTogether(
  direct: Pick<DirectSqlite, 'runEach' | 'transactionUnflushed' | 'flush'>,
  isBusy: (error: unknown) => boolean,
): CommitTogether {
  const waiting: Waiting[] = []
  let isWorking = false

  const commit = async (all: readonly Waiting[]): Promise<void> => {
    const attempt = () =>
      direct.transactionUnflushed(async (transaction) => {
        // Takes the write lock first, as BEGIN IMMEDIATE would: a transaction that reads before it writes can be
        // refused when another process wrote in between.
        direct.runEach('update runs set epoch = 0 where 1 = 0', [[]])
        const tells: (() => void)[] = []
        for (const { run } of all) tells.push(await run(transaction))
        return tells
      })
    try {
      const tells = await repeatedly(attempt, isBusy)
      direct.flush().then(
        () => {
          for (const tell of tells) tell()
        },
        (error: unknown) => {
          for (const { reject } of all) reject(error)
        },
      )
    } catch (error) {
      for (const { reject } of all) reject(error)
    }
  }
  const commitAll = async () => {
    while (waiting.length > 0) {
      // SQLite answers before any socket is looked at: between two commits others get their turn. Never within one:
      // whoever writes on another connection of this process would stop the thread that has to free the lock.
      await othersTurn()
      await commit(waiting.splice(0, mostTogether))
    }
    isWorking = false
  }
  return (work) =>
    new Promise((resolve, reject) => {
      const run = async (transaction: Knex.Transaction) => {
        direct.runEach('savepoint one', [[]])
        try {
          const answer = await work(transaction)
          direct.runEach('release one', [[]])
          return () => resolve(answer)
        } catch (error) {
          direct.runEach('rollback to one', [[]])
          direct.runEach('release one', [[]])
          return () => reject(error)
        }
      }
      waiting.push({ run, reject })
      if (isWorking) return
      isWorking = true
      void commitAll()
    })
}

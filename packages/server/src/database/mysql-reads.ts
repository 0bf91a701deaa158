import type { Knex } from 'knex'
import type { Database } from './connect.ts'
import type { Reads } from './reads.ts'

/** The server's own bound, for a question whose asker died without saying so. Longer than any limit of ours. */
const lastResortSeconds = 120

/** Over one connection in one read-only transaction; a second connection stops what it is doing. */
export function createMysqlReads({ knex, dialect }: Database): Reads {
  const limit = dialect === 'mariadb' ? 'max_statement_time' : 'max_execution_time'
  const lastResort = dialect === 'mariadb' ? lastResortSeconds : lastResortSeconds * 1000
  return {
    read: (signal, work) =>
      knex.transaction(async (transaction) => {
        const [rows] = await transaction.raw<{ id: number }[][]>('select connection_id() as id')
        const connectionId = Number(rows?.[0]?.id)
        await beginReading(transaction)
        await transaction.raw(`set session ${limit} = ${lastResort}`)
        let stopping: Promise<unknown> = Promise.resolve()
        const stop = () => {
          stopping = knex.raw('kill query ?', [connectionId]).catch(() => {})
        }
        signal.addEventListener('abort', stop, { once: true })
        try {
          return await work(async (query) => {
            signal.throwIfAborted()
            return query.transacting(transaction)
          })
        } catch (error) {
          throw signal.aborted ? signal.reason : error
        } finally {
          signal.removeEventListener('abort', stop)
          await stopping
          await settle(transaction, limit)
        }
      }),
    close: async () => {},
  }
}

/** Knex writes no comma between the two words of such a transaction, so it is begun again by hand. */
async function beginReading(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('commit')
  await transaction.raw('set transaction isolation level repeatable read, read only')
  await transaction.raw('start transaction with consistent snapshot')
}

/**
 * Makes the connection an ordinary one again. A `kill query` that came between two statements hits the next one,
 * which must be this and not somebody else's.
 */
async function settle(transaction: Knex.Transaction, limit: string): Promise<void> {
  const reset = `set session ${limit} = 0`
  await transaction.raw(reset).catch(() => transaction.raw(reset))
}

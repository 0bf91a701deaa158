import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { staleAfterMs } from './run-rows.ts'
import { databaseInstant, type Instant, inWriting, type Writing } from './writing.ts'

/** Keeps a sign of life with every running run, and stops those that come back from a long silence. */
export interface Heartbeat {
  /**
   * To be called once, before anything is sent: pauses runs that nobody worked on for more than an hour. They come
   * from a backup, a cloned machine or a long outage, and somebody should look first. Answers how many.
   */
  stopStale(): Promise<number>
  /** Gives all other runs a sign of life. Stops the stale ones too: the machine itself may have slept. */
  beat(): Promise<number>
}

export function createHeartbeat(database: Database, instant: Instant = databaseInstant(database)): Heartbeat {
  return {
    stopStale: () => inWriting(database, instant, pauseStale),
    beat: () =>
      inWriting(database, instant, async (writing) => {
        const paused = await pauseStale(writing)
        await running(writing.transaction).update({ heartbeat_at_ms: writing.nowMs })
        return paused
      }),
  }
}

function running(transaction: Knex.Transaction): Knex.QueryBuilder {
  return transaction('runs').where('state', 'RUNNING')
}

async function pauseStale({ transaction, nowMs }: Writing): Promise<number> {
  return (
    running(transaction)
      .where('heartbeat_at_ms', '<', nowMs - staleAfterMs)
      // A run whose time has not come, or has come within the hour, missed nothing.
      .where((start) => start.whereNull('start_at_ms').orWhere('start_at_ms', '<', nowMs - staleAfterMs))
      .update({
        state: 'PAUSED',
        pause_reason: 'stale_resume',
        updated_at_ms: nowMs,
        epoch: transaction.raw('epoch + 1'),
      })
  )
}

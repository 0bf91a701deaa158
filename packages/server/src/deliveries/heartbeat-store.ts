import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { databaseInstant, type Instant, inWriting } from './writing.ts'

/** A run that nobody worked on for this long is not resumed without being asked: its time may have passed. */
const staleAfterMs = 3_600_000

/** Keeps a sign of life with every running run, and stops those that come back from a long silence. */
export interface Heartbeat {
  /**
   * To be called once, before anything is sent: pauses runs that nobody worked on for more than an hour. They come
   * from a backup, a cloned machine or a long outage, and somebody should look first. Answers how many.
   */
  stopStale(): Promise<number>
  beat(): Promise<void>
}

export function createHeartbeat(database: Database, instant: Instant = databaseInstant(database)): Heartbeat {
  const running = (knex: Knex) => knex('runs').where('state', 'RUNNING')
  return {
    stopStale: () =>
      inWriting(database, instant, ({ transaction, nowMs }) =>
        running(transaction)
          .where('heartbeat_at_ms', '<', nowMs - staleAfterMs)
          // A run whose time has not come, or has come within the hour, missed nothing.
          .where((start) => start.whereNull('start_at_ms').orWhere('start_at_ms', '<', nowMs - staleAfterMs))
          .update({
            state: 'PAUSED',
            pause_reason: 'stale_resume',
            updated_at_ms: nowMs,
            epoch: transaction.raw('epoch + 1'),
          }),
      ),
    beat: () =>
      inWriting(database, instant, async ({ transaction, nowMs }) => {
        await running(transaction).update({ heartbeat_at_ms: nowMs })
      }),
  }
}

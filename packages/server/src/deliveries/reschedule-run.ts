import type { DispatchState } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { databaseNow } from './run-rows.ts'

/** States that no message has before its run begins. */
const begunStates: readonly DispatchState[] = [
  'SENDING',
  'RETRY_WAIT',
  'IN_DOUBT',
  'ACCEPTED',
  'REJECTED',
  'EXHAUSTED',
  'UNCONFIRMED',
  'RENDER_FAILED',
]

/**
 * Moves the start of a run of which nothing was sent yet; null begins it now. Under a new epoch, so that no permit that
 * was asked for under the old start can be given. Answers whether it did.
 */
export async function rescheduleRun(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect'>,
  workspaceId: string,
  runId: string,
  startAtMs: number | null,
  nowMs: number,
): Promise<boolean> {
  const changed = await transaction('runs')
    .where({ workspace_id: workspaceId, id: runId })
    .whereIn('state', ['RUNNING', 'PAUSED'])
    .where('start_at_ms', '>', nowMs)
    // By the messages too: the database's clock, by which runs begin, may be ahead of ours.
    .whereNotExists(
      transaction('messages')
        .where('run_id', runId)
        .whereIn('dispatch', [...begunStates])
        .select(transaction.raw('1')),
    )
    .update({
      start_at_ms: startAtMs,
      heartbeat_at_ms: databaseNow(transaction, database),
      updated_at_ms: nowMs,
      epoch: transaction.raw('epoch + 1'),
    })
  return changed === 1
}

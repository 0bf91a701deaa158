import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { databaseNow } from './run-rows.ts'

/** Outcomes after which a message certainly did not arrive, and after which writing again may help. */
const failedStates = ['REJECTED', 'EXHAUSTED', 'RENDER_FAILED']

/**
 * A new generation for everybody whom this run certainly did not reach: a new row, a new key, the old row kept and
 * marked as superseded. Whoever may have got the message (unconfirmed) or must not get it is left alone.
 */
export async function resendFailed(
  { knex, dialect }: Database,
  within: Knex.Transaction | null,
  workspaceId: string,
  runId: string,
  nowMs: number,
): Promise<number> {
  const work = async (transaction: Knex.Transaction): Promise<number> => {
    const isOpen = await transaction('runs')
      .where({ workspace_id: workspaceId, id: runId })
      .whereIn('state', ['RUNNING', 'PAUSED', 'COMPLETED', 'SETTLED'])
      .where((window) => window.whereNull('closes_at_ms').orWhere('closes_at_ms', '>', nowMs))
      .update({ updated_at_ms: nowMs })
    if (isOpen === 0) return 0
    const marked = await failed(transaction, runId).update({ superseded_at_ms: nowMs })
    if (marked === 0) return 0
    await insertNext(transaction, dialect, runId, nowMs)
    await transaction('runs')
      .where('id', runId)
      .update({
        resent: transaction.raw('resent + ?', [marked]),
        epoch: transaction.raw('epoch + 1'),
        state: transaction.raw(`case when state = 'PAUSED' then 'PAUSED' else 'RUNNING' end`),
        told_state: null,
        ended_at_ms: null,
        settled_at_ms: null,
        heartbeat_at_ms: databaseNow(transaction, { dialect }),
      })
    return marked
  }
  return within === null ? knex.transaction(work) : work(within)
}

function failed(transaction: Knex.Transaction, runId: string): Knex.QueryBuilder {
  return transaction('messages')
    .where('run_id', runId)
    .whereNull('superseded_at_ms')
    .where((lost) =>
      lost
        .whereIn('dispatch', failedStates)
        .orWhere((told) => told.where('dispatch', 'ACCEPTED').where('delivery', 'failed')),
    )
}

async function insertNext(
  transaction: Knex.Transaction,
  dialect: Database['dialect'],
  runId: string,
  nowMs: number,
): Promise<void> {
  const id =
    dialect === 'sqlite'
      ? `run_id || '.' || customer_id || '.' || (generation + 1)`
      : `concat(run_id, '.', customer_id, '.', generation + 1)`
  await transaction.raw(
    `insert into messages (
      id, workspace_id, run_id, campaign_id, customer_id, address, variant, generation, duplicates,
      dispatch, delivery, token, due_at_ms, attempts,
      has_positive, has_negative, has_late_proof, created_at_ms, updated_at_ms)
    select ${id}, workspace_id, run_id, campaign_id, customer_id, address, variant, generation + 1, duplicates,
      'PENDING', 'none', 0, 0, 0, 0, 0, 0, ?, ?
    from messages where run_id = ? and superseded_at_ms = ?`,
    [nowMs, nowMs, runId, nowMs],
  )
}

import {
  awaitingStatuses,
  openStates,
  type PauseReason,
  type RunBook,
  type RunChange,
  type RunState,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { pauseRun } from './run-rows.ts'
import { databaseInstant, type Instant, inWriting } from './writing.ts'

/** Told when a run's messages do not add up to its audience. It cannot end then; somebody has to look. */
export type TellImbalance = (runId: string, audience: number, messages: number) => void

/** What the engine may do to runs, in SQL. */
export function createRunBook(
  database: Database,
  tellImbalance: TellImbalance,
  instant: Instant = databaseInstant(database),
): RunBook {
  return {
    pause: (runId, reason) =>
      inWriting(database, instant, async ({ transaction, nowMs }) => {
        await pauseRun(transaction, runId, reason, nowMs)
      }),
    changes: async () => {
      await inWriting(database, instant, async ({ transaction, nowMs }) => {
        await completeRuns(transaction, nowMs, tellImbalance)
        await settleRuns(transaction, nowMs)
      })
      return untold(database.knex)
    },
    told: async ({ runId, state }) => {
      await database.knex('runs').where({ id: runId, state }).update({ told_state: state })
    },
  }
}

/** A run is over when none of its messages has anything left to do and every one of its audience is there. */
async function completeRuns(transaction: Knex.Transaction, nowMs: number, tellImbalance: TellImbalance): Promise<void> {
  const rows: { id: string; audience: number; resent: number }[] = await transaction('runs')
    .where('state', 'RUNNING')
    .whereNotExists(messagesOfRun(transaction).whereIn('dispatch', [...openStates]))
    .select('id', 'audience', 'resent')
  for (const { id, audience, resent } of rows) {
    const [row] = await transaction('messages').where('run_id', id).count({ messages: '*' })
    const messages = Number(row?.['messages'])
    if (messages !== Number(audience) + Number(resent)) tellImbalance(id, Number(audience) + Number(resent), messages)
    else {
      await transaction('runs')
        .where({ id, state: 'RUNNING' })
        .update({ state: 'COMPLETED', ended_at_ms: nowMs, updated_at_ms: nowMs })
        .increment('epoch', 1)
    }
  }
}

/** A run is settled when it has ended, its end was told, and no receipt is waited for any more. */
async function settleRuns(transaction: Knex.Transaction, nowMs: number): Promise<void> {
  await transaction('runs')
    .whereIn('state', ['COMPLETED', 'CANCELLED'])
    .whereRaw('told_state = state')
    .whereNotExists(messagesOfRun(transaction).whereIn('dispatch', [...openStates]))
    // By the statuses too, because only then does the index lead to the few that are awaited.
    .whereNotExists(
      messagesOfRun(transaction)
        .where('dispatch', 'ACCEPTED')
        .whereIn('delivery', [...awaitingStatuses])
        .whereNotNull('due_at_ms'),
    )
    .update({ state: 'SETTLED', settled_at_ms: nowMs, updated_at_ms: nowMs })
}

function messagesOfRun(transaction: Knex.Transaction): Knex.QueryBuilder {
  return transaction('messages').whereRaw('messages.run_id = runs.id').select(transaction.raw('1'))
}

/** Changes that nobody has heard of yet. Starting is no news to whoever started it. */
async function untold(knex: Knex): Promise<readonly RunChange[]> {
  const rows: { id: string; state: RunState; pause_reason: PauseReason | null }[] = await knex('runs')
    .whereIn('state', ['PAUSED', 'COMPLETED', 'CANCELLED', 'SETTLED'])
    .where((told) => told.whereNull('told_state').orWhereRaw('told_state <> state'))
    .orderBy('id')
    .select('id', 'state', 'pause_reason')
  return rows.map(({ id, state, pause_reason }) => ({ runId: id, state, reason: pause_reason }))
}

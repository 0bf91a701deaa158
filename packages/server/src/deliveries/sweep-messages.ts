import {
  advance,
  afterAttempts,
  awaitingStatuses,
  type DeliveryPolicy,
  type Standing,
  type Sweep,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import {
  attemptsOf,
  lockMessages,
  type MessageRow,
  standingColumns,
  standingOf,
  updateMessages,
} from './message-rows.ts'
import type { RowChange } from './update-rows.ts'
import type { Writing } from './writing.ts'

/** Looks after up to `limit` messages whose time has run out, whoever left them. */
export async function sweepMessages(
  database: Database,
  writing: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<Sweep> {
  const lapsed = await takeBackLeases(database, writing, limit, policy)
  const overdue = await settleOverdue(database, writing, limit - lapsed, policy)
  const cancelled = await callOff(database, writing, limit - lapsed - overdue, 'cancelled')
  const expired = await callOff(database, writing, limit - lapsed - overdue - cancelled, 'expired')
  return { lapsed, overdue, cancelled, expired }
}

/** Leased messages were certainly not sent under this lease; sending ones may have been, and are doubtful. */
async function takeBackLeases(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<number> {
  const messages = await lockDue(database, transaction, { dispatch: ['LEASED', 'SENDING'], dueBy: nowMs, limit })
  const sending = messages.filter(({ dispatch }) => dispatch === 'SENDING').map(({ id }) => id)
  if (sending.length > 0) {
    await transaction('attempts').whereIn('message_id', sending).where('result', 'open').update({
      result: 'doubt',
      code: 'ANSWER_LOST',
      reason: 'The process that sent it did not live to hear the answer',
      ended_at_ms: nowMs,
    })
  }
  const attempts = await attemptsOf(transaction, database, sending)
  const next = (message: MessageRow): Standing => {
    if (message.dispatch === 'LEASED') return advance(standingOf(message), { kind: 'released', dueAtMs: nowMs })
    const known = attempts.get(message.id) ?? []
    const isRunCancelled = known.some(({ runState }) => runState === 'CANCELLED')
    const learning = { nowMs, isRunCancelled, retryInMs: 0, code: 'ANSWER_LOST' } as const
    return afterAttempts(standingOf(message), known, learning, policy)
  }
  await updateMessages(
    transaction,
    database,
    messages.map((message): RowChange => ({ id: message.id, set: standingColumns(next(message), nowMs) })),
  )
  return messages.length
}

/** Doubts that nobody resolved, and acceptances whose receipt is no longer waited for. */
async function settleOverdue(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<number> {
  if (limit <= 0) return 0
  const doubtful = await lockDue(database, transaction, {
    dispatch: ['IN_DOUBT'],
    dueBy: nowMs,
    limit,
    reachedBy: nowMs - policy.doubtDeadlineMs,
  })
  const unheard = await lockDue(database, transaction, {
    dispatch: ['ACCEPTED'],
    dueBy: nowMs,
    limit: limit - doubtful.length,
  })
  await updateMessages(transaction, database, [
    ...doubtful.map(
      (message): RowChange => ({
        id: message.id,
        set: {
          ...standingColumns(advance(standingOf(message), { kind: 'doubt-overdue' }), nowMs),
          failed_at_ms: nowMs,
        },
      }),
    ),
    ...unheard.map(
      (message): RowChange => ({
        id: message.id,
        set: standingColumns({ ...standingOf(message), dueAtMs: null }, nowMs),
      }),
    ),
  ])
  return doubtful.length + unheard.length
}

/**
 * Messages that were not sent before their run was cancelled, or before its window closed. Done in parts, so that
 * calling off a million takes no second.
 */
async function callOff(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  kind: 'cancelled' | 'expired',
): Promise<number> {
  const messages = await lockDue(database, transaction, {
    dispatch: ['PENDING', 'RETRY_WAIT', 'LEASED'],
    ...(kind === 'cancelled' ? { runStates: ['CANCELLED'] } : { runStates: ['RUNNING', 'PAUSED'], closedBy: nowMs }),
    limit,
  })
  await updateMessages(
    transaction,
    database,
    messages.map(
      (message): RowChange => ({
        id: message.id,
        set: standingColumns(advance(standingOf(message), { kind }), nowMs),
      }),
    ),
  )
  return messages.length
}

interface Wanted {
  readonly dispatch: readonly string[]
  readonly limit: number
  readonly dueBy?: number
  readonly reachedBy?: number
  readonly runStates?: readonly string[]
  /** Only of runs whose window had closed by then. */
  readonly closedBy?: number
}

/** Runs that may still have something to sweep. A settled run has not. */
const openRunStates = ['RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED']

async function lockDue(
  database: Database,
  transaction: Knex.Transaction,
  wanted: Wanted,
): Promise<readonly MessageRow[]> {
  if (wanted.limit <= 0) return []
  const due = transaction('messages')
    .whereIn(
      'messages.run_id',
      transaction('runs')
        .whereIn('state', [...(wanted.runStates ?? openRunStates)])
        .modify((runs) => {
          if (wanted.closedBy !== undefined) runs.where('closes_at_ms', '<=', wanted.closedBy)
        })
        .select('id'),
    )
    .whereIn('messages.dispatch', [...wanted.dispatch])
    // No message that is due has a final receipt; saying so lets the index find the few among a million.
    .whereIn('messages.delivery', [...awaitingStatuses])
    .limit(wanted.limit)
    .select('messages.id')
  if (wanted.dueBy !== undefined) due.where('messages.due_at_ms', '<=', wanted.dueBy)
  if (wanted.reachedBy !== undefined) due.where('messages.first_reached_at_ms', '<=', wanted.reachedBy)
  const rows: { id: string }[] = await due
  const locked = await lockMessages(
    transaction,
    database,
    rows.map(({ id }) => id),
  )
  // Between looking and locking somebody else may have been faster.
  return [...locked.values()].filter((message) => isStillWanted(message, wanted))
}

function isStillWanted({ dispatch, due_at_ms, first_reached_at_ms }: MessageRow, wanted: Wanted): boolean {
  if (!wanted.dispatch.includes(dispatch)) return false
  if (wanted.dueBy !== undefined && (due_at_ms === null || due_at_ms > wanted.dueBy)) return false
  return wanted.reachedBy === undefined || (first_reached_at_ms !== null && first_reached_at_ms <= wanted.reachedBy)
}

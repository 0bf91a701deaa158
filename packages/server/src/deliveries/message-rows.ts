import {
  type AttemptResult,
  type Delivery,
  type DeliveryStatus,
  type DispatchState,
  deliveryStatuses,
  dispatchStates,
  type FailureCode,
  type KnownAttempt,
  type Standing,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import { among } from '../database/among.ts'
import type { Database } from '../database/connect.ts'
import { type RowChange, updateRows } from './update-rows.ts'

/** A row of `messages`, as far as its next step depends on it. */
export interface MessageRow {
  readonly id: string
  readonly run_id: string
  readonly workspace_id: string
  readonly customer_id: string
  readonly address: string | null
  readonly dispatch: DispatchState
  readonly delivery: DeliveryStatus
  readonly token: number
  readonly due_at_ms: number | null
  readonly attempts: number
  readonly first_intent_at_ms: number | null
  readonly first_reached_at_ms: number | null
  readonly failure_code: FailureCode | null
  readonly failure_reason: string | null
  readonly decided_at_ms: number | null
  readonly decided_by: string | null
  readonly has_positive: boolean | number
  readonly has_negative: boolean | number
  readonly has_late_proof: boolean | number
  readonly sent_at_ms: number | null
  readonly delivered_at_ms: number | null
  readonly failed_at_ms: number | null
  readonly opened_at_ms: number | null
  readonly clicked_at_ms: number | null
  readonly complained_at_ms: number | null
  readonly unsubscribed_at_ms: number | null
}

const columns = [
  'id',
  'run_id',
  'workspace_id',
  'customer_id',
  'address',
  'dispatch',
  'delivery',
  'token',
  'due_at_ms',
  'attempts',
  'first_intent_at_ms',
  'first_reached_at_ms',
  'failure_code',
  'failure_reason',
  'decided_at_ms',
  'decided_by',
  'has_positive',
  'has_negative',
  'has_late_proof',
  'sent_at_ms',
  'delivered_at_ms',
  'failed_at_ms',
  'opened_at_ms',
  'clicked_at_ms',
  'complained_at_ms',
  'unsubscribed_at_ms',
] as const

/** Reads messages by id and keeps everybody else from changing them until the transaction ends. */
export async function lockMessages(
  transaction: Knex.Transaction,
  { dialect }: Pick<Database, 'dialect'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MessageRow>> {
  if (ids.length === 0) return new Map()
  // In the order of their ids, so that two transactions that want the same rows wait instead of deadlocking.
  const rows = among({ dialect }, transaction('messages').orderBy('id').select(columns), 'id', ids)
  const locked: MessageRow[] = await (dialect === 'sqlite' ? rows : rows.forUpdate())
  return new Map(locked.map((row) => [row.id, row]))
}

/** Where a message stands, as the library wants to know it. */
export function standingOf(row: MessageRow): Standing {
  if (!dispatchStates.includes(row.dispatch))
    throw new Error(`The message ${row.id} has the unknown state ${row.dispatch}`)
  return {
    dispatch: row.dispatch,
    token: row.token,
    dueAtMs: row.due_at_ms,
    attempts: row.attempts,
    failureCode: row.failure_code,
  }
}

/** What the vendor said of a message, as the library wants to know it. */
export function deliveryOf(row: MessageRow): Delivery {
  if (!deliveryStatuses.includes(row.delivery))
    throw new Error(`The message ${row.id} has the unknown status ${row.delivery}`)
  return {
    status: row.delivery,
    decidedAtMs: row.decided_at_ms,
    decidedBy: row.decided_by,
    reason: row.failure_reason,
    hasPositive: Boolean(row.has_positive),
    hasNegative: Boolean(row.has_negative),
    openedAtMs: row.opened_at_ms,
    clickedAtMs: row.clicked_at_ms,
    complainedAtMs: row.complained_at_ms,
    unsubscribedAtMs: row.unsubscribed_at_ms,
  }
}

/** The columns of a standing, and when they changed. */
export function standingColumns(standing: Standing, nowMs: number) {
  return {
    dispatch: standing.dispatch,
    token: standing.token,
    due_at_ms: standing.dueAtMs,
    attempts: standing.attempts,
    failure_code: standing.failureCode,
    updated_at_ms: nowMs,
  }
}

/** Changes messages in few statements. */
export function updateMessages(
  transaction: Knex.Transaction,
  { direct }: Pick<Database, 'direct'>,
  changes: readonly RowChange[],
): Promise<void> {
  return updateRows(transaction, direct, { table: 'messages', idColumn: 'id' }, changes)
}

/** A row of `attempts`, as far as a message's next step depends on it. */
export interface AttemptRow extends KnownAttempt {
  readonly messageId: string
  readonly token: number
  readonly vendorMessageId: string | null
}

/** All attempts of these messages, by message. */
export async function attemptsOf(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect'>,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AttemptRow[]>> {
  const rows: {
    message_id: string
    number: number
    token: number
    result: AttemptResult
    vendor_message_id: string | null
    started_at_ms: number
  }[] = await among(
    database,
    transaction('attempts').select('message_id', 'number', 'token', 'result', 'vendor_message_id', 'started_at_ms'),
    'message_id',
    messageIds,
  )
  const attempts = new Map<string, AttemptRow[]>()
  for (const row of rows) {
    const attempt = {
      messageId: row.message_id,
      number: row.number,
      token: row.token,
      result: row.result,
      vendorMessageId: row.vendor_message_id,
      startedAtMs: row.started_at_ms,
    }
    const known = attempts.get(row.message_id)
    if (known === undefined) attempts.set(row.message_id, [attempt])
    else known.push(attempt)
  }
  return attempts
}

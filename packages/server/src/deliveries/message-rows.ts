import {
  type Delivery,
  type DeliveryStatus,
  type DispatchState,
  deliveryStatuses,
  dispatchStates,
  type FailureCode,
  type KnownAttempt,
  type RunState,
  type Standing,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { inOrder, locking, oneOf, rowsOf } from '../database/plain-sql.ts'
import { type RowChange, updateRows } from './update-rows.ts'

/** A row of `messages`, as far as our next step depends on it. */
export interface MessageRow {
  readonly id: string
  readonly run_id: string
  readonly workspace_id: string
  readonly customer_id: string
  readonly dispatch: DispatchState
  readonly delivery: DeliveryStatus
  readonly token: number
  readonly due_at_ms: number | null
  readonly attempts: number
  readonly first_intent_at_ms: number | null
  readonly first_reached_at_ms: number | null
  readonly failure_code: FailureCode | null
  readonly failure_reason: string | null
  readonly sent_at_ms: number | null
  readonly failed_at_ms: number | null
}

const columns = [
  'id',
  'run_id',
  'workspace_id',
  'customer_id',
  'dispatch',
  'delivery',
  'token',
  'due_at_ms',
  'attempts',
  'first_intent_at_ms',
  'first_reached_at_ms',
  'failure_code',
  'failure_reason',
  'sent_at_ms',
  'failed_at_ms',
] as const satisfies readonly (keyof MessageRow)[]

/** What the vendor reported of a message, beside it. */
export interface ReportedRow extends MessageRow {
  readonly address: string | null
  readonly decided_at_ms: number | null
  readonly decided_by: string | null
  readonly has_positive: boolean | number
  readonly has_negative: boolean | number
  readonly has_late_proof: boolean | number
  readonly delivered_at_ms: number | null
  readonly opened_at_ms: number | null
  readonly clicked_at_ms: number | null
  readonly complained_at_ms: number | null
  readonly unsubscribed_at_ms: number | null
}

const reportedColumns = [
  ...columns,
  'address',
  'decided_at_ms',
  'decided_by',
  'has_positive',
  'has_negative',
  'has_late_proof',
  'delivered_at_ms',
  'opened_at_ms',
  'clicked_at_ms',
  'complained_at_ms',
  'unsubscribed_at_ms',
] as const satisfies readonly (keyof ReportedRow)[]

/** Reads messages by id and keeps everybody else from changing them until the transaction ends. */
export function lockMessages(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect' | 'direct'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MessageRow>> {
  return lockRows<MessageRow>(transaction, database, columns, ids)
}

/** The same with what the vendor reported of them, which sending never asks for. */
export function lockReported(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect' | 'direct'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReportedRow>> {
  return lockRows<ReportedRow>(transaction, database, reportedColumns, ids)
}

async function lockRows<Row extends MessageRow>(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect' | 'direct'>,
  wanted: readonly (keyof Row)[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  if (ids.length === 0) return new Map()
  const chosen = oneOf(database, ids)
  const rows = await rowsOf<Row>(database, transaction, {
    // In the order of their ids, so that two transactions that want the same rows wait instead of deadlocking.
    sql: `select ${wanted.join(', ')} from messages where id ${chosen.sql} order by id${locking(database, 'update')}`,
    values: chosen.values,
  })
  return new Map(rows.map((row) => [row.id, row]))
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
export function deliveryOf(row: ReportedRow): Delivery {
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

/** A row of `attempts`, as far as a message's next step depends on it, and the state of its run. */
export interface AttemptRow extends KnownAttempt {
  readonly messageId: string
  readonly token: number
  readonly vendorMessageId: string | null
  readonly account: string
  readonly runState: RunState
}

/** All attempts of these messages, by message. */
export async function attemptsOf(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect' | 'direct'>,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AttemptRow[]>> {
  if (messageIds.length === 0) return new Map()
  const chosen = oneOf(database, messageIds)
  const rows = await rowsOf<AttemptRow>(database, transaction, {
    sql: `select ${inOrder(database)} a.message_id as messageId, a.number, a.token, a.result, a.account,
        a.vendor_message_id as vendorMessageId, a.started_at_ms as startedAtMs, r.state as runState
      from attempts a join messages m on m.id = a.message_id join runs r on r.id = m.run_id
      where a.message_id ${chosen.sql}`,
    values: chosen.values,
  })
  const attempts = new Map<string, AttemptRow[]>()
  for (const row of rows) {
    const known = attempts.get(row.messageId)
    if (known === undefined) attempts.set(row.messageId, [row])
    else known.push(row)
  }
  return attempts
}

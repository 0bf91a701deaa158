import type { PauseReason, RunState } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { inOrder, locking, oneOf, rowsOf } from '../database/plain-sql.ts'
import type { QuietHoursRow } from './quiet-hours.ts'

/** A row of `runs`, as far as its messages depend on it. */
export interface RunRow {
  readonly id: string
  readonly workspace_id: string
  readonly account: string
  readonly state: RunState
  readonly epoch: number
}

/** A run that nobody worked on for this long is not resumed without being asked: its time may have passed. */
export const staleAfterMs = 3_600_000

/**
 * The present instant by the database's clock, as a value to write. Signs of life are given and compared by this clock
 * alone: a server whose own clock is hours behind must not give its runs an old one.
 */
export function databaseNow(knex: Knex, { dialect }: Pick<Database, 'dialect'>): Knex.Raw {
  return dialect === 'sqlite'
    ? knex.raw(`cast(unixepoch('subsec') * 1000 as integer)`)
    : knex.raw('floor(unix_timestamp(now(3)) * 1000)')
}

/** A run whose messages are to be sent, with what holds in its workspace and for its account at this moment. */
export interface HeldRun extends RunRow, QuietHoursRow {
  readonly is_test: boolean | number
  readonly closes_at_ms: number | null
  readonly consent_policy: 'opt-in' | 'opt-out'
  readonly cap_messages: number | null
  readonly cap_days: number | null
  /** Until when the vendor wants the account to be left alone; null when it does not. */
  readonly account_closed_until_ms: number | null
}

/**
 * Reads runs by id and keeps them from being paused or cancelled until the transaction ends: a pause that commits
 * comes wholly before or wholly after. The same holds for the rules of their workspaces. Accounts are not held: whoever
 * plans their starts would have to wait for every permit.
 */
export async function holdRuns(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect' | 'direct'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, HeldRun>> {
  const chosen = oneOf(database, ids)
  const held = await rowsOf<HeldRun>(database, transaction, {
    sql: `select ${inOrder(database)} r.id, r.workspace_id, r.account, r.state, r.epoch, r.is_test,
        r.closes_at_ms, w.consent_policy, w.time_zone, w.quiet_from, w.quiet_until, w.cap_messages, w.cap_days,
        (select a.closed_until_ms from vendor_accounts a where a.account = r.account) as account_closed_until_ms
      from runs r join workspaces w on w.id = r.workspace_id
      where r.id ${chosen.sql} order by r.id${locking(database, 'share')}`,
    values: chosen.values,
  })
  return new Map(held.map((row) => [row.id, row]))
}

/** Pauses a run that is running; any other is left alone. Answers whether it did. */
export async function pauseRun(
  transaction: Knex | Knex.Transaction,
  runId: string,
  reason: PauseReason,
  nowMs: number,
): Promise<boolean> {
  const changed = await transaction('runs')
    .where({ id: runId, state: 'RUNNING' })
    .update({ state: 'PAUSED', pause_reason: reason, updated_at_ms: nowMs })
    .increment('epoch', 1)
  return changed === 1
}

/** Whose run it is; null when there is no such run. */
export async function ownerOf(
  knex: Knex,
  runId: string,
): Promise<{ readonly workspaceId: string; readonly campaignId: string } | null> {
  const row: { workspace_id: string; campaign_id: string } | undefined = await knex('runs')
    .where('id', runId)
    .first('workspace_id', 'campaign_id')
  return row === undefined ? null : { workspaceId: row.workspace_id, campaignId: row.campaign_id }
}

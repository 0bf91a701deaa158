import {
  type ClaimedMessage,
  type ClaimRequest,
  customerValues,
  type DeliveryPolicy,
  mayResend,
  type Rate,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { changeRows, locking, oneOf, rowsOf } from '../database/plain-sql.ts'
import { type QuietHoursRow, quietUntilMs } from './quiet-hours.ts'
import { claimRoom } from './rate-rows.ts'
import { staleAfterMs } from './run-rows.ts'
import type { Writing } from './writing.ts'

interface RunningRun extends QuietHoursRow {
  readonly id: string
  readonly account: string
  readonly epoch: number
  readonly template: string
  /** The texts by variant, as JSON; null where there is one text. */
  readonly variants: string | null
  readonly currency: string
  readonly is_test: boolean | number
}

/** Takes due messages of running runs for one worker, each run getting its fair share. */
export async function claimMessages(
  database: Database,
  { transaction, nowMs }: Writing,
  { limit, leaseMs }: ClaimRequest,
  policy: DeliveryPolicy,
  usualRates: readonly Rate[],
): Promise<readonly ClaimedMessage[]> {
  const runs = await runningRuns(transaction, nowMs)
  const rooms = await roomsOf(transaction, runs, usualRates, nowMs)
  const claimed: ClaimedMessage[] = []
  for (const [index, run] of runs.entries()) {
    const room = rooms.get(run.account) ?? 0
    const share = Math.min(room, Math.ceil((limit - claimed.length) / (runs.length - index)))
    if (share <= 0) continue
    const ids = await lockDue(database, transaction, run.id, nowMs, share, policy)
    if (ids.length === 0) continue
    await lease(database, transaction, ids, nowMs + leaseMs, nowMs)
    claimed.push(...(await readClaimed(database, transaction, run, ids)))
    rooms.set(run.account, room - ids.length)
  }
  return claimed
}

/** What the rates of each account leave room for. */
async function roomsOf(
  transaction: Knex.Transaction,
  runs: readonly RunningRun[],
  usualRates: readonly Rate[],
  nowMs: number,
): Promise<Map<string, number>> {
  const rooms = new Map<string, number>()
  for (const { account } of runs) {
    if (!rooms.has(account)) rooms.set(account, await claimRoom(transaction, account, usualRates, nowMs))
  }
  return rooms
}

/** The turn to be first goes round, so that none starves when there are more runs than a claim has places. */
async function runningRuns(transaction: Knex.Transaction, nowMs: number): Promise<readonly RunningRun[]> {
  const all: RunningRun[] = await transaction('runs')
    .join('workspaces', 'workspaces.id', 'runs.workspace_id')
    .leftJoin('vendor_accounts', 'vendor_accounts.account', 'runs.account')
    .where('runs.state', 'RUNNING')
    // Whoever wakes up after an hour must not send before the heartbeat has looked.
    .where('runs.heartbeat_at_ms', '>=', nowMs - staleAfterMs)
    .where((window) => window.whereNull('runs.closes_at_ms').orWhere('runs.closes_at_ms', '>', nowMs))
    .where((account) =>
      account.whereNull('vendor_accounts.closed_until_ms').orWhere('vendor_accounts.closed_until_ms', '<=', nowMs),
    )
    .where((start) => start.whereNull('runs.start_at_ms').orWhere('runs.start_at_ms', '<=', nowMs))
    .orderBy('runs.id')
    .select('runs.id', 'runs.account', 'runs.epoch', 'runs.template', 'runs.variants', 'runs.currency', 'runs.is_test')
    .select('workspaces.time_zone', 'workspaces.quiet_from', 'workspaces.quiet_until')
  // A run of a workspace that is asleep is not looked at: its whole backlog waits without being touched.
  const runs = all.filter((run) => Boolean(run.is_test) || quietUntilMs(run, nowMs) === null)
  const first = runs.length === 0 ? 0 : Math.floor(nowMs / turnMs) % runs.length
  return [...runs.slice(first), ...runs.slice(0, first)]
}

/** How long one run is the first to be asked. */
const turnMs = 100

/** Due messages of one run, doubtful ones first because they have waited longest. */
async function lockDue(
  database: Database,
  transaction: Knex.Transaction,
  runId: string,
  nowMs: number,
  limit: number,
  policy: DeliveryPolicy,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (const dispatch of mayResend(policy) ? ['IN_DOUBT', 'RETRY_WAIT', 'PENDING'] : ['RETRY_WAIT', 'PENDING']) {
    if (ids.length >= limit) break
    const reachedAfterMs = dispatch === 'IN_DOUBT' ? [nowMs - policy.doubtDeadlineMs] : []
    const rows = await rowsOf<{ id: string }>(database, transaction, {
      sql: `select id from messages where run_id = ? and dispatch = ? and delivery = 'none' and due_at_ms <= ?
        ${reachedAfterMs.length === 0 ? '' : 'and first_reached_at_ms > ?'}
        order by due_at_ms, id limit ?${locking(database, 'unheld')}`,
      values: [runId, dispatch, nowMs, ...reachedAfterMs, limit - ids.length],
    })
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

/** The step `claimed` of every row at once: a doubtful message keeps its state, any other is leased. */
function lease(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  ids: readonly string[],
  untilMs: number,
  nowMs: number,
): Promise<void> {
  const chosen = oneOf(database, ids)
  return changeRows(database, transaction, {
    sql: `update messages set dispatch = case when dispatch = 'IN_DOUBT' then 'IN_DOUBT' else 'LEASED' end,
      token = token + 1, due_at_ms = ?, updated_at_ms = ? where id ${chosen.sql}`,
    values: [untilMs, nowMs, ...chosen.values],
  })
}

interface ClaimedRow {
  readonly id: string
  readonly token: number
  readonly attempts: number
  readonly customer_id: string
  readonly address: string | null
  readonly variant: string | null
  readonly body: string | null
  readonly name: string | null
  readonly email: string | null
  readonly total_spending_minor: number | null
}

async function readClaimed(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  run: RunningRun,
  ids: readonly string[],
): Promise<readonly ClaimedMessage[]> {
  const chosen = oneOf(database, ids)
  const rows = await rowsOf<ClaimedRow>(database, transaction, {
    sql: `select m.id, m.token, m.attempts, m.customer_id, m.address, m.variant, m.body, c.name, c.email,
        c.total_spending_minor
      from messages m left join customers c on c.id = m.customer_id and c.workspace_id = m.workspace_id
      where m.id ${chosen.sql}`,
    values: chosen.values,
  })
  const textOf = textsOf(run)
  return rows.map((row) => ({
    messageId: row.id,
    runId: run.id,
    account: run.account,
    token: row.token,
    epoch: run.epoch,
    attempts: row.attempts,
    idempotencyKey: keyOf(row.id),
    customerId: row.customer_id,
    address: row.address ?? '',
    body: row.body,
    template: textOf(row.variant),
    values: customerValues(
      { name: row.name ?? '', email: row.email ?? '', spendingMinor: row.total_spending_minor ?? 0 },
      run.currency,
    ),
  }))
}

/** Which text a variant has. Whoever has none, or one that the run does not know, gets the run's own text. */
function textsOf({ template, variants }: RunningRun): (variant: string | null) => string {
  const texts: Readonly<Record<string, string>> = variants === null ? {} : JSON.parse(variants)
  return (variant) => (variant === null ? template : (texts[variant] ?? template))
}

/** The same for every attempt of a message and for no other; it says nothing about the person. */
export function keyOf(messageId: string): string {
  return `r${messageId}`
}

import {
  type Delivery,
  type DispatchState,
  type PauseReason,
  type Progress,
  progressOf,
  type RunState,
  type Tally,
  type WireStatus,
  wireStatus,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { folded } from '../database/folded.ts'
import { byChunks } from '../database/insert-rows.ts'
import { resendFailed } from './resend-failed.ts'
import { takeSnapshot } from './snapshot.ts'

/** What a campaign hands over when it is launched. */
export interface Launch {
  readonly runId: string
  readonly workspaceId: string
  readonly campaignId: string
  readonly campaignName: string
  /** Names the launch: the same key again answers the first run and writes nothing. */
  readonly launchKey: string
  /** The message text, already checked. */
  readonly template: string
  /** ISO 4217, for amounts in the text. */
  readonly currency: string
  /** Selects exactly two columns: `customer_id` and `address`, the latter folded. */
  readonly audience: Knex.QueryBuilder
  readonly nowMs: number
  /** Nothing is sent before this instant; null to begin at once. */
  readonly startAtMs: number | null
}

export interface LaunchedRun {
  readonly runId: string
  readonly audience: number
  readonly deduplicated: number
  /** Whether this call made it. */
  readonly isNew: boolean
}

/** A run as other rooms see it. */
export interface Run {
  readonly runId: string
  readonly campaignId: string
  readonly state: RunState
  readonly pauseReason: PauseReason | null
  readonly audience: number
  readonly deduplicated: number
  readonly resent: number
  readonly startAtMs: number | null
  readonly createdAtMs: number
  readonly endedAtMs: number | null
}

/** One message as lists show it. */
export interface ListedMessage {
  readonly messageId: string
  readonly campaignId: string
  readonly campaignName: string
  readonly customerId: string
  /** Null when the customer has been erased since. */
  readonly customer: { readonly id: string; readonly name: string; readonly email: string } | null
  /** The text as it was sent; null before the first attempt. */
  readonly body: string | null
  readonly status: WireStatus
  readonly failureCode: string | null
  readonly failureReason: string | null
  readonly sentAtMs: number | null
  readonly deliveredAtMs: number | null
  readonly failedAtMs: number | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export interface MessagePage {
  readonly limit: number
  readonly offset: number
  readonly status?: WireStatus
}

/** All that other rooms do with runs. */
export interface RunStore {
  /**
   * Within the caller's transaction: the run, one message for each of its audience, and the start, all or nothing. An
   * audience of nobody is answered, not refused.
   */
  launch(transaction: Knex.Transaction, launch: Launch): Promise<LaunchedRun>
  /** When it has committed, no further message sets out. True when the run is paused now, whoever paused it. */
  pause(workspaceId: string, runId: string, nowMs: number, within?: Knex.Transaction): Promise<boolean>
  /** True when the run is running now; false when it was cancelled or has ended. */
  resume(workspaceId: string, runId: string, nowMs: number, within?: Knex.Transaction): Promise<boolean>
  /** When it has committed, no message of this run ever sets out again. True when the run is cancelled now. */
  cancel(workspaceId: string, runId: string, nowMs: number, within?: Knex.Transaction): Promise<boolean>
  /** Sends again to those whom the run did not reach, under new keys; answers how many. An ended run runs again. */
  retryFailed(workspaceId: string, runId: string, nowMs: number, within?: Knex.Transaction): Promise<number>
  find(workspaceId: string, runId: string, within?: Knex.Transaction): Promise<Run | null>
  /** Newest first. */
  ofCampaigns(workspaceId: string, campaignIds: readonly string[], within?: Knex.Transaction): Promise<readonly Run[]>
  /** The books of several runs, from one count. A run that does not exist is not in the map. */
  progress(workspaceId: string, runIds: readonly string[]): Promise<ReadonlyMap<string, Progress>>
  /** Why messages of this run did not arrive, the most frequent reason first. */
  failures(workspaceId: string, runId: string): Promise<readonly { readonly code: string; readonly count: number }[]>
  /** Newest first. */
  messages(workspaceId: string, campaignId: string, page: MessagePage): Promise<readonly ListedMessage[]>
  countMessages(workspaceId: string, campaignId: string, status?: WireStatus): Promise<number>
  /** Newest first. */
  messagesOfCustomer(workspaceId: string, customerId: string, page: MessagePage): Promise<readonly ListedMessage[]>
  /** How many messages each customer has; those without are not in the map. */
  countOfCustomers(workspaceId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** How many of a customer's messages stand where. */
  figuresOfCustomer(workspaceId: string, customerId: string): Promise<Readonly<Partial<Record<WireStatus, number>>>>
}

/** The account that messages go through where nothing else is said. */
const usualAccount = 'default'

/** Runs, in SQL. Every call is limited to one workspace. */
export function createRunStore(database: Database): RunStore {
  const { knex } = database
  return {
    launch: (transaction, launch) => launchRun(transaction, database, launch),
    pause: (workspaceId, runId, nowMs, within = undefined) =>
      change(within ?? knex, workspaceId, runId, {
        from: ['RUNNING'],
        to: 'PAUSED',
        set: { pause_reason: 'operator' },
        nowMs,
      }),
    resume: (workspaceId, runId, nowMs, within = undefined) =>
      change(within ?? knex, workspaceId, runId, {
        from: ['PAUSED'],
        to: 'RUNNING',
        set: { pause_reason: null, told_state: null, heartbeat_at_ms: nowMs },
        nowMs,
      }),
    cancel: (workspaceId, runId, nowMs, within = undefined) =>
      change(within ?? knex, workspaceId, runId, {
        from: ['RUNNING', 'PAUSED'],
        to: 'CANCELLED',
        set: { ended_at_ms: nowMs },
        nowMs,
      }),
    retryFailed: (workspaceId, runId, nowMs, within = undefined) =>
      resendFailed(database, within ?? null, workspaceId, runId, nowMs),
    find: async (workspaceId, runId, within = undefined) => {
      const [row] = await runsIn(within ?? knex, workspaceId).where('id', runId)
      return row === undefined ? null : runOf(row)
    },
    ofCampaigns: async (workspaceId, campaignIds, within = undefined) => {
      const rows = await byChunks(campaignIds, (ids) =>
        runsIn(within ?? knex, workspaceId).whereIn('campaign_id', [...ids]),
      )
      return rows
        .map(runOf)
        .sort((one, other) => other.createdAtMs - one.createdAtMs || (one.runId < other.runId ? -1 : 1))
    },
    progress: (workspaceId, runIds) => progressOfRuns(knex, workspaceId, runIds),
    failures: (workspaceId, runId) => failuresOf(knex, workspaceId, runId),
    messages: (workspaceId, campaignId, page) =>
      listMessages(
        knex,
        (rows) => rows.where('messages.workspace_id', workspaceId).where('messages.campaign_id', campaignId),
        page,
      ),
    countMessages: (workspaceId, campaignId, status = undefined) => countListed(knex, workspaceId, campaignId, status),
    messagesOfCustomer: (workspaceId, customerId, page) =>
      listMessages(
        knex,
        (rows) => rows.where('messages.workspace_id', workspaceId).where('messages.customer_id', customerId),
        page,
      ),
    countOfCustomers: (workspaceId, customerIds) => countOfCustomers(knex, workspaceId, customerIds),
    figuresOfCustomer: async (workspaceId, customerId) => {
      const rows: { status: WireStatus; count: number | string }[] = await knex('customer_messages')
        .where({ workspace_id: workspaceId, customer_id: customerId })
        .groupBy('status')
        .select('status')
        .count({ count: '*' })
      return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]))
    },
  }
}

async function launchRun(transaction: Knex.Transaction, database: Database, launch: Launch): Promise<LaunchedRun> {
  const { runId, workspaceId, campaignId, nowMs, startAtMs } = launch
  const [known] = await runsIn(transaction, workspaceId).where('launch_key', launch.launchKey)
  if (known !== undefined) return { ...countsOf(known), runId: known.id, isNew: false }
  await transaction('runs').insert({
    id: runId,
    workspace_id: workspaceId,
    campaign_id: campaignId,
    campaign_name: launch.campaignName,
    campaign_name_folded: folded(launch.campaignName),
    launch_key: launch.launchKey,
    account: usualAccount,
    state: 'SNAPSHOTTING',
    pause_reason: null,
    epoch: 1,
    template: launch.template,
    currency: launch.currency,
    audience: 0,
    deduplicated: 0,
    resent: 0,
    start_at_ms: startAtMs,
    heartbeat_at_ms: nowMs,
    created_at_ms: nowMs,
    updated_at_ms: nowMs,
  })
  const dueAtMs = startAtMs ?? nowMs
  const order = { runId, workspaceId, campaignId, audience: launch.audience, dueAtMs, nowMs }
  const snapshot = await takeSnapshot(transaction, database, order)
  await transaction('runs')
    .where('id', runId)
    .update({ state: 'RUNNING', ...snapshot })
  return { runId, ...snapshot, isNew: true }
}

interface Step {
  readonly from: readonly RunState[]
  readonly to: RunState
  readonly set: Readonly<Record<string, string | number | null>>
  readonly nowMs: number
}

/** Takes a guarded step under a new epoch, so that no permit that was asked for before it can be given after it. */
async function change(
  knex: Knex,
  workspaceId: string,
  runId: string,
  { from, to, set, nowMs }: Step,
): Promise<boolean> {
  const changed = await knex('runs')
    .where({ workspace_id: workspaceId, id: runId })
    .whereIn('state', [...from])
    .update({ ...set, state: to, updated_at_ms: nowMs, epoch: knex.raw('epoch + 1') })
  if (changed === 1) return true
  const [row] = await runsIn(knex, workspaceId).where('id', runId)
  return row?.state === to
}

interface RunRow {
  readonly id: string
  readonly campaign_id: string
  readonly state: RunState
  readonly pause_reason: PauseReason | null
  readonly audience: number | string
  readonly deduplicated: number | string
  readonly resent: number | string
  readonly start_at_ms: number | null
  readonly created_at_ms: number
  readonly ended_at_ms: number | null
}

function runsIn(knex: Knex, workspaceId: string): Knex.QueryBuilder<RunRow, RunRow[]> {
  return knex<RunRow, RunRow[]>('runs')
    .where('workspace_id', workspaceId)
    .select(
      'id',
      'campaign_id',
      'state',
      'pause_reason',
      'audience',
      'deduplicated',
      'resent',
      'start_at_ms',
      'created_at_ms',
      'ended_at_ms',
    )
}

function countsOf(row: RunRow): { readonly audience: number; readonly deduplicated: number } {
  return { audience: Number(row.audience), deduplicated: Number(row.deduplicated) }
}

function runOf(row: RunRow): Run {
  return {
    ...countsOf(row),
    runId: row.id,
    campaignId: row.campaign_id,
    state: row.state,
    pauseReason: row.pause_reason,
    resent: Number(row.resent),
    startAtMs: row.start_at_ms,
    createdAtMs: row.created_at_ms,
    endedAtMs: row.ended_at_ms,
  }
}

interface TallyRow {
  readonly run_id: string
  readonly dispatch: DispatchState
  readonly delivery: Delivery['status']
  readonly count: number | string
}

/** Counts by the index alone; whoever was written to again is counted where the last of their messages stands. */
async function progressOfRuns(
  knex: Knex,
  workspaceId: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, Progress>> {
  const runs = await byChunks(runIds, (ids) => runsIn(knex, workspaceId).whereIn('id', [...ids]))
  const all = await byChunks(
    runs.map(({ id }) => id),
    (ids) => tallies(knex, ids),
  )
  const resent = runs.filter((run) => Number(run.resent) > 0).map(({ id }) => id)
  const superseded = await byChunks(resent, (ids) => tallies(knex, ids).whereNotNull('superseded_at_ms'))
  return new Map(
    runs.map(({ id, audience }) => {
      const of = (rows: readonly TallyRow[], sign: 1 | -1) =>
        rows
          .filter(({ run_id }) => run_id === id)
          .map(({ dispatch, delivery, count }): Tally => ({ dispatch, delivery, count: sign * Number(count) }))
      return [id, progressOf(Number(audience), [...of(all, 1), ...of(superseded, -1)])]
    }),
  )
}

function tallies(knex: Knex, runIds: readonly string[]): Knex.QueryBuilder<TallyRow, TallyRow[]> {
  return knex<TallyRow, TallyRow[]>('messages')
    .whereIn('run_id', [...runIds])
    .groupBy('run_id', 'dispatch', 'delivery')
    .select('run_id', 'dispatch', 'delivery')
    .count({ count: '*' })
}

async function failuresOf(knex: Knex, workspaceId: string, runId: string) {
  const rows: { code: string; count: number | string }[] = await knex('messages')
    .where({ workspace_id: workspaceId, run_id: runId })
    .whereNull('superseded_at_ms')
    .where((failed) =>
      failed
        .whereIn('dispatch', ['REJECTED', 'EXHAUSTED', 'UNCONFIRMED', 'RENDER_FAILED', 'SUPPRESSED', 'EXPIRED'])
        .orWhereIn('delivery', ['failed', 'bounced']),
    )
    .select({
      code: knex.raw(`coalesce(failure_code, case when delivery = 'bounced' then 'BOUNCED' else 'NOT_DELIVERED' end)`),
    })
    .groupByRaw('1')
    .count({ count: '*' })
  return rows
    .map(({ code, count }) => ({ code, count: Number(count) }))
    .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1))
}

interface ListedRow {
  readonly id: string
  readonly campaign_id: string
  readonly campaign_name: string
  readonly customer_id: string
  readonly name: string | null
  readonly email: string | null
  readonly body: string | null
  readonly dispatch: DispatchState
  readonly delivery: Delivery['status']
  readonly failure_code: string | null
  readonly failure_reason: string | null
  readonly sent_at_ms: number | null
  readonly delivered_at_ms: number | null
  readonly failed_at_ms: number | null
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

async function listMessages(
  knex: Knex,
  choose: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
  { limit, offset, status }: MessagePage,
): Promise<readonly ListedMessage[]> {
  // The page is found by the index alone; only its rows are read whole.
  const page = choose(knex('messages'))
    .orderBy([
      { column: 'messages.created_at_ms', order: 'desc' },
      { column: 'messages.id', order: 'desc' },
    ])
    .limit(limit)
    .offset(offset)
    .select('messages.id')
  if (status !== undefined)
    page.join('customer_messages', 'customer_messages.id', 'messages.id').where('customer_messages.status', status)
  const ids: { id: string }[] = await page
  const rows: ListedRow[] = await knex('messages')
    .join('runs', 'runs.id', 'messages.run_id')
    .leftJoin('customers', (join) =>
      join.on('customers.id', 'messages.customer_id').andOn('customers.workspace_id', 'messages.workspace_id'),
    )
    .whereIn(
      'messages.id',
      ids.map(({ id }) => id),
    )
    .select('messages.*', 'runs.campaign_name', 'customers.name', 'customers.email')
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap(({ id }) => byId.get(id) ?? []).map(listedOf)
}

function listedOf(row: ListedRow): ListedMessage {
  return {
    messageId: row.id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    customerId: row.customer_id,
    customer:
      row.name === null || row.email === null ? null : { id: row.customer_id, name: row.name, email: row.email },
    body: row.body,
    status: wireStatus(row.dispatch, row.delivery),
    failureCode: row.failure_code,
    failureReason: row.failure_reason,
    sentAtMs: row.sent_at_ms,
    deliveredAtMs: row.delivered_at_ms,
    failedAtMs: row.failed_at_ms,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}

async function countListed(
  knex: Knex,
  workspaceId: string,
  campaignId: string,
  status: WireStatus | undefined,
): Promise<number> {
  const rows = status === undefined ? knex('messages') : knex('customer_messages').where({ status })
  const [row] = await rows.where({ workspace_id: workspaceId, campaign_id: campaignId }).count({ count: '*' })
  return Number(row?.['count'])
}

async function countOfCustomers(
  knex: Knex,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await byChunks(customerIds, async (ids) => {
    const counts: { customer_id: string; count: number | string }[] = await knex('messages')
      .where('workspace_id', workspaceId)
      .whereIn('customer_id', [...ids])
      .groupBy('customer_id')
      .select('customer_id')
      .count({ count: '*' })
    return counts
  })
  return new Map(rows.map(({ customer_id, count }) => [customer_id, Number(count)]))
}

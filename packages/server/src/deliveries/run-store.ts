import type { Progress, RunState, WireStatus } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { byChunks } from '../database/insert-rows.ts'
import { launchRun } from './launch-run.ts'
import { countListed, countOfCustomers, type ListedMessage, listMessages, type MessagePage } from './list-messages.ts'
import { type Exclusion, exclusionsOf } from './read-exclusions.ts'
import { runOf, runsIn } from './read-runs.ts'
import { rescheduleRun } from './reschedule-run.ts'
import { resendFailed } from './resend-failed.ts'
import type { Launch, LaunchedRun, Run } from './run.ts'
import { failuresOf, progressOfRuns, progressOfVariants } from './run-progress.ts'
import { databaseNow } from './run-rows.ts'

export type { ListedMessage, MessagePage } from './list-messages.ts'
export type { Exclusion } from './read-exclusions.ts'
export type { Launch, LaunchedRun, Run } from './run.ts'

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
  /** Moves the start of a run that has not begun, null to now. False when it has begun or has ended. */
  reschedule(
    workspaceId: string,
    runId: string,
    startAtMs: number | null,
    nowMs: number,
    within: Knex.Transaction,
  ): Promise<boolean>
  find(workspaceId: string, runId: string, within?: Knex.Transaction): Promise<Run | null>
  /** Newest first. */
  ofCampaigns(workspaceId: string, campaignIds: readonly string[], within?: Knex.Transaction): Promise<readonly Run[]>
  /** The books of several runs, from one count. A run that does not exist is not in the map. */
  progress(workspaceId: string, runIds: readonly string[]): Promise<ReadonlyMap<string, Progress>>
  /** The books of one run for each variant; under null those of messages without one. Reads every message. */
  progressOfVariants(workspaceId: string, runId: string): Promise<ReadonlyMap<string | null, Progress>>
  /** Whom a run leaves out, by the reason, the most frequent first. */
  exclusions(workspaceId: string, runId: string): Promise<readonly Exclusion[]>
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

/** Runs, in SQL. Every call is limited to one workspace. */
export function createRunStore(database: Database): RunStore {
  const { knex, reads } = database
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
        set: { pause_reason: null, told_state: null, heartbeat_at_ms: databaseNow(knex, database) },
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
    reschedule: (workspaceId, runId, startAtMs, nowMs, within) =>
      rescheduleRun(within, database, workspaceId, runId, startAtMs, nowMs),
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
    progress: (workspaceId, runIds) => progressOfRuns(reads, workspaceId, runIds),
    progressOfVariants: (workspaceId, runId) => progressOfVariants(reads, workspaceId, runId),
    exclusions: (workspaceId, runId) => exclusionsOf(reads, workspaceId, runId),
    failures: (workspaceId, runId) => failuresOf(reads, workspaceId, runId),
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

interface Step {
  readonly from: readonly RunState[]
  readonly to: RunState
  readonly set: Readonly<Record<string, string | number | null | Knex.Raw>>
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

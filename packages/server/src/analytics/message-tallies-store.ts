import { type Delivery, type DispatchState, type Progress, progressOf, type Tally } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { CampaignStatus } from '../campaigns/campaign.ts'
import { byChunks } from '../database/insert-rows.ts'

/** A run of a campaign, as far as figures need it. */
export interface CountedRun {
  readonly runId: string
  readonly campaignId: string
  readonly campaignName: string
  readonly campaignStatus: CampaignStatus
  readonly createdAtMs: number
  /** Whether nothing about its messages is expected to change any more. */
  readonly isSettled: boolean
  /** Another one whenever the run has changed. */
  readonly version: number
}

interface RunRow {
  readonly id: string
  readonly campaign_id: string
  readonly campaign_name: string
  readonly campaign_status: CampaignStatus
  readonly state: string
  readonly created_at_ms: number | string
  readonly updated_at_ms: number | string
}

/** Runs that may have messages of a time from this instant on, newest first. Test messages are no campaign's. */
export async function runsSince(knex: Knex, workspaceId: string, fromMs: number): Promise<readonly CountedRun[]> {
  const rows: RunRow[] = await runs(knex, workspaceId).where((still) =>
    still
      .where('runs.created_at_ms', '>=', fromMs)
      .orWhereNull('runs.settled_at_ms')
      .orWhere('runs.settled_at_ms', '>=', fromMs),
  )
  return rows.map(runOf)
}

/** The newest runs of a workspace, newest first. */
export async function newestRuns(knex: Knex, workspaceId: string, limit: number): Promise<readonly CountedRun[]> {
  const rows: RunRow[] = await runs(knex, workspaceId).limit(limit)
  return rows.map(runOf)
}

/** The run of one campaign, or null before its launch. */
export async function runOfCampaign(knex: Knex, workspaceId: string, campaignId: string): Promise<CountedRun | null> {
  const rows: RunRow[] = await runs(knex, workspaceId).where({ 'runs.campaign_id': campaignId }).limit(1)
  const [row] = rows
  return row === undefined ? null : runOf(row)
}

function runs(knex: Knex, workspaceId: string): Knex.QueryBuilder {
  return knex('runs')
    .join('campaigns', (join) =>
      join.on('campaigns.id', 'runs.campaign_id').andOn('campaigns.workspace_id', 'runs.workspace_id'),
    )
    .where({ 'runs.workspace_id': workspaceId, 'runs.is_test': false })
    .orderBy([{ column: 'runs.created_at_ms', order: 'desc' }, { column: 'runs.id' }])
    .select(
      'runs.id',
      'runs.campaign_id',
      'runs.campaign_name',
      'runs.state',
      'runs.created_at_ms',
      'runs.updated_at_ms',
      {
        campaign_status: 'campaigns.status',
      },
    )
}

function runOf(row: RunRow): CountedRun {
  return {
    runId: row.id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    campaignStatus: row.campaign_status,
    createdAtMs: Number(row.created_at_ms),
    isSettled: row.state === 'SETTLED',
    version: Number(row.updated_at_ms),
  }
}

/**
 * The books of those messages of some runs whose instant is not before `fromMs`: when the vendor took them, or else
 * when they failed, or else when they were written down. Messages that were sent again count once, where the last stands.
 */
export async function progressSince(
  knex: Knex,
  runIds: readonly string[],
  fromMs: number,
): Promise<ReadonlyMap<string, Progress>> {
  const rows = await byChunks(runIds, async (ids) => {
    const found: { run_id: string; dispatch: DispatchState; delivery: Delivery['status']; count: number | string }[] =
      await knex('messages')
        .whereIn('run_id', [...ids])
        .whereNull('superseded_at_ms')
        .whereRaw('coalesce(sent_at_ms, failed_at_ms, created_at_ms) >= ?', [fromMs])
        .groupBy('run_id', 'dispatch', 'delivery')
        .select('run_id', 'dispatch', 'delivery')
        .count({ count: '*' })
    return found
  })
  return new Map(
    runIds.map((runId) => {
      const tallies = rows
        .filter(({ run_id }) => run_id === runId)
        .map(({ dispatch, delivery, count }): Tally => ({ dispatch, delivery, count: Number(count) }))
      return [
        runId,
        progressOf(
          tallies.reduce((sum, { count }) => sum + count, 0),
          tallies,
        ),
      ]
    }),
  )
}

/** How many campaigns are at work now. */
export async function countActiveCampaigns(knex: Knex, workspaceId: string): Promise<number> {
  const [row] = await knex('campaigns')
    .where({ workspace_id: workspaceId, status: 'ACTIVE' })
    .count<{ count: number | string }[]>({ count: '*' })
  return Number(row?.count ?? 0)
}

import type { Rule } from '@muster/segment-core'
import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import type { Campaign, CampaignStatus } from './campaign.ts'
import type { Split, Variant } from './split.ts'

/** What a draft says; everything else about it follows. */
export interface DraftRow {
  readonly name: string
  readonly description: string | null
  readonly rules: unknown
  readonly rule: Rule
  readonly split: Split
  readonly audienceSize: number
  readonly audienceMeasuredAtMs: number
}

/** Which campaigns a list shows, and in which order. */
export interface CampaignQuery {
  readonly status: CampaignStatus | null
  readonly search: string | null
  readonly sortBy: 'createdAt' | 'name' | 'status'
  readonly descending: boolean
  readonly limit: number
  readonly offset: number
}

/** What the launch of a draft writes down. */
export interface LaunchRow {
  /** Null in a campaign with several texts. */
  readonly message: string | null
  readonly audienceSize: number
  readonly scheduledAtMs: number | null
  readonly expiresAtMs: number | null
}

interface CampaignRow {
  readonly id: string
  readonly workspace_id: string
  readonly created_by: string
  readonly name: string
  readonly description: string | null
  readonly rules: string
  readonly rule: string
  readonly variants: string | null
  readonly control_percent: number
  readonly audience_size: number
  readonly audience_measured_at_ms: number | null
  readonly status: CampaignStatus
  readonly message: string | null
  readonly scheduled_at_ms: number | null
  readonly expires_at_ms: number | null
  readonly launched_at_ms: number | null
  readonly completed_at_ms: number | null
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

const columnOf = { createdAt: 'created_at_ms', name: 'name', status: 'status' } as const

export async function insertDraft(
  knex: Knex,
  ids: { readonly id: string; readonly workspaceId: string; readonly createdBy: string },
  draft: DraftRow,
  nowMs: number,
): Promise<void> {
  await knex('campaigns').insert({
    id: ids.id,
    workspace_id: ids.workspaceId,
    created_by: ids.createdBy,
    status: 'DRAFT',
    ...draftColumns(draft),
    created_at_ms: nowMs,
    updated_at_ms: nowMs,
  })
}

/** Whether there was such a draft to change. */
export async function updateDraft(
  knex: Knex,
  workspaceId: string,
  id: string,
  draft: DraftRow,
  nowMs: number,
): Promise<boolean> {
  const changed = await knex('campaigns')
    .where({ workspace_id: workspaceId, id, status: 'DRAFT' })
    .update({ ...draftColumns(draft), updated_at_ms: nowMs })
  return changed > 0
}

/** Whether there was such a draft to delete. What was launched is history, and stays. */
export async function deleteDraft(knex: Knex, workspaceId: string, id: string): Promise<boolean> {
  return (await knex('campaigns').where({ workspace_id: workspaceId, id, status: 'DRAFT' }).delete()) > 0
}

export async function findCampaign(knex: Knex, workspaceId: string, id: string): Promise<Campaign | null> {
  const row: CampaignRow | undefined = await knex('campaigns').where({ workspace_id: workspaceId, id }).first()
  return row === undefined ? null : campaignOf(row)
}

export async function listCampaigns(
  knex: Knex,
  workspaceId: string,
  query: CampaignQuery,
): Promise<{ readonly campaigns: readonly Campaign[]; readonly total: number }> {
  const chosen = () => {
    const rows = knex('campaigns').where({ workspace_id: workspaceId })
    if (query.status !== null) rows.andWhere({ status: query.status })
    if (query.search !== null) rows.andWhereRaw('instr(searchable_folded, ?) > 0', [folded(query.search)])
    return rows
  }
  const [counted] = await chosen().count<{ total: number | string }[]>({ total: '*' })
  const direction = query.descending ? 'desc' : 'asc'
  const rows: CampaignRow[] = await chosen()
    .orderBy([
      { column: columnOf[query.sortBy], order: direction },
      { column: 'id', order: direction },
    ])
    .limit(query.limit)
    .offset(query.offset)
  return { campaigns: rows.map(campaignOf), total: Number(counted?.total ?? 0) }
}

/** Every campaign that was launched, by id and audience: what totals are added up from. */
export async function launchedCampaigns(
  knex: Knex,
  workspaceId: string,
): Promise<readonly { readonly id: string; readonly audienceSize: number }[]> {
  return knex('campaigns')
    .where({ workspace_id: workspaceId })
    .whereNot({ status: 'DRAFT' })
    .select({ id: 'id', audienceSize: 'audience_size' })
}

export async function countCampaigns(knex: Knex, workspaceId: string): Promise<number> {
  const [row] = await knex('campaigns')
    .where({ workspace_id: workspaceId })
    .count<{ total: number | string }[]>({ total: '*' })
  return Number(row?.total ?? 0)
}

/** Writes down what a campaign was launched with. */
export async function recordLaunch(
  knex: Knex,
  workspaceId: string,
  id: string,
  launch: LaunchRow,
  nowMs: number,
): Promise<void> {
  await knex('campaigns').where({ workspace_id: workspaceId, id }).update({
    message: launch.message,
    audience_size: launch.audienceSize,
    audience_measured_at_ms: nowMs,
    scheduled_at_ms: launch.scheduledAtMs,
    expires_at_ms: launch.expiresAtMs,
    launched_at_ms: nowMs,
  })
}

/** Writes down when a launched campaign begins now. */
export async function moveSchedule(
  knex: Knex,
  workspaceId: string,
  id: string,
  scheduledAtMs: number | null,
  nowMs: number,
): Promise<void> {
  await knex('campaigns')
    .where({ workspace_id: workspaceId, id })
    .update({ scheduled_at_ms: scheduledAtMs, updated_at_ms: nowMs })
}

/** Keeps a campaign from being changed by anybody else until the transaction ends. */
export async function holdCampaign(transaction: Knex.Transaction, workspaceId: string, id: string): Promise<void> {
  await transaction('campaigns').where({ workspace_id: workspaceId, id }).update({ id })
}

/** Moves a campaign on if it stands at one of `from`, and says whether it did. */
export async function changeStatus(
  knex: Knex,
  workspaceId: string,
  id: string,
  from: readonly CampaignStatus[],
  to: CampaignStatus,
  nowMs: number,
): Promise<boolean> {
  const isOver = to === 'COMPLETED' || to === 'CANCELLED'
  const changed = await knex('campaigns')
    .where({ workspace_id: workspaceId, id })
    .whereIn('status', [...from])
    .update({ status: to, updated_at_ms: nowMs, completed_at_ms: isOver ? nowMs : null })
  return changed > 0
}

function draftColumns(draft: DraftRow): Readonly<Record<string, unknown>> {
  return {
    name: draft.name,
    description: draft.description,
    searchable_folded: folded(`${draft.name}\n${draft.description ?? ''}`),
    rules: JSON.stringify(draft.rules),
    rule: JSON.stringify(draft.rule),
    variants: draft.split.variants.length === 0 ? null : JSON.stringify(draft.split.variants),
    control_percent: draft.split.controlPercent,
    audience_size: draft.audienceSize,
    audience_measured_at_ms: draft.audienceMeasuredAtMs,
  }
}

function campaignOf(row: CampaignRow): Campaign {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    createdBy: row.created_by,
    name: row.name,
    description: row.description,
    rules: JSON.parse(row.rules),
    rule: JSON.parse(row.rule),
    split: splitOf(row),
    audienceSize: row.audience_size,
    audienceMeasuredAtMs: row.audience_measured_at_ms,
    status: row.status,
    message: row.message,
    scheduledAtMs: row.scheduled_at_ms,
    expiresAtMs: row.expires_at_ms,
    launchedAtMs: row.launched_at_ms,
    completedAtMs: row.completed_at_ms,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}

function splitOf({ variants, control_percent }: CampaignRow): Split {
  const texts: readonly Variant[] = variants === null ? [] : JSON.parse(variants)
  return { variants: texts, controlPercent: Number(control_percent) }
}

import type { PauseReason, RunState } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Run } from './run.ts'

/** A row of `runs`, as far as other rooms see it. */
export interface ListedRunRow {
  readonly id: string
  readonly campaign_id: string
  readonly state: RunState
  readonly pause_reason: PauseReason | null
  readonly audience: number | string
  readonly deduplicated: number | string
  readonly resent: number | string
  readonly start_at_ms: number | null
  readonly closes_at_ms: number | null
  readonly created_at_ms: number
  readonly ended_at_ms: number | null
}

/** The runs of one workspace, to be narrowed further. */
export function runsIn(knex: Knex, workspaceId: string): Knex.QueryBuilder<ListedRunRow, ListedRunRow[]> {
  return knex<ListedRunRow, ListedRunRow[]>('runs')
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
      'closes_at_ms',
      'created_at_ms',
      'ended_at_ms',
    )
}

/** Who was written down. */
export function countsOf(row: ListedRunRow): { readonly audience: number; readonly deduplicated: number } {
  return { audience: Number(row.audience), deduplicated: Number(row.deduplicated) }
}

/** A row as other rooms see it. */
export function runOf(row: ListedRunRow): Run {
  return {
    ...countsOf(row),
    runId: row.id,
    campaignId: row.campaign_id,
    state: row.state,
    pauseReason: row.pause_reason,
    resent: Number(row.resent),
    startAtMs: row.start_at_ms,
    closesAtMs: row.closes_at_ms,
    createdAtMs: row.created_at_ms,
    endedAtMs: row.ended_at_ms,
  }
}

import { type Delivery, type DispatchState, type Progress, progressOf, type Tally } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { byChunks } from '../database/insert-rows.ts'
import { runsIn } from './read-runs.ts'

interface TallyRow {
  readonly run_id: string
  readonly dispatch: DispatchState
  readonly delivery: Delivery['status']
  readonly count: number | string
}

/** Counts by the index alone; whoever was written to again is counted where the last of their messages stands. */
export async function progressOfRuns(
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

/** Why messages did not arrive, the most frequent reason first. */
export async function failuresOf(knex: Knex, workspaceId: string, runId: string) {
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

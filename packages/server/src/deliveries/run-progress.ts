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

interface VariantRow extends Omit<TallyRow, 'run_id'> {
  readonly variant: string | null
}

/**
 * Counts by the index alone, in one statement, so that the books balance whatever happens meanwhile. Whoever was written
 * to again is counted where the last of their messages stands.
 */
export async function progressOfRuns(
  knex: Knex,
  workspaceId: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, Progress>> {
  const runs = await byChunks(runIds, (ids) => runsIn(knex, workspaceId).whereIn('id', [...ids]))
  const rows = await byChunks(
    runs.map(({ id }) => id),
    (ids) => tallies(knex, ids),
  )
  return new Map(
    runs.map(({ id, audience }) => {
      const ofOne = rows.filter(({ run_id }) => run_id === id)
      return [id, progressOf(Number(audience), ofOne.map(tallyOf))]
    }),
  )
}

/** Where the messages of one run stand, for each text by itself; null for those that belong to none. */
export async function progressOfVariants(
  knex: Knex,
  workspaceId: string,
  runId: string,
): Promise<ReadonlyMap<string | null, Progress>> {
  const rows: readonly VariantRow[] = await knex('messages')
    .where({ workspace_id: workspaceId, run_id: runId })
    .whereNull('superseded_at_ms')
    .groupBy('variant', 'dispatch', 'delivery')
    .select('variant', 'dispatch', 'delivery')
    .count({ count: '*' })
  return new Map(
    [...new Set(rows.map(({ variant }) => variant))].map((variant) => {
      const ofOne = rows.filter((row) => row.variant === variant).map(tallyOf)
      const sum = ofOne.reduce((total, { count }) => total + count, 0)
      return [variant, progressOf(sum, ofOne)]
    }),
  )
}

function tallyOf({ dispatch, delivery, count }: Omit<TallyRow, 'run_id'>): Tally {
  return { dispatch, delivery, count: Number(count) }
}

/** Superseded messages are counted a second time, with a minus; only runs that have some are looked through for them. */
function tallies(knex: Knex, runIds: readonly string[]): Knex.QueryBuilder<TallyRow, TallyRow[]> {
  const all = knex('messages')
    .whereIn('run_id', [...runIds])
    .groupBy('run_id', 'dispatch', 'delivery')
    .select('run_id', 'dispatch', 'delivery', knex.raw('count(*) as count'))
  const superseded = knex('runs')
    .join('messages', 'messages.run_id', 'runs.id')
    .whereIn('runs.id', [...runIds])
    .where('runs.resent', '>', 0)
    .whereNotNull('messages.superseded_at_ms')
    .groupBy('messages.run_id', 'messages.dispatch', 'messages.delivery')
    .select('messages.run_id', 'messages.dispatch', 'messages.delivery', knex.raw('-count(*) as count'))
  // From a table of its own: Knex would write the grouping of the first part after both.
  return knex.from<TallyRow, TallyRow[]>(all.as('all_tallies')).unionAll(superseded)
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

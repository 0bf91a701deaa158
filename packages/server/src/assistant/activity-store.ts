import type { Knex } from 'knex'

/** How often something happened within one stretch of time. */
export interface Activity {
  /** Whole stretches since 1970. */
  readonly stretch: number
  readonly count: number
}

/** Quarters of an hour: the finest offset of any zone, so that a stretch lies within one local hour. */
export const stretchMs = 15 * 60_000

/** The newest events that are looked at: enough for a habit, and bounded for the largest shop. */
const mostEvents = 100_000

/** When customers of a workspace bought and opened messages since an instant, by quarters of an hour. */
export async function activitySince(
  knex: Knex,
  workspaceId: string,
  sinceMs: number,
): Promise<{ readonly orders: readonly Activity[]; readonly opens: readonly Activity[] }> {
  const orders = knex('orders')
    .select({ at_ms: 'created_at_ms' })
    .where('workspace_id', workspaceId)
    .where('created_at_ms', '>=', sinceMs)
    .whereNot('status', 'CANCELLED')
    .orderBy('created_at_ms', 'desc')
    .limit(mostEvents)
  const opens = knex('engagements')
    .select({ at_ms: 'first_at_ms' })
    .where({ workspace_id: workspaceId, kind: 'open', is_machine: false })
    .where('first_at_ms', '>=', sinceMs)
    .orderBy('first_at_ms', 'desc')
    .limit(mostEvents)
  return { orders: await byStretch(knex, orders), opens: await byStretch(knex, opens) }
}

async function byStretch(knex: Knex, events: Knex.QueryBuilder): Promise<readonly Activity[]> {
  // A remainder instead of a division: databases differ in what a division of whole numbers gives.
  const rows: { stretch_ms: number | string; count: number | string }[] = await knex
    .from(events.as('events'))
    .select({ stretch_ms: knex.raw('at_ms - at_ms % ?', [stretchMs]) })
    .count({ count: '*' })
    .groupByRaw('at_ms - at_ms % ?', [stretchMs])
  return rows.map(({ stretch_ms, count }) => ({ stretch: Number(stretch_ms) / stretchMs, count: Number(count) }))
}

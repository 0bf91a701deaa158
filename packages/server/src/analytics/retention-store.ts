import { throughIndex } from '../database/through-index.ts'
import type { Asking } from './asking.ts'

/** How many people who first ordered in one month ordered in another. */
export interface Returned {
  /** Both count the months from the first bound. */
  readonly cohort: number
  readonly month: number
  readonly customers: number
}

/**
 * Counts by month of first order and month of order. `boundsMs` are the first instants of the months and the first one
 * after the last. Whoever ordered before the first bound belongs to no cohort; orders that were called off do not count.
 */
export async function returnedByMonth(
  { knex, ask }: Asking,
  workspaceId: string,
  boundsMs: readonly number[],
): Promise<readonly Returned[]> {
  const [fromMs = 0, ...laterMs] = boundsMs
  const beforeMs = boundsMs.at(-1) ?? fromMs
  const orders = throughIndex(knex, 'orders', 'orders_by_customer')
  const firsts = knex
    .from(knex.raw(orders))
    .where('workspace_id', workspaceId)
    .whereNot('status', 'CANCELLED')
    .groupBy('customer_id')
    .havingRaw('min(created_at_ms) >= ? and min(created_at_ms) < ?', [fromMs, beforeMs])
    .select({ customer_id: 'customer_id', first_at_ms: knex.raw('min(created_at_ms)') })
  const moves = knex
    .from(firsts.as('firsts'))
    .joinRaw(`join ${orders} on orders.workspace_id = ? and orders.customer_id = firsts.customer_id`, [workspaceId])
    .whereNot('orders.status', 'CANCELLED')
    .where('orders.created_at_ms', '<', beforeMs)
    .distinct()
    .select({
      customer_id: 'firsts.customer_id',
      cohort: knex.raw(monthSql('firsts.first_at_ms', laterMs)),
      month: knex.raw(monthSql('orders.created_at_ms', laterMs)),
    })
  const rows = await ask<{ cohort: number; month: number; customers: number | string }>(
    knex.from(moves.as('moves')).groupBy('cohort', 'month').select('cohort', 'month').count({ customers: '*' }),
  )
  return rows.map(({ cohort, month, customers }) => ({
    cohort: Number(cohort),
    month: Number(month),
    customers: Number(customers),
  }))
}

/** The place of the month that holds an instant. The bounds are whole numbers of this program's own. */
function monthSql(column: string, laterMs: readonly number[]): string {
  const branches = laterMs.map((boundMs, index) => `when ${column} < ${boundMs} then ${index}`)
  return `case ${branches.join(' ')} end`
}

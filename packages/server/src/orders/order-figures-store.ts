import type { Knex } from 'knex'
import type { OrderStatus } from './order.ts'

/** How many orders each of these customers has, cancelled ones included. */
export async function countOrdersOf(
  knex: Knex,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows: readonly { customer_id: string; size: number | string }[] = await knex('orders')
    .where({ workspace_id: workspaceId })
    .whereIn('customer_id', [...customerIds])
    .groupBy('customer_id')
    .select('customer_id')
    .count({ size: '*' })
  return new Map(rows.map(({ customer_id, size }) => [customer_id, Number(size)]))
}

/** How many orders stand where, what they sum to, and when the last was placed; of one customer or of all. */
export async function orderFigures(
  knex: Knex,
  workspaceId: string,
  customerId: string | null,
): Promise<readonly StatusFigure[]> {
  const rows: readonly { status: OrderStatus; size: number | string; sum: number | string; last_at_ms: number }[] =
    await knex('orders')
      .where({ workspace_id: workspaceId, ...(customerId === null ? {} : { customer_id: customerId }) })
      .groupBy('status')
      .select('status')
      .count({ size: '*' })
      .sum({ sum: 'total_minor' })
      .max({ last_at_ms: 'created_at_ms' })
  return rows.map(({ status, size, sum, last_at_ms }) => ({
    status,
    count: Number(size),
    sumMinor: Number(sum),
    lastAtMs: Number(last_at_ms),
  }))
}

export interface StatusFigure {
  readonly status: OrderStatus
  readonly count: number
  readonly sumMinor: number
  readonly lastAtMs: number
}

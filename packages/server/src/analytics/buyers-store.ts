import type { Knex } from 'knex'
import { throughIndex } from '../database/through-index.ts'
import type { OrderStatus } from '../orders/order.ts'
import type { Asking } from './asking.ts'
import { type Band, bandSql } from './bands.ts'
import type { Period } from './period.ts'

/** What one person ordered in a period. */
export interface BuyerSales {
  readonly customerId: string
  readonly orders: number
  readonly revenueMinor: number
}

/** What the people of one band ordered in a period. */
export interface BandSales {
  /** Null for people who are customers no more. */
  readonly band: string | null
  readonly orders: number
  readonly revenueMinor: number
}

/**
 * One row for each person who ordered in a period: `customer_id`, `orders` of any status, `kept` ones that are not
 * CANCELLED, `revenue_minor` of the COMPLETED ones, `last_at_ms` of the kept ones.
 */
export function buyersOf(knex: Knex, workspaceId: string, { fromMs, beforeMs }: Period): Knex.QueryBuilder {
  return knex
    .from(knex.raw(throughIndex(knex, 'orders', 'orders_by_time')))
    .where('workspace_id', workspaceId)
    .where('created_at_ms', '>=', fromMs)
    .where('created_at_ms', '<', beforeMs)
    .groupBy('customer_id')
    .select({
      customer_id: 'customer_id',
      orders: knex.raw('count(*)'),
      kept: knex.raw(`sum(case when status <> 'CANCELLED' then 1 else 0 end)`),
      revenue_minor: knex.raw(`sum(case when status = 'COMPLETED' then total_minor else 0 end)`),
      last_at_ms: knex.raw(`max(case when status <> 'CANCELLED' then created_at_ms end)`),
    })
}

/** Who brought in most in a period, among equals by their ids; people who brought in nothing are left out. */
export async function topBuyers(
  { knex, ask }: Asking,
  workspaceId: string,
  period: Period,
  limit: number,
): Promise<readonly BuyerSales[]> {
  const rows = await ask<{ customer_id: string; orders: number | string; revenue_minor: number | string }>(
    knex
      .from(buyersOf(knex, workspaceId, period).as('buyers'))
      .where('revenue_minor', '>', 0)
      .orderBy([{ column: 'revenue_minor', order: 'desc' }, { column: 'customer_id' }])
      .limit(limit)
      .select('customer_id', 'orders', 'revenue_minor'),
  )
  return rows.map(({ customer_id, orders, revenue_minor }) => ({
    customerId: customer_id,
    orders: Number(orders),
    revenueMinor: Number(revenue_minor),
  }))
}

/** The newest orders of a few people in a period, so many of each at most, newest first. */
export async function newestOrdersOf(
  knex: Knex,
  workspaceId: string,
  { fromMs, beforeMs }: Period,
  customerIds: readonly string[],
  mostOfEach: number,
): Promise<readonly { readonly customerId: string; readonly totalMinor: number; readonly status: OrderStatus }[]> {
  const numbered = knex
    .from(knex.raw(throughIndex(knex, 'orders', 'orders_by_customer')))
    .where({ workspace_id: workspaceId })
    .whereIn('customer_id', [...customerIds])
    .where('created_at_ms', '>=', fromMs)
    .where('created_at_ms', '<', beforeMs)
    .select('customer_id', 'total_minor', 'status', {
      place: knex.raw('row_number() over (partition by customer_id order by created_at_ms desc, id desc)'),
    })
  const rows: { customer_id: string; total_minor: number | string; status: OrderStatus }[] = await knex
    .from(numbered.as('numbered'))
    .where('place', '<=', mostOfEach)
    .orderBy(['customer_id', 'place'])
    .select('customer_id', 'total_minor', 'status')
  return rows.map((row) => ({ customerId: row.customer_id, totalMinor: Number(row.total_minor), status: row.status }))
}

/** What people ordered in a period, by what they have spent in all. */
export async function salesByBand(
  { knex, ask }: Asking,
  workspaceId: string,
  period: Period,
  bands: readonly Band[],
): Promise<readonly BandSales[]> {
  const rows = await ask<{ band: number | null; orders: number | string; revenue_minor: number | string }>(
    knex
      .from(buyersOf(knex, workspaceId, period).as('buyers'))
      .leftJoin('customers', (join) =>
        join.on('customers.id', 'buyers.customer_id').andOnVal('customers.workspace_id', workspaceId),
      )
      .groupByRaw('1')
      .select({ band: knex.raw(bandSql('customers.total_spending_minor', bands)) })
      .sum({ orders: 'buyers.orders', revenue_minor: 'buyers.revenue_minor' }),
  )
  return rows.map(({ band, orders, revenue_minor }) => ({
    band: band === null ? null : (bands[Number(band)]?.name ?? null),
    orders: Number(orders),
    revenueMinor: Number(revenue_minor),
  }))
}

/** How many people bought, and how many of them more than once. */
export interface RepeatBuyers {
  readonly buyers: number
  readonly repeatBuyers: number
}

/** How many people bought in a period. Orders that were called off do not count. */
export async function repeatBuyers({ knex, ask }: Asking, workspaceId: string, period: Period): Promise<RepeatBuyers> {
  const rows = await ask<{ buyers: number | string; repeated: number | string | null }>(
    knex
      .from(buyersOf(knex, workspaceId, period).as('buyers'))
      .where('kept', '>', 0)
      .select({
        buyers: knex.raw('count(*)'),
        repeated: knex.raw('sum(case when kept > 1 then 1 else 0 end)'),
      }),
  )
  const [row] = rows
  return { buyers: Number(row?.buyers ?? 0), repeatBuyers: Number(row?.repeated ?? 0) }
}

/** People of a period with the same three scores. */
export interface ScoredBuyers {
  /** From 1 to 5 each: how lately, how often, for how much. */
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/**
 * The people who ordered in a period, by fifths. A score is 1 + ⌊5 × (people with a lower value) ÷ (all people)⌋: equal
 * values have one score, and where many are equal a fifth may be larger or empty.
 */
export async function scoredBuyers(
  { knex, ask }: Asking,
  workspaceId: string,
  period: Period,
): Promise<readonly ScoredBuyers[]> {
  const buyers = buyersOf(knex, workspaceId, period).as('buyers')
  const ranked = knex
    .from(buyers)
    .where('kept', '>', 0)
    .select({
      orders: 'orders',
      revenue_minor: 'revenue_minor',
      lower_recency: knex.raw('rank() over (order by last_at_ms) - 1'),
      lower_frequency: knex.raw('rank() over (order by kept) - 1'),
      lower_monetary: knex.raw('rank() over (order by revenue_minor) - 1'),
      everybody: knex.raw('count(*) over ()'),
    })
  const rows = await ask<Readonly<Record<string, number | string>>>(
    knex
      .from(ranked.as('ranked'))
      .groupByRaw('1, 2, 3')
      .orderByRaw('1 desc, 2 desc, 3 desc')
      .select({ recency: fifth('recency'), frequency: fifth('frequency'), monetary: fifth('monetary') })
      .count({ customers: '*' })
      .sum({ orders: 'orders', revenue_minor: 'revenue_minor' }),
  )
  return rows.map((row) => ({
    recency: Number(row['recency']),
    frequency: Number(row['frequency']),
    monetary: Number(row['monetary']),
    customers: Number(row['customers']),
    orders: Number(row['orders']),
    revenueMinor: Number(row['revenue_minor']),
  }))

  function fifth(figure: 'recency' | 'frequency' | 'monetary'): Knex.Raw {
    const branches = [1, 2, 3, 4].map((score) => `when 5 * lower_${figure} < ${score} * everybody then ${score}`)
    return knex.raw(`case ${branches.join(' ')} else 5 end`)
  }
}

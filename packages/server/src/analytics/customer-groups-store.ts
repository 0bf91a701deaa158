import type { Knex } from 'knex'
import type { Asking } from './asking.ts'
import { type Band, bandSql } from './bands.ts'

/** The customers of one band. */
export interface Group {
  readonly band: string
  readonly customers: number
  /** What they have spent in all; an opening figure that they brought along included. */
  readonly spendingMinor: number
}

/** Which text of a customer says where they are. */
export const placeKinds = ['state', 'city', 'country'] as const

export type PlaceKind = (typeof placeKinds)[number]

/** The customers of one place, and what they ordered. */
export interface PlaceFigures {
  /** Null where the place is not known. */
  readonly place: string | null
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

/** All customers of a workspace by the band in which a figure of theirs lies. Every band is answered. */
export async function customersByBand(
  { knex, ask }: Asking,
  workspaceId: string,
  figure: 'total_spending_minor' | 'visit_count',
  bands: readonly Band[],
): Promise<readonly Group[]> {
  const isSpending = figure === 'total_spending_minor'
  const rows = await ask<{ band: number; customers: number | string; spending: number | string }>(
    knex('customers')
      .where({ workspace_id: workspaceId })
      .groupByRaw('1')
      .select({
        band: knex.raw(bandSql(figure, bands)),
        customers: knex.raw('count(*)'),
        // Only the index on the figure itself is read; a second column would mean every row.
        spending: knex.raw(isSpending ? 'sum(total_spending_minor)' : '0'),
      }),
  )
  return bands.map(({ name }, index) => {
    const row = rows.find(({ band }) => Number(band) === index)
    return { band: name, customers: Number(row?.customers ?? 0), spendingMinor: Number(row?.spending ?? 0) }
  })
}

/** Customers who have spent so much and were last here before an instant. */
export async function countUnseen(
  { knex, ask }: Asking,
  workspaceId: string,
  { fromMinor, beforeMs }: { readonly fromMinor: number; readonly beforeMs: number },
): Promise<number> {
  const [row] = await ask<{ count: number | string }>(
    knex('customers')
      .where('workspace_id', workspaceId)
      .where('total_spending_minor', '>=', fromMinor)
      .where('last_visit_at_ms', '<', beforeMs)
      .count({ count: '*' }),
  )
  return Number(row?.count ?? 0)
}

/**
 * The places with most revenue: that of the orders which `buyers` sums up for each person, or where it is null, of all
 * orders that there are. The latter is read from the customers, whose spending is kept as opening and orders together.
 */
export async function placesOf(
  { knex, ask }: Asking,
  workspaceId: string,
  kind: PlaceKind,
  buyers: Knex.QueryBuilder | null,
  limit: number,
): Promise<readonly PlaceFigures[]> {
  const query = knex('customers').where('customers.workspace_id', workspaceId)
  if (buyers !== null) query.leftJoin(buyers.as('buyers'), 'buyers.customer_id', 'customers.id')
  const rows = await ask<{
    place: string | null
    customers: number | string
    orders: number | string
    revenue_minor: number | string
  }>(
    query
      .groupBy(`customers.${kind}_folded`)
      .orderBy([
        { column: 'revenue_minor', order: 'desc' },
        { column: 'customers', order: 'desc' },
        { column: `customers.${kind}_folded` },
      ])
      .limit(limit)
      .select({
        place: knex.raw(`max(customers.${kind})`),
        customers: knex.raw('count(*)'),
        orders: knex.raw(buyers === null ? '0' : 'coalesce(sum(buyers.orders), 0)'),
        revenue_minor: knex.raw(
          buyers === null
            ? 'sum(customers.total_spending_minor - customers.opening_spending_minor)'
            : 'coalesce(sum(buyers.revenue_minor), 0)',
        ),
      }),
  )
  return rows.map(({ place, customers, orders, revenue_minor }) => ({
    place,
    customers: Number(customers),
    orders: Number(orders),
    revenueMinor: Number(revenue_minor),
  }))
}

import type { Knex } from 'knex'
import { workspaceId } from '../audiences/shop.ts'
import { dayMs, nowMs } from '../predicates/customers/records.ts'
import {
  type AnalyticsParts,
  openBooks,
  readBandSales,
  readCohorts,
  readDashboard,
  readGroups,
  readPlaces,
  readProducts,
  readRepeat,
  readSales,
  readScores,
} from './server-figures.ts'

/** What an endpoint does, and the same asked of the rows where that is another question. */
export interface Question {
  readonly name: string
  /** Opens the books, as every request does, and reads. */
  ours(parts: AnalyticsParts): Promise<unknown>
  direct?(knex: Knex): Promise<unknown>
}

const days = { '7d': 7, '30d': 30, '90d': 90, '1y': 365 } as const
const timeframes = ['30d', '1y'] as const

export const questions: readonly Question[] = [
  ...timeframes.map(
    (timeframe): Question => ({
      name: `dashboard ${timeframe}`,
      ours: async (parts) => readDashboard(parts, await openBooks(parts, workspaceId), timeframe),
      direct: async (knex) => {
        for (const table of ['orders', 'customers'] as const) await sumsOf(knex, table, days[timeframe])
        await productsOf(knex, days[timeframe])
        await buyersOf(knex, days[timeframe])
      },
    }),
  ),
  ...timeframes.map(
    (timeframe): Question => ({
      name: `sales, growth, order status ${timeframe}`,
      ours: async (parts) => readSales(parts, await openBooks(parts, workspaceId), timeframe),
      direct: async (knex) => {
        for (const table of ['orders', 'customers'] as const) await sumsOf(knex, table, days[timeframe])
      },
    }),
  ),
  ...timeframes.map(
    (timeframe): Question => ({
      name: `products ${timeframe}`,
      ours: async (parts) => readProducts(parts, await openBooks(parts, workspaceId), timeframe, 10),
      direct: (knex) => productsOf(knex, days[timeframe]),
    }),
  ),
  {
    name: 'customers: bands',
    ours: async (parts) => readGroups(parts, await openBooks(parts, workspaceId), 'spending'),
  },
  {
    name: 'customers: visits',
    ours: async (parts) => readGroups(parts, await openBooks(parts, workspaceId), 'visits'),
  },
  {
    name: 'customers: places',
    ours: async (parts) => readPlaces(parts, await openBooks(parts, workspaceId), 'state', null),
  },
  ...timeframes.flatMap((timeframe): Question[] => [
    {
      name: `revenue by band ${timeframe}`,
      ours: async (parts) => readBandSales(parts, await openBooks(parts, workspaceId), timeframe),
    },
    {
      name: `loyalty ${timeframe}`,
      ours: async (parts) => readRepeat(parts, await openBooks(parts, workspaceId), timeframe),
    },
    {
      name: `geography by city ${timeframe}`,
      ours: async (parts) => readPlaces(parts, await openBooks(parts, workspaceId), 'city', timeframe),
    },
    {
      name: `rfm ${timeframe}`,
      ours: async (parts) => readScores(parts, await openBooks(parts, workspaceId), timeframe),
    },
    {
      name: `retention ${timeframe}`,
      ours: async (parts) => readCohorts(parts, await openBooks(parts, workspaceId), timeframe),
    },
  ]),
]

/** By the day and the status, as somebody would ask who has no daily figures; two periods, for the growth. */
async function sumsOf(knex: Knex, table: 'orders' | 'customers', length: number): Promise<void> {
  const isOrders = table === 'orders'
  await knex(table)
    .where('workspace_id', workspaceId)
    .where('created_at_ms', '>=', nowMs - 2 * length * dayMs)
    .groupByRaw(isOrders ? '1, 2' : '1')
    .select({
      day: knex.raw(`created_at_ms - created_at_ms % ${dayMs}`),
      ...(isOrders ? { status: 'status', total: knex.raw('sum(total_minor)') } : {}),
      count: knex.raw('count(*)'),
    })
}

async function productsOf(knex: Knex, length: number): Promise<void> {
  await knex('orders')
    .join('order_items', (join) =>
      join.on('order_items.workspace_id', 'orders.workspace_id').andOn('order_items.order_id', 'orders.id'),
    )
    .where('orders.workspace_id', workspaceId)
    .where('orders.created_at_ms', '>=', nowMs - length * dayMs)
    .groupBy('product_name_folded')
    .select('product_name_folded', { revenue: knex.raw('sum(quantity * price_minor)') })
    .orderBy('revenue', 'desc')
    .limit(10)
}

async function buyersOf(knex: Knex, length: number): Promise<void> {
  await knex('orders')
    .where({ workspace_id: workspaceId, status: 'COMPLETED' })
    .where('created_at_ms', '>=', nowMs - length * dayMs)
    .groupBy('customer_id')
    .select('customer_id', { revenue: knex.raw('sum(total_minor)') })
    .orderBy('revenue', 'desc')
    .limit(5)
}

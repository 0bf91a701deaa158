import type { Knex } from 'knex'
import type { CustomerHistory } from './customers/customer-history.ts'
import { orderOnTheWire } from './orders/order-on-the-wire.ts'
import { countOrdersOf, listOrders, orderFigures } from './orders/order-store.ts'

/** What the rooms above the customers know about one, put together for the customers' pages. */
export function historyOf(knex: Knex): CustomerHistory {
  return {
    orders: async (workspaceId, customerId, limit) => {
      const newestFirst = { sortBy: 'createdAt', descending: true, offset: 0 } as const
      const placed = await listOrders(knex, workspaceId, {
        ...newestFirst,
        customerId,
        limit,
        status: null,
        search: null,
      })
      return placed.map(({ order }) => orderOnTheWire(order))
    },
    countOrders: (workspaceId, customerIds) => countOrdersOf(knex, workspaceId, customerIds),
    orderFigures: async (workspaceId, customerId) => {
      const figures = await orderFigures(knex, workspaceId, customerId)
      const completed = figures.find(({ status }) => status === 'COMPLETED')
      return {
        count: figures.reduce((total, { count }) => total + count, 0),
        completedCount: completed?.count ?? 0,
        completedMinor: completed?.sumMinor ?? 0,
        lastAtMs: figures.length === 0 ? null : Math.max(...figures.map(({ lastAtMs }) => lastAtMs)),
      }
    },
    communications: async () => [],
    countCommunications: async () => new Map(),
    campaignFigures: async () => ({ total: 0, delivered: 0, failed: 0 }),
  }
}

import type { Knex } from 'knex'
import { messageOnTheWire } from './campaigns/campaign-answers.ts'
import type { CustomerHistory } from './customers/customer-history.ts'
import type { RunStore } from './deliveries/run-store.ts'
import { countOrdersOf, orderFigures } from './orders/order-figures-store.ts'
import { noFilter } from './orders/order-filter.ts'
import { listOrders } from './orders/order-list-store.ts'
import { orderOnTheWire } from './orders/order-on-the-wire.ts'

/** What the rooms above the customers know about one, put together for the customers' pages. */
export function historyOf(knex: Knex, runs: RunStore): CustomerHistory {
  return {
    orders: async (workspaceId, customerId, limit) => {
      const newestFirst = { sortBy: 'createdAt', descending: true, offset: 0, after: null } as const
      const placed = await listOrders(knex, workspaceId, {
        ...newestFirst,
        filter: { ...noFilter, customerId },
        limit,
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
    communications: async (workspaceId, customerId, limit) => {
      const messages = await runs.messagesOfCustomer(workspaceId, customerId, { limit, offset: 0 })
      return messages.map((message) => ({
        ...messageOnTheWire(message),
        campaign: { id: message.campaignId, name: message.campaignName },
      }))
    },
    countCommunications: (workspaceId, customerIds) => runs.countOfCustomers(workspaceId, customerIds),
    campaignFigures: async (workspaceId, customerId) => {
      const figures = await runs.figuresOfCustomer(workspaceId, customerId)
      return {
        total: Object.values(figures).reduce((total, count) => total + count, 0),
        delivered: figures.DELIVERED ?? 0,
        failed: (figures.FAILED ?? 0) + (figures.BOUNCED ?? 0),
      }
    },
  }
}

import type { Customer } from '../customers/customer.ts'
import { findCustomers } from '../customers/customer-store.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { askSlowly } from './ask-slowly.ts'
import { type BuyerSales, newestOrdersOf, topBuyers } from './buyers-store.ts'
import { type CustomerScore, scoreCustomer } from './customer-scores.ts'
import { engagedByCustomer } from './engagement-store.ts'
import type { Books } from './open-books.ts'
import { periodsOf, type Timeframe } from './period.ts'

/** A customer among those who brought in most. */
export interface RankedCustomer {
  readonly customer: Customer
  readonly sales: BuyerSales
  readonly score: CustomerScore
  /** The newest orders of the period. */
  readonly orders: readonly { readonly totalMinor: number; readonly status: string }[]
}

/** How many orders of each are shown. */
const mostOrders = 5

/** The customers with the most revenue in a timeframe. Orders outlive their customers; only customers are ranked. */
export async function rankCustomers(
  parts: AnalyticsParts,
  books: Books,
  timeframe: Timeframe,
  count: number,
): Promise<readonly RankedCustomer[]> {
  const { workspaceId, calendar, today, nowMs } = books
  const { current } = periodsOf(timeframe, calendar, today)
  const found = await livingBuyers(parts, books, timeframe, count)
  const ids = found.map(({ customer }) => customer.id)
  const engaged = await engagedByCustomer(parts.reads, workspaceId, ids)
  const orders = await newestOrdersOf(parts.reads, workspaceId, current, ids, mostOrders)
  return found.map(({ customer, sales }) => ({
    customer,
    sales,
    score: scoreCustomer(customer, engaged.get(customer.id) ?? { delivered: 0, engaged: 0 }, nowMs),
    orders: orders.filter(({ customerId }) => customerId === customer.id),
  }))
}

/** Asks for more buyers only where so many have been erased that too few are left. */
async function livingBuyers(
  parts: AnalyticsParts,
  { workspaceId, calendar, today, revision }: Books,
  timeframe: Timeframe,
  count: number,
): Promise<readonly { readonly customer: Customer; readonly sales: BuyerSales }[]> {
  const { current } = periodsOf(timeframe, calendar, today)
  for (let limit = count * 5; ; limit *= 10) {
    const buyers = await parts.memories.buyers.recall([workspaceId, revision, today, timeframe, limit], () =>
      askSlowly(parts, workspaceId, (asking) => topBuyers(asking, workspaceId, current, limit)),
    )
    const customers = await findCustomers(
      parts.reads,
      workspaceId,
      'id',
      buyers.map(({ customerId }) => customerId),
    )
    const byId = new Map(customers.map((customer) => [customer.id, customer]))
    const living = buyers.flatMap((sales) => {
      const customer = byId.get(sales.customerId)
      return customer === undefined ? [] : [{ customer, sales }]
    })
    if (living.length >= count || buyers.length < limit) return living.slice(0, count)
  }
}

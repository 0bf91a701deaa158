import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { afterKey, type Key } from '../database/keyset.ts'
import type { Buyer, Order } from './order.ts'
import type { OrderFilter } from './order-filter.ts'
import { type OrderRow, ordersOf } from './order-rows.ts'

/** Which orders a list shows, and in which order. */
export interface OrderQuery {
  readonly filter: OrderFilter
  readonly search: string | null
  readonly sortBy: (typeof orderSorts)[number]
  readonly descending: boolean
  readonly limit: number
  readonly offset: number
  readonly after: Key | null
}

/** By what lists can be sorted; the first is the usual. */
export const orderSorts = ['createdAt', 'total', 'customer', 'status', 'updatedAt'] as const

/** An order and who placed it. */
export interface PlacedOrder {
  readonly order: Order
  readonly buyer: Buyer | null
}

const columnOf = {
  createdAt: 'orders.created_at_ms',
  updatedAt: 'orders.updated_at_ms',
  total: 'orders.total_minor',
  status: 'orders.status',
  customer: 'customers.name_folded',
} as const

interface PlacedRow extends OrderRow {
  readonly buyer_id: string | null
  readonly buyer_name: string
  readonly buyer_email: string
  readonly buyer_phone: string | null
  readonly buyer_spending_minor: number
  readonly buyer_created_at_ms: number
  readonly buyer_updated_at_ms: number
}

export async function listOrders(knex: Knex, workspaceId: string, query: OrderQuery): Promise<readonly PlacedOrder[]> {
  const order = query.descending ? 'desc' : 'asc'
  const [all, column] = [joinBuyers(found(knex, workspaceId, query)), columnOf[query.sortBy]]
  const columns = { value: column, id: 'orders.id' }
  const listed = query.after === null ? all : afterKey(all, columns, query.descending, query.after)
  const rows: readonly PlacedRow[] = await withBuyers(listed)
    .orderBy([
      { column, order },
      { column: 'orders.id', order },
    ])
    .limit(query.limit)
    .offset(query.offset)
  return placedOrders(knex, workspaceId, rows)
}

export async function countOrders(
  knex: Knex,
  workspaceId: string,
  query: Pick<OrderQuery, 'filter' | 'search'>,
): Promise<number> {
  const orders = found(knex, workspaceId, query)
  const [row] = await (query.search === null ? orders : joinBuyers(orders)).count<{ size: number | string }[]>({
    size: '*',
  })
  return Number(row?.size ?? 0)
}

export async function findPlacedOrder(knex: Knex, workspaceId: string, orderId: string): Promise<PlacedOrder | null> {
  const rows: readonly PlacedRow[] = await withBuyers(
    joinBuyers(knex('orders').where({ 'orders.workspace_id': workspaceId, 'orders.id': orderId })),
  )
  const [placed] = await placedOrders(knex, workspaceId, rows)
  return placed ?? null
}

/** Where an order stands in a list that is sorted by this. */
export function orderKey({ order, buyer }: PlacedOrder, sortBy: OrderQuery['sortBy']): Key {
  const values: Readonly<Record<OrderQuery['sortBy'], Key['value']>> = {
    createdAt: order.createdAtMs,
    updatedAt: order.updatedAtMs,
    total: order.totalMinor,
    status: order.status,
    customer: folded(buyer?.name ?? null),
  }
  return { value: values[sortBy], id: order.id }
}

/** A search looks at the customers too, who have to be joined then; `instr` takes the text literally. */
function found(
  knex: Knex,
  workspaceId: string,
  { filter, search }: Pick<OrderQuery, 'filter' | 'search'>,
): Knex.QueryBuilder {
  const orders = knex('orders').where('orders.workspace_id', workspaceId)
  narrow(orders, workspaceId, filter)
  if (search === null) return orders
  const part = folded(search)
  return orders.where((any) =>
    any
      .whereRaw('instr(orders.id, ?) > 0', [search])
      .orWhereRaw('instr(customers.name_folded, ?) > 0', [part])
      .orWhereRaw('instr(customers.email_folded, ?) > 0', [part]),
  )
}

function narrow(
  orders: Knex.QueryBuilder,
  workspaceId: string,
  { customerId, status, category, totalMinor, created }: OrderFilter,
): void {
  if (customerId !== null) orders.where('orders.customer_id', customerId)
  if (status !== null) orders.where('orders.status', status)
  if (totalMinor.least !== null) orders.where('orders.total_minor', '>=', totalMinor.least)
  if (totalMinor.most !== null) orders.where('orders.total_minor', '<=', totalMinor.most)
  if (created.fromMs !== null) orders.where('orders.created_at_ms', '>=', created.fromMs)
  if (created.beforeMs !== null) orders.where('orders.created_at_ms', '<', created.beforeMs)
  if (category !== null) {
    orders.whereIn('orders.id', (having) =>
      having.from('order_items').where({ workspace_id: workspaceId, category_folded: category }).select('order_id'),
    )
  }
}

/** An order outlives its customer, hence the outer join. */
function joinBuyers(orders: Knex.QueryBuilder): Knex.QueryBuilder {
  return orders.leftJoin('customers', (join) =>
    join.on('customers.workspace_id', 'orders.workspace_id').on('customers.id', 'orders.customer_id'),
  )
}

function withBuyers(orders: Knex.QueryBuilder): Knex.QueryBuilder {
  return orders.select('orders.*', {
    buyer_id: 'customers.id',
    buyer_name: 'customers.name',
    buyer_email: 'customers.email',
    buyer_phone: 'customers.phone',
    buyer_spending_minor: 'customers.total_spending_minor',
    buyer_created_at_ms: 'customers.created_at_ms',
    buyer_updated_at_ms: 'customers.updated_at_ms',
  })
}

async function placedOrders(
  knex: Knex,
  workspaceId: string,
  rows: readonly PlacedRow[],
): Promise<readonly PlacedOrder[]> {
  const orders = await ordersOf(knex, workspaceId, rows)
  return orders.map((order, index) => ({ order, buyer: buyerOf(rows[index]) }))
}

function buyerOf(row: PlacedRow | undefined): Buyer | null {
  if (row === undefined || row.buyer_id === null) return null
  return {
    id: row.buyer_id,
    name: row.buyer_name,
    email: row.buyer_email,
    phone: row.buyer_phone,
    totalSpendingMinor: Number(row.buyer_spending_minor),
    createdAtMs: Number(row.buyer_created_at_ms),
    updatedAtMs: Number(row.buyer_updated_at_ms),
  }
}

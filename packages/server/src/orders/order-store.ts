import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { byChunks, insertRows } from '../database/insert-rows.ts'
import { afterKey, type Key } from '../database/keyset.ts'
import type { Buyer, Order, OrderItem, OrderStatus } from './order.ts'

/** Which orders a list shows, and in which order. */
export interface OrderQuery {
  readonly customerId: string | null
  readonly status: OrderStatus | null
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

interface OrderRow {
  readonly id: string
  readonly external_id: string | null
  readonly customer_id: string
  readonly total_minor: number
  readonly status: OrderStatus
  readonly notes: string | null
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

interface PlacedRow extends OrderRow {
  readonly buyer_id: string | null
  readonly buyer_name: string
  readonly buyer_email: string
  readonly buyer_phone: string | null
  readonly buyer_spending_minor: number
  readonly buyer_created_at_ms: number
  readonly buyer_updated_at_ms: number
}

interface ItemRow {
  readonly order_id: string
  readonly product_name: string
  readonly category: string | null
  readonly quantity: number
  readonly price_minor: number
}

export async function listOrders(knex: Knex, workspaceId: string, query: OrderQuery): Promise<readonly PlacedOrder[]> {
  const order = query.descending ? 'desc' : 'asc'
  const [all, column] = [found(knex, workspaceId, query), columnOf[query.sortBy]]
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

export async function countOrders(
  knex: Knex,
  workspaceId: string,
  query: Pick<OrderQuery, 'customerId' | 'status' | 'search'>,
): Promise<number> {
  const [row] = await found(knex, workspaceId, query).count<{ size: number | string }[]>({ size: '*' })
  return Number(row?.size ?? 0)
}

export async function findPlacedOrder(knex: Knex, workspaceId: string, orderId: string): Promise<PlacedOrder | null> {
  const rows: readonly PlacedRow[] = await withBuyers(
    joinBuyers(knex('orders').where({ 'orders.workspace_id': workspaceId, 'orders.id': orderId })),
  )
  const [placed] = await placedOrders(knex, workspaceId, rows)
  return placed ?? null
}

/** The orders with these external ids, by external id. */
export async function findByExternalIds(
  knex: Knex,
  workspaceId: string,
  externalIds: Iterable<string>,
): Promise<readonly Order[]> {
  const rows = await byChunks<string, OrderRow>(externalIds, (chunk) =>
    knex('orders').where({ workspace_id: workspaceId }).whereIn('external_id', chunk).select(),
  )
  return withItems(knex, workspaceId, rows)
}

/** One order, held until the transaction ends. */
export async function lockOrder(
  transaction: Knex.Transaction,
  workspaceId: string,
  orderId: string,
): Promise<Order | null> {
  const rows: readonly OrderRow[] = await transaction('orders')
    .where({ workspace_id: workspaceId, id: orderId })
    .forUpdate()
    .select()
  const [order] = await withItems(transaction, workspaceId, rows)
  return order ?? null
}

/** @param newId ids for the items */
export async function insertOrders(
  knex: Knex,
  workspaceId: string,
  orders: readonly Order[],
  newId: () => string,
): Promise<void> {
  await insertRows(
    knex,
    'orders',
    orders.map((order) => ({
      id: order.id,
      workspace_id: workspaceId,
      external_id: order.externalId,
      ...changeable(order),
      created_at_ms: order.createdAtMs,
      updated_at_ms: order.updatedAtMs,
    })),
  )
  await insertItems(knex, workspaceId, orders, newId)
}

/** Writes an order anew, with its items. */
export async function updateOrder(
  transaction: Knex.Transaction,
  workspaceId: string,
  order: Order,
  newId: () => string,
): Promise<void> {
  await transaction('orders')
    .where({ workspace_id: workspaceId, id: order.id })
    .update({ ...changeable(order), created_at_ms: order.createdAtMs, updated_at_ms: order.updatedAtMs })
  await transaction('order_items').where({ workspace_id: workspaceId, order_id: order.id }).delete()
  await insertItems(transaction, workspaceId, [order], newId)
}

export async function updateStatus(
  transaction: Knex.Transaction,
  workspaceId: string,
  orderId: string,
  status: OrderStatus,
  nowMs: number,
): Promise<void> {
  await transaction('orders').where({ workspace_id: workspaceId, id: orderId }).update({ status, updated_at_ms: nowMs })
}

/** A line of the record of who changed what. */
export interface StatusChange {
  readonly id: string
  readonly orderId: string
  readonly from: OrderStatus
  readonly to: OrderStatus
  readonly changedBy: string
}

export async function recordStatusChanges(
  transaction: Knex.Transaction,
  workspaceId: string,
  changes: readonly StatusChange[],
  nowMs: number,
): Promise<void> {
  const rows = changes.map(({ id, orderId, from, to, changedBy }) => ({
    id,
    workspace_id: workspaceId,
    order_id: orderId,
    from_status: from,
    to_status: to,
    changed_by: changedBy,
    changed_at_ms: nowMs,
  }))
  await insertRows(transaction, 'order_status_changes', rows)
}

export async function deleteOrder(transaction: Knex.Transaction, workspaceId: string, orderId: string): Promise<void> {
  await transaction('order_items').where({ workspace_id: workspaceId, order_id: orderId }).delete()
  await transaction('orders').where({ workspace_id: workspaceId, id: orderId }).delete()
}

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

/** Counting needs the customers only where the search looks at them; `instr` takes the text literally. */
function found(
  knex: Knex,
  workspaceId: string,
  { customerId, status, search }: Pick<OrderQuery, 'customerId' | 'status' | 'search'>,
): Knex.QueryBuilder {
  const orders = joinBuyers(knex('orders').where('orders.workspace_id', workspaceId))
  if (customerId !== null) orders.where('orders.customer_id', customerId)
  if (status !== null) orders.where('orders.status', status)
  if (search === null) return orders
  const part = folded(search)
  return orders.where((any) =>
    any
      .whereRaw('instr(orders.id, ?) > 0', [search])
      .orWhereRaw('instr(customers.name_folded, ?) > 0', [part])
      .orWhereRaw('instr(customers.email_folded, ?) > 0', [part]),
  )
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
  const orders = await withItems(knex, workspaceId, rows)
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

async function withItems(knex: Knex, workspaceId: string, rows: readonly OrderRow[]): Promise<readonly Order[]> {
  const ids = rows.map(({ id }) => id)
  const items = new Map(ids.map((id): [string, OrderItem[]] => [id, []]))
  const itemRows = await byChunks<string, ItemRow>(ids, (chunk) =>
    knex('order_items')
      .where({ workspace_id: workspaceId })
      .whereIn('order_id', chunk)
      .orderBy(['order_id', 'position'])
      .select(),
  )
  for (const row of itemRows) items.get(row.order_id)?.push(itemOf(row))
  return rows.map((row) => orderOf(row, items.get(row.id) ?? []))
}

async function insertItems(
  knex: Knex,
  workspaceId: string,
  orders: readonly Order[],
  newId: () => string,
): Promise<void> {
  const rows = orders.flatMap(({ id, items }) =>
    items.map(({ productName, category, quantity, priceMinor }, position) => ({
      id: newId(),
      workspace_id: workspaceId,
      order_id: id,
      position,
      product_name: productName,
      product_name_folded: folded(productName),
      category,
      category_folded: folded(category),
      quantity,
      price_minor: priceMinor,
    })),
  )
  await insertRows(knex, 'order_items', rows)
}

function changeable({ customerId, totalMinor, status, notes }: Order): Readonly<Record<string, unknown>> {
  return { customer_id: customerId, total_minor: totalMinor, status, notes }
}

function itemOf({ product_name, category, quantity, price_minor }: ItemRow): OrderItem {
  return { productName: product_name, category, quantity: Number(quantity), priceMinor: Number(price_minor) }
}

function orderOf(row: OrderRow, items: readonly OrderItem[]): Order {
  return {
    id: row.id,
    externalId: row.external_id,
    customerId: row.customer_id,
    items,
    totalMinor: Number(row.total_minor),
    status: row.status,
    notes: row.notes,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }
}

import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { byChunks, insertRows } from '../database/insert-rows.ts'
import type { Order, OrderStatus } from './order.ts'
import { type OrderRow, ordersOf } from './order-rows.ts'

/** The orders with these external ids, by external id. */
export async function findByExternalIds(
  knex: Knex,
  workspaceId: string,
  externalIds: Iterable<string>,
): Promise<readonly Order[]> {
  const rows = await byChunks<string, OrderRow>(externalIds, (chunk) =>
    knex('orders').where({ workspace_id: workspaceId }).whereIn('external_id', chunk).select(),
  )
  return ordersOf(knex, workspaceId, rows)
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
  const [order] = await ordersOf(transaction, workspaceId, rows)
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

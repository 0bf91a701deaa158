import type { Knex } from 'knex'
import { findCustomerIds, lockCustomers } from '../customers/customer-store.ts'
import { recomputeFigures } from '../customers/figures-store.ts'
import { noteChanges } from '../database/changed-hours.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { invalidInput } from '../problems/problem-error.ts'
import type { Order, OrderInput } from './order.ts'
import { findPlacedOrder, type PlacedOrder } from './order-list-store.ts'
import type { OrderParts } from './order-parts.ts'
import { insertOrders } from './order-store.ts'
import { itemsOf, sumOf, totalFault } from './order-total.ts'

/** Stores an order and its items; the customer's figures follow in the same transaction. */
export async function placeOrder(parts: OrderParts, workspaceId: string, input: OrderInput): Promise<PlacedOrder> {
  const { knex, world } = parts
  const nowMs = world.nowMs()
  const order: Order = {
    id: world.newId(),
    externalId: null,
    ...statedOrder(input),
    notes: input.notes || null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
  return inTransaction(knex, async (transaction) => {
    await lockCustomers(transaction, workspaceId, [order.customerId])
    await requireCustomer(transaction, workspaceId, order.customerId)
    await insertOrders(transaction, workspaceId, [order], world.newId)
    await recomputeFigures(transaction, workspaceId, [order.customerId])
    await noteChanges(transaction, workspaceId, [order.createdAtMs])
    return found(transaction, workspaceId, order.id)
  })
}

/** What a form states, with the total that the items come to. */
export function statedOrder(input: OrderInput): Pick<Order, 'customerId' | 'items' | 'totalMinor' | 'status'> {
  const items = itemsOf(input.items)
  const fault = totalFault(input.total, items)
  if (fault !== null) throw invalidInput([fault], 'TOTAL_MISMATCH')
  return { customerId: input.customerId, items, totalMinor: sumOf(items) ?? 0, status: input.status }
}

/** @throws ProblemError when the workspace has no such customer */
export async function requireCustomer(
  transaction: Knex.Transaction,
  workspaceId: string,
  customerId: string,
): Promise<void> {
  const known = await findCustomerIds(transaction, workspaceId, 'id', [customerId])
  if (known.size === 0) {
    throw invalidInput([{ path: '/customerId', message: 'There is no such customer' }], 'UNKNOWN_CUSTOMER')
  }
}

/** An order that has just been written, as it and its customer now are. */
export async function found(transaction: Knex.Transaction, workspaceId: string, orderId: string): Promise<PlacedOrder> {
  const placed = await findPlacedOrder(transaction, workspaceId, orderId)
  if (placed === null) throw new Error('An order vanished within its own transaction')
  return placed
}

import type { Knex } from 'knex'
import { lockCustomers } from '../customers/customer-store.ts'
import { recomputeFigures } from '../customers/figures-store.ts'
import { noteChanges } from '../database/changed-hours.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { checkVersion } from '../database/version-of.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { Order, OrderInput, OrderStatus } from './order.ts'
import { findPlacedOrder, type PlacedOrder } from './order-list-store.ts'
import type { OrderParts } from './order-parts.ts'
import { checkStatusChange } from './order-status.ts'
import { deleteOrder, lockOrder, recordStatusChanges, updateOrder, updateStatus } from './order-store.ts'
import { found, requireCustomer, statedOrder } from './place-order.ts'

/** Who asks, and in which workspace. */
export interface Asker {
  readonly workspaceId: string
  readonly userId: string
  /** The version of the order that the change was made from; null or absent for whatever is stored. */
  readonly expected?: string | null
}

/** Replaces an order. Notes that are absent or empty stay as they are, since the form does not load them; null clears. */
export async function changeOrder(
  parts: OrderParts,
  asker: Asker,
  orderId: string,
  input: OrderInput,
): Promise<PlacedOrder> {
  const stated = statedOrder(input)
  return changing(parts, asker, orderId, [stated.customerId], async (transaction, before) => {
    if (stated.customerId !== before.customerId)
      await requireCustomer(transaction, asker.workspaceId, stated.customerId)
    await changeStatus(parts, transaction, asker, before, stated.status)
    const notes = input.notes === null ? null : input.notes || before.notes
    const order = { ...before, ...stated, notes, updatedAtMs: parts.world.nowMs() }
    await updateOrder(transaction, asker.workspaceId, order, parts.world.newId)
  })
}

/** Moves an order to another status. */
export async function moveOrder(
  parts: OrderParts,
  asker: Asker,
  orderId: string,
  status: OrderStatus,
): Promise<PlacedOrder> {
  return changing(parts, asker, orderId, [], async (transaction, before) => {
    await changeStatus(parts, transaction, asker, before, status)
  })
}

/** Takes an order away, and with it what it meant for its customer. */
export async function removeOrder({ knex }: OrderParts, asker: Asker, orderId: string): Promise<void> {
  const { workspaceId, expected = null } = asker
  const customerId = await buyerOf(knex, workspaceId, orderId)
  await inTransaction(knex, async (transaction) => {
    await lockCustomers(transaction, workspaceId, [customerId])
    const order = await lockedOrder(transaction, workspaceId, orderId)
    checkVersion(order, expected)
    await deleteOrder(transaction, workspaceId, orderId)
    await recomputeFigures(transaction, workspaceId, [customerId, order.customerId])
    await noteChanges(transaction, workspaceId, [order.createdAtMs])
  })
}

/**
 * Changes an order under the locks of everybody it concerns. The order is read again once they are held:
 * what was read before may be out of date.
 */
async function changing(
  { knex }: OrderParts,
  { workspaceId, expected = null }: Asker,
  orderId: string,
  others: readonly string[],
  change: (transaction: Knex.Transaction, before: Order) => Promise<void>,
): Promise<PlacedOrder> {
  const customerIds = [await buyerOf(knex, workspaceId, orderId), ...others]
  return inTransaction(knex, async (transaction) => {
    await lockCustomers(transaction, workspaceId, customerIds)
    const before = await lockedOrder(transaction, workspaceId, orderId)
    checkVersion(before, expected)
    await change(transaction, before)
    await recomputeFigures(transaction, workspaceId, [...customerIds, before.customerId])
    await noteChanges(transaction, workspaceId, [before.createdAtMs])
    return found(transaction, workspaceId, orderId)
  })
}

async function changeStatus(
  { world }: OrderParts,
  transaction: Knex.Transaction,
  { workspaceId, userId }: Asker,
  { id, status: from }: Order,
  to: OrderStatus,
): Promise<void> {
  checkStatusChange(from, to)
  if (from === to) return
  const nowMs = world.nowMs()
  await updateStatus(transaction, workspaceId, id, to, nowMs)
  await recordStatusChanges(
    transaction,
    workspaceId,
    [{ id: world.newId(), orderId: id, from, to, changedBy: userId }],
    nowMs,
  )
}

async function buyerOf(knex: Knex, workspaceId: string, orderId: string): Promise<string> {
  const placed = await findPlacedOrder(knex, workspaceId, orderId)
  if (placed === null) throw unknownOrder()
  return placed.order.customerId
}

async function lockedOrder(transaction: Knex.Transaction, workspaceId: string, orderId: string): Promise<Order> {
  const order = await lockOrder(transaction, workspaceId, orderId)
  if (order === null) throw unknownOrder()
  return order
}

/** The answer to an id that is not, or not in this workspace. */
export function unknownOrder(): ProblemError {
  return new ProblemError('ORDER_NOT_FOUND', 'There is no such order')
}

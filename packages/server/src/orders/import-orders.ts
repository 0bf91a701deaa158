import type { Knex } from 'knex'
import { lockCustomers } from '../customers/customer-store.ts'
import { recomputeFigures } from '../customers/figures-store.ts'
import type { CheckedRow, RowResult } from '../customers/import-rows.ts'
import { noteChanges } from '../database/changed-hours.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import type { Asker } from './change-order.ts'
import type { Order, OrderRow } from './order.ts'
import type { OrderParts } from './order-parts.ts'
import { findByExternalIds, insertOrders, recordStatusChanges, type StatusChange, updateOrder } from './order-store.ts'
import { knownBuyers, readOrderRow, sameOrder } from './read-order-row.ts'

/**
 * Takes many orders at once, each row for itself. A row with an external id is known again by it, so that
 * sending the same rows twice changes nothing; one without is a new order each time. Rows mirror another
 * system's orders, so any status may follow any other; the change is recorded.
 */
export async function importOrders(
  parts: OrderParts,
  asker: Asker,
  rows: readonly CheckedRow<OrderRow>[],
): Promise<readonly RowResult[]> {
  const { knex, world } = parts
  const { workspaceId } = asker
  return inTransaction(
    knex,
    async (transaction) => {
      const { buyers, batch } = await holdWhatIsConcerned(transaction, workspaceId, rows)
      const results = rows.map((row, index): RowResult => {
        const answer = row.ok ? readOrderRow(row.value, batch.known(row.value.externalId), buyers, world) : row.faults
        return 'id' in answer ? batch.take(index, answer) : { row: index, status: 'rejected', reasons: answer }
      })
      await insertOrders(transaction, workspaceId, [...batch.added.values()], world.newId)
      for (const order of batch.changed.values()) await updateOrder(transaction, workspaceId, order, world.newId)
      await recordStatusChanges(transaction, workspaceId, batch.statusChanges(asker.userId, world.newId), world.nowMs())
      await recomputeFigures(transaction, workspaceId, batch.customerIds)
      if (batch.instantsMs.size > 0) await noteChanges(transaction, workspaceId, batch.instantsMs)
      return results
    },
    isDuplicate,
  )
}

/** Everybody and every order that the rows name, held until the transaction ends. */
async function holdWhatIsConcerned(
  transaction: Knex.Transaction,
  workspaceId: string,
  rows: readonly CheckedRow<OrderRow>[],
) {
  const inputs = rows.flatMap((row) => (row.ok ? [row.value] : []))
  const buyers = await knownBuyers(transaction, workspaceId, inputs)
  await lockCustomers(transaction, workspaceId, buyers.ids())
  const externalIds = inputs.flatMap(({ externalId }) => externalId ?? [])
  const stored = await findByExternalIds(transaction, workspaceId, externalIds)
  // Whoever had an order that now goes to somebody else is concerned as well.
  await lockCustomers(
    transaction,
    workspaceId,
    stored.map(({ customerId }) => customerId),
  )
  return { buyers, batch: createBatch(stored) }
}

/** The orders as they are and as the rows so far leave them. */
function createBatch(stored: readonly Order[]) {
  const original = new Map(stored.map((order) => [order.id, order]))
  const byExternalId = new Map(stored.map((order) => [order.externalId, order]))
  const added = new Map<string, Order>()
  const changed = new Map<string, Order>()
  const customerIds = new Set<string>()
  const instantsMs = new Set<number>()
  return {
    added,
    changed,
    customerIds,
    /** When the orders that changed were placed, before and after. */
    instantsMs,
    known: (externalId: string | null | undefined) => (externalId ? byExternalId.get(externalId) : undefined),
    take(row: number, order: Order): RowResult {
      const before = this.known(order.externalId)
      if (before !== undefined && sameOrder(before, order)) return { row, status: 'unchanged', id: order.id }
      const isNew = before === undefined || added.has(order.id)
      const waiting = isNew ? added : changed
      waiting.set(order.id, order)
      if (order.externalId !== null) byExternalId.set(order.externalId, order)
      for (const { customerId, createdAtMs } of [order, before ?? order]) {
        customerIds.add(customerId)
        instantsMs.add(createdAtMs)
      }
      return { row, status: before === undefined ? 'created' : 'updated', id: order.id }
    },
    statusChanges: (changedBy: string, newId: () => string): readonly StatusChange[] =>
      [...changed.values()].flatMap(({ id, status }) => {
        const from = original.get(id)?.status ?? status
        return from === status ? [] : [{ id: newId(), orderId: id, from, to: status, changedBy }]
      }),
  }
}

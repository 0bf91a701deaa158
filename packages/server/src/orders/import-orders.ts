import type { Knex } from 'knex'
import { findCustomerIds, lockCustomers } from '../customers/customer-store.ts'
import { recomputeFigures } from '../customers/figures-store.ts'
import type { CheckedRow, RowResult } from '../customers/import-rows.ts'
import { folded } from '../database/folded.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { minorOf } from '../money/minor-units.ts'
import type { Fault } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'
import type { Asker } from './change-order.ts'
import type { Order, OrderRow } from './order.ts'
import type { OrderParts } from './order-parts.ts'
import { findByExternalIds, insertOrders, recordStatusChanges, type StatusChange, updateOrder } from './order-store.ts'
import { itemsOf, sumOf, totalFault } from './order-total.ts'

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
      const inputs = rows.flatMap((row) => (row.ok ? [row.value] : []))
      const buyers = await knownBuyers(transaction, workspaceId, inputs)
      await lockCustomers(transaction, workspaceId, buyers.ids())
      const batch = createBatch(
        await findByExternalIds(
          transaction,
          workspaceId,
          inputs.flatMap(({ externalId }) => externalId ?? []),
        ),
      )
      const results = rows.map((row, index): RowResult => {
        const answer = row.ok ? orderOf(row.value, buyers, batch, world) : row.faults
        return 'id' in answer ? batch.take(index, answer) : { row: index, status: 'rejected', reasons: answer }
      })
      await insertOrders(transaction, workspaceId, [...batch.added.values()], world.newId)
      for (const order of batch.changed.values()) await updateOrder(transaction, workspaceId, order, world.newId)
      await recordStatusChanges(transaction, workspaceId, batch.statusChanges(asker.userId, world.newId), world.nowMs())
      await recomputeFigures(transaction, workspaceId, batch.customerIds)
      return results
    },
    isDuplicate,
  )
}

/** The orders as they are and as the rows so far leave them. */
function createBatch(stored: readonly Order[]) {
  const original = new Map(stored.map((order) => [order.id, order]))
  const byExternalId = new Map(stored.map((order) => [order.externalId, order]))
  const added = new Map<string, Order>()
  const changed = new Map<string, Order>()
  const customerIds = new Set<string>()
  return {
    added,
    changed,
    customerIds,
    known: (externalId: string | null | undefined) => (externalId ? byExternalId.get(externalId) : undefined),
    take(row: number, order: Order): RowResult {
      const before = this.known(order.externalId)
      if (before !== undefined && sameOrder(before, order)) return { row, status: 'unchanged', id: order.id }
      const isNew = before === undefined || added.has(order.id)
      const waiting = isNew ? added : changed
      waiting.set(order.id, order)
      if (order.externalId !== null) byExternalId.set(order.externalId, order)
      for (const { customerId } of [order, before ?? order]) customerIds.add(customerId)
      return { row, status: before === undefined ? 'created' : 'updated', id: order.id }
    },
    statusChanges: (changedBy: string, newId: () => string): readonly StatusChange[] =>
      [...changed.values()].flatMap(({ id, status }) => {
        const from = original.get(id)?.status ?? status
        return from === status ? [] : [{ id: newId(), orderId: id, from, to: status, changedBy }]
      }),
  }
}

type Batch = ReturnType<typeof createBatch>

/** What a row says: a new order, or a stored one as it shall be; or what is wrong with the row. */
function orderOf(row: OrderRow, buyers: Buyers, batch: Batch, world: OrderParts['world']): Order | readonly Fault[] {
  const before = batch.known(row.externalId)
  const customerId = buyers.idOf(row)
  const items = row.items === undefined ? (before?.items ?? []) : itemsOf(row.items)
  const faults = [...(customerId === undefined ? [unknownBuyer(row)] : []), ...amountFaults(row, items)]
  if (customerId === undefined || faults.length > 0) return faults
  const nowMs = world.nowMs()
  return {
    id: before?.id ?? world.newId(),
    externalId: row.externalId || null,
    customerId,
    items,
    totalMinor: items.length > 0 ? (sumOf(items) ?? 0) : (minorOf(row.total ?? 0) ?? 0),
    status: row.status ?? before?.status ?? 'COMPLETED',
    notes: row.notes === undefined ? (before?.notes ?? null) : row.notes || null,
    createdAtMs: row.createdAt === undefined ? (before?.createdAtMs ?? nowMs) : (momentMs(row.createdAt) ?? nowMs),
    updatedAtMs: nowMs,
  }
}

/** An order from a ledger may come without its items; then its total has to be stated. */
function amountFaults({ items: stated, total }: OrderRow, items: Order['items']): readonly Fault[] {
  if (total === undefined) {
    return stated === undefined && items.length === 0
      ? [{ path: '/total', message: '"total" is required where there are no items' }]
      : []
  }
  if (items.length > 0) return [totalFault(total, items)].flatMap((fault) => fault ?? [])
  return minorOf(total) === null ? [{ path: '/total', message: '"total" must have at most two decimals' }] : []
}

function unknownBuyer({ customerId, customerExternalId, customerEmail }: OrderRow): Fault {
  if (customerId !== undefined) return { path: '/customerId', message: 'There is no customer with this id' }
  if (customerExternalId !== undefined) {
    return { path: '/customerExternalId', message: 'There is no customer with this external id' }
  }
  if (customerEmail !== undefined)
    return { path: '/customerEmail', message: 'There is no customer with this e-mail address' }
  return { path: '', message: 'Please name the customer: customerId, customerExternalId or customerEmail' }
}

interface Buyers {
  idOf(row: OrderRow): string | undefined
  ids(): Iterable<string>
}

async function knownBuyers(
  transaction: Knex.Transaction,
  workspaceId: string,
  rows: readonly OrderRow[],
): Promise<Buyers> {
  const ask = (by: 'id' | 'external_id' | 'email_folded', values: readonly (string | undefined)[]) =>
    findCustomerIds(
      transaction,
      workspaceId,
      by,
      values.flatMap((value) => value ?? []),
    )
  const byId = await ask(
    'id',
    rows.map(({ customerId }) => customerId),
  )
  const byExternalId = await ask(
    'external_id',
    rows.map(({ customerExternalId }) => customerExternalId),
  )
  const byEmail = await ask(
    'email_folded',
    rows.map(({ customerEmail }) => customerEmail && folded(customerEmail)),
  )
  return {
    ids: () => new Set([...byId.values(), ...byExternalId.values(), ...byEmail.values()]),
    idOf: ({ customerId, customerExternalId, customerEmail }) => {
      if (customerId !== undefined) return byId.get(customerId)
      if (customerExternalId !== undefined) return byExternalId.get(customerExternalId)
      return customerEmail === undefined ? undefined : byEmail.get(folded(customerEmail))
    },
  }
}

/** Whether two orders say the same, whenever they were written. */
function sameOrder(one: Order, other: Order): boolean {
  const saying = ({ customerId, totalMinor, status, notes, createdAtMs, items }: Order) => {
    const itemsSaid = items.map(({ productName, category, quantity, priceMinor }) => [
      productName,
      category,
      quantity,
      priceMinor,
    ])
    return JSON.stringify([customerId, totalMinor, status, notes, createdAtMs, itemsSaid])
  }
  return saying(one) === saying(other)
}

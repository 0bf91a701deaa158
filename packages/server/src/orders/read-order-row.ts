import type { Knex } from 'knex'
import { findCustomerIds } from '../customers/customer-store.ts'
import { folded } from '../database/folded.ts'
import { minorOf } from '../money/minor-units.ts'
import type { Fault } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'
import type { Order, OrderRow } from './order.ts'
import type { OrderParts } from './order-parts.ts'
import { itemsOf, sumOf, totalFault } from './order-total.ts'

/** What a row says: a new order, or a stored one as it shall be; or what is wrong with the row. */
export function readOrderRow(
  row: OrderRow,
  before: Order | undefined,
  buyers: Buyers,
  world: OrderParts['world'],
): Order | readonly Fault[] {
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

/** The customers whom rows name. */
export interface Buyers {
  idOf(row: OrderRow): string | undefined
  ids(): Iterable<string>
}

/** Looks up whom these rows name, by whichever name. */
export async function knownBuyers(
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
export function sameOrder(one: Order, other: Order): boolean {
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

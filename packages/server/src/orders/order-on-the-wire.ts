import { majorOf } from '../money/minor-units.ts'
import { isoOf } from '../world/moment.ts'
import type { Buyer, Order } from './order.ts'
import type { PlacedOrder } from './order-list-store.ts'

/** An order as clients see one: money in major units, times as text. */
export function orderOnTheWire(order: Order) {
  return {
    id: order.id,
    externalId: order.externalId,
    items: order.items.map(({ productName, category, quantity, priceMinor }) => ({
      productName,
      ...(category === null ? {} : { category }),
      quantity,
      price: majorOf(priceMinor),
    })),
    total: majorOf(order.totalMinor),
    status: order.status,
    notes: order.notes,
    customerId: order.customerId,
    createdAt: isoOf(order.createdAtMs),
    updatedAt: isoOf(order.updatedAtMs),
  }
}

/** An order with who placed it. */
export function placedOnTheWire({ order, buyer }: PlacedOrder) {
  return { ...orderOnTheWire(order), customer: buyer === null ? erased(order) : buyerOnTheWire(buyer) }
}

function buyerOnTheWire({ id, name, email, phone, totalSpendingMinor, createdAtMs, updatedAtMs }: Buyer) {
  const totalSpending = majorOf(totalSpendingMinor)
  return { id, name, email, phone, totalSpending, createdAt: isoOf(createdAtMs), updatedAt: isoOf(updatedAtMs) }
}

/** The client reads a name and an address of every order. */
function erased({ customerId, createdAtMs, updatedAtMs }: Order) {
  const times = { createdAt: isoOf(createdAtMs), updatedAt: isoOf(updatedAtMs) }
  return { id: customerId, name: 'Deleted customer', email: '', phone: null, totalSpending: 0, ...times }
}

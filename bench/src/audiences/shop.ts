import { createRandom, type Random } from '../measuring/random.ts'
import { dayMs, nowMs } from '../predicates/customers/records.ts'

/** How much of a shop is generated. */
export interface ShopSize {
  readonly customers: number
  readonly orders: number
}

/** A row as it is inserted: the columns' values in their order. */
export type Row = readonly (string | number | boolean | null)[]

/** A customer with the orders that belong to it. */
export interface GeneratedCustomer {
  readonly id: string
  readonly customer: Row
  readonly orders: readonly Row[]
}

export const workspaceId = 'V1StGXR8_Z5jdHi6B-myT'

/** The city of one customer in a thousand. */
export const rareCity = 'Ziro'
export const fiveCities = ['City 7', 'City 21', 'City 77', 'City 140', 'City 190']

/** Days over which the orders are spread. */
const historyDays = 720

export const customerColumns = [
  ...['id', 'workspace_id', 'email', 'email_folded', 'name', 'name_folded', 'city', 'city_folded'],
  ...['country', 'country_folded', 'gender', 'email_consent', 'opening_spending_minor', 'opening_visits'],
  ...['total_spending_minor', 'order_count', 'visit_count', 'last_visit_at_ms', 'attributes', 'attributes_folded'],
  ...['created_at_ms', 'updated_at_ms'],
]

export const orderColumns = [
  ...['id', 'workspace_id', 'customer_id', 'total_minor', 'status', 'created_at_ms', 'updated_at_ms'],
]

/**
 * Customers one after the other, each with its orders. Few of them have most of the orders: the first of a hundred
 * thousand over a thousand, half of all no more than three. The figures of a customer are those of its orders.
 */
export function* generateShop(size: ShopSize): Generator<GeneratedCustomer> {
  const random = createRandom(7)
  const orderCounts = spreadOrders(size, random)
  const orderIds = sortedIds(size.orders, random)
  let nextOrder = 0
  for (const [index, id] of sortedIds(size.customers, random).entries()) {
    const orders = Array.from({ length: orderCounts[index]! }, () => generateOrder(orderIds[nextOrder++]!, id, random))
    yield { id, customer: generateCustomer(id, index, orders, random), orders: orders.map(rowOfOrder) }
  }
}

function spreadOrders({ customers, orders }: ShopSize, random: Random): Uint32Array {
  const counts = new Uint32Array(customers)
  // A prime step scatters the busy customers over all ids.
  for (let order = 0; order < orders; order++) {
    const rank = Math.floor(customers * random.fraction() ** 2)
    const index = (rank * 7_919) % customers
    counts[index] = counts[index]! + 1
  }
  return counts
}

/** Random as the server's ids are, yet in order, so that loading appends to the tables. */
function sortedIds(count: number, random: Random): readonly string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const ids = Array.from({ length: count }, (_, index) => {
    let id = index.toString(36)
    while (id.length < 21) id = letters[random.below(letters.length)] + id
    return id
  })
  return ids.sort()
}

interface Order {
  readonly id: string
  readonly customerId: string
  readonly totalMinor: number
  readonly status: string
  readonly createdAtMs: number
}

const statuses = [...Array<string>(16).fill('COMPLETED'), 'PROCESSING', 'PENDING', 'CANCELLED', 'CANCELLED']

function generateOrder(id: string, customerId: string, random: Random): Order {
  return {
    id,
    customerId,
    totalMinor: 500 + Math.floor(50_000 * random.fraction() ** 3),
    status: random.oneOf(statuses),
    createdAtMs: nowMs - Math.floor(historyDays * dayMs * random.fraction()),
  }
}

function rowOfOrder({ id, customerId, totalMinor, status, createdAtMs }: Order): Row {
  return [id, workspaceId, customerId, totalMinor, status, createdAtMs, createdAtMs]
}

function generateCustomer(id: string, index: number, orders: readonly Order[], random: Random): Row {
  const kept = orders.filter(({ status }) => status !== 'CANCELLED')
  const spentMinor = orders.reduce((sum, { status, totalMinor }) => sum + (status === 'COMPLETED' ? totalMinor : 0), 0)
  const lastVisit = kept.reduce((last, { createdAtMs }) => Math.max(last, createdAtMs), 0)
  const city = random.happens(0.001) ? rareCity : `City ${Math.floor(200 * random.fraction() ** 1.5)}`
  const country = random.oneOf(['India', 'India', 'Nepal'])
  const email = `customer-${index}@example.com`
  const name = `Customer ${index}`
  const visits = kept.length + random.below(20)
  const createdAtMs = nowMs - random.below(historyDays * 2) * dayMs
  return [
    ...[id, workspaceId, email, email, name, name.toLowerCase(), city, city.toLowerCase()],
    ...[country, country.toLowerCase(), random.oneOf(['female', 'male']), random.happens(0.7), 0, 0],
    ...[spentMinor, kept.length, visits, lastVisit === 0 ? null : lastVisit, '{}', '{}', createdAtMs, createdAtMs],
  ]
}

/** The invented shop as rows of the bulk endpoints, and the demo's own count of who is asked for. */

import { demoShop } from '@muster/server/demo-data'

const dayMs = 24 * 60 * 60 * 1000

export const seed = 42
export const sizes = { customers: 2_000, orders: 8_000 } as const

/** The question of the demo, in English and as a plain count. Both must give the same number. */
export const question = {
  sentence: 'customers from Mumbai, Delhi or Bengaluru who spent over 300 and ordered in the last 90 days',
  cities: ['Mumbai', 'Delhi', 'Bengaluru'],
  overMinor: 300_00,
  withinMs: 90 * dayMs,
} as const

/** The shop that the demo imports; `anchorMs` is its last moment. */
export function shopRows(anchorMs: number) {
  const shop = demoShop(seed, anchorMs, sizes)
  const customers = shop.customers.map((customer) => ({
    externalId: customer.externalId,
    email: customer.email,
    name: customer.name,
    phone: customer.phone,
    city: customer.city,
    state: customer.state,
    country: customer.country,
    gender: customer.gender,
    birthday: customer.birthday,
    tags: customer.tags,
    emailConsent: customer.emailConsent,
    createdAt: new Date(customer.createdAtMs).toISOString(),
  }))
  const externalIdOf = new Map(shop.customers.map(({ id, externalId }) => [id, externalId]))
  const orders = shop.orders.map((order) => ({
    externalId: order.externalId,
    customerExternalId: externalIdOf.get(order.customerId),
    items: order.items.map(({ priceMinor, ...item }) => ({ ...item, price: priceMinor / 100 })),
    total: order.totalMinor / 100,
    status: order.status,
    createdAt: new Date(order.createdAtMs).toISOString(),
  }))
  return { shop, customers, orders }
}

/** Whom the question asks for, counted row by row without any rule. */
export function countByHand({ shop }: ReturnType<typeof shopRows>, nowMs: number): number {
  const { cities, overMinor, withinMs } = question
  return shop.customers.filter(({ id, city }) => {
    const own = shop.orders.filter(({ customerId }) => customerId === id)
    const spentMinor = own.reduce((sum, { status, totalMinor }) => sum + (status === 'COMPLETED' ? totalMinor : 0), 0)
    const hasRecent = own.some(({ status, createdAtMs }) => status !== 'CANCELLED' && createdAtMs >= nowMs - withinMs)
    return cities.some((known) => known === city) && spentMinor > overMinor && hasRecent
  }).length
}

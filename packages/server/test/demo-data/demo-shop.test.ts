import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { demoAttribute, demoShop } from '../../src/demo-data/demo-shop.ts'
import { demoLogin } from '../../src/demo-data/fill-with-demo.ts'
import { places } from '../../src/demo-data/places.ts'
import { clientOf } from '../client.ts'
import { openMuster } from '../open-muster.ts'

const anchorMs = Date.UTC(2026, 5, 1, 12)

describe('the demo shop', () => {
  const { customers, orders } = demoShop(7, anchorMs)

  it('is the same shop for the same seed and moment, and another one for another seed', () => {
    expect(demoShop(7, anchorMs)).toEqual({ customers, orders })
    expect(demoShop(8, anchorMs).customers[0]).not.toEqual(customers[0])
  })

  it('has the promised size, and nobody twice', () => {
    expect([customers.length, orders.length]).toEqual([5_000, 25_000])
    expect(new Set(customers.map(({ email }) => email)).size).toBe(5_000)
  })

  it('is skewed like a real one', () => {
    const counts = new Map<string, number>()
    for (const { customerId } of orders) counts.set(customerId, (counts.get(customerId) ?? 0) + 1)
    const largest = [...counts.values()].sort((one, other) => other - one)
    const byBestFifth = largest.slice(0, 1_000).reduce((sum, count) => sum + count, 0)
    expect(byBestFifth / orders.length).toBeGreaterThan(0.5)
    expect(5_000 - counts.size).toBeGreaterThan(900)
  })

  it('has an attribute of its own, which four in ten customers have a value of', () => {
    const tiers = customers.flatMap(({ attributes }) => attributes[demoAttribute.name] ?? [])
    expect(tiers).toHaveLength(2_000)
    expect([...new Set(tiers)].sort()).toEqual([...demoAttribute.choices].sort())
  })

  it('knows some things of some customers: consent in three states, places that fit, days that exist', () => {
    for (const known of [true, false, null])
      expect(customers.filter(({ emailConsent }) => emailConsent === known).length).toBeGreaterThan(400)
    const known = new Map(places.map(({ city, state, country }) => [`${city} ${state}`, country]))
    for (const { city, state, country, birthday, createdAtMs } of customers) {
      if (city !== null && state !== null) expect(known.get(`${city} ${state}`)).toBe(country)
      if (birthday !== null) expect(new Date(birthday).toISOString().slice(0, 10)).toBe(birthday)
      expect(createdAtMs).toBeLessThan(anchorMs)
    }
    for (const key of ['phone', 'city', 'state', 'birthday', 'gender'] as const) {
      const missing = customers.filter((customer) => customer[key] === null).length
      expect(missing).toBeGreaterThan(200)
      expect(missing).toBeLessThan(2_500)
    }
  })

  it('sells in its own time, at prices that add up', () => {
    const since = new Map(customers.map(({ id, createdAtMs }) => [id, createdAtMs]))
    for (const { customerId, createdAtMs, items, totalMinor } of orders) {
      expect(createdAtMs).toBeGreaterThanOrEqual(since.get(customerId)!)
      expect(createdAtMs).toBeLessThanOrEqual(anchorMs)
      expect(totalMinor).toBe(items.reduce((sum, { quantity, priceMinor }) => sum + quantity * priceMinor, 0))
    }
  })
})

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the first start on ${database.title}`, () => {
    it('fills the database once and for all, and its login works', async () => {
      const opened = await database.open()
      const keep = { ...database, open: async () => ({ ...opened, close: async () => {} }) }
      try {
        const first = await openMuster(keep, { DEMO_DATA: 'on' })
        const entered = await first.anyone.post('/api/auth/login', demoLogin)
        const demo = clientOf(first.origin, entered.text('data.token'))
        const list = await demo.get('/api/customers?limit=100&sortBy=totalSpending')
        expect(list.at('data.pagination.total')).toBe(5_000)
        for (const index of [0, 50, 99]) {
          const { id, totalSpending, orderCount } = list.at(`data.customers.${index}`) as {
            id: string
            totalSpending: number
            orderCount: number
          }
          const orders = (await demo.get(`/api/customers/${id}/orders`)).list('data') as {
            total: number
            status: string
          }[]
          const completedCents = orders
            .filter(({ status }) => status === 'COMPLETED')
            .map(({ total }) => Math.round(total * 100))
          expect(Math.round(totalSpending * 100)).toBe(completedCents.reduce((sum, cents) => sum + cents, 0))
          expect(orderCount).toBe(orders.filter(({ status }) => status !== 'CANCELLED').length)
        }
        expect((await demo.get('/api/orders/analytics/stats')).at('data.totalOrders')).toBe(25_000)
        await demo.delete(`/api/customers/${list.text('data.customers.0.id')}`)
        await first.stop()

        const second = await openMuster(keep, { DEMO_DATA: 'on' })
        const again = clientOf(second.origin, demo.token)
        expect((await again.get('/api/customers')).at('data.pagination.total')).toBe(4_999)
        await second.stop()
      } finally {
        await opened.close()
      }
    })
  })
}

describe('a first start without demo data', () => {
  it('decides it for later starts as well', async () => {
    const [sqlite] = testDatabases(['sqlite'])
    const opened = await sqlite!.open()
    const keep = { ...sqlite!, open: async () => ({ ...opened, close: async () => {} }) }
    await (await openMuster(keep, { DEMO_DATA: 'off' })).stop()
    const second = await openMuster(keep, { DEMO_DATA: 'on' })
    expect((await second.anyone.post('/api/auth/login', demoLogin)).status).toBe(401)
    await second.stop()
    await opened.close()
  })
})

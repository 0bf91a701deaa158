import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const orders = [
  { externalId: 'a', total: 9.99, category: 'Shoes', status: 'COMPLETED', createdAt: '2026-03-01T12:00:00Z' },
  { externalId: 'b', total: 10, category: 'shoes', status: 'PENDING', createdAt: '2026-03-02T12:00:00Z' },
  { externalId: 'c', total: 250.5, category: 'Tea', status: 'COMPLETED', createdAt: '2026-03-02T23:59:59.999Z' },
  { externalId: 'd', total: 1000, category: null, status: 'CANCELLED', createdAt: '2026-03-03T00:00:00Z' },
]

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`filters of orders on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    let customerId = ''
    beforeAll(async () => {
      muster = await openMuster(database)
      shop = await muster.register()
      const create = async (email: string) =>
        (await shop.post('/api/customers', { email, name: email })).text('data.customer.id')
      customerId = await create('buyer@mail.example')
      await create('other@mail.example')
      const rows = orders.map(({ total, category, ...order }, index) => ({
        ...order,
        customerEmail: index === 3 ? 'other@mail.example' : 'buyer@mail.example',
        items: [{ productName: order.externalId, category, quantity: 1, price: total }],
      }))
      expect((await shop.post('/api/orders/bulk', { orders: rows })).at('data.created')).toBe(4)
    })
    afterAll(() => muster?.stop())

    it.each([
      ['status=COMPLETED', 'a c'],
      ['customerId=CUSTOMER', 'a b c'],
      ['customerId=nobody', ''],
      ['category=SHOES', 'a b'],
      ['category=shoes&status=PENDING', 'b'],
      ['minTotal=10&maxTotal=250.5', 'b c'],
      ['minTotal=9.99&maxTotal=9.99', 'a'],
      ['createdFrom=2026-03-02&createdTo=2026-03-02', 'b c'],
      ['createdTo=2026-03-02T12:00:00Z', 'a b'],
      ['createdFrom=2026-03-03', 'd'],
      ['category=tea&search=BUYER@', 'c'],
      ['status=', 'a b c d'],
      ['status=DONE', '400 /status'],
      ['minTotal=1.005', '400 /minTotal'],
      ['minTotal=2&maxTotal=1', '400 /maxTotal'],
      ['createdFrom=yesterday', '400 /createdFrom'],
      ['state=COMPLETED', '400 /state'],
    ])('%s shows %s', async (query, expected) => {
      const answer = await shop.get(`/api/orders?sortBy=createdAt&order=asc&${query.replace('CUSTOMER', customerId)}`)
      const shown =
        answer.status === 200
          ? answer.list('data.orders').map((_, index) => answer.text(`data.orders.${index}.items.0.productName`))
          : [answer.status, ...answer.list('errors').map((fault) => Reflect.get(Object(fault), 'path'))]
      expect(shown.join(' ')).toBe(expected)
      if (answer.status === 200) expect(answer.number('data.pagination.total')).toBe(shown.length)
    })

    it('hold along a walk by cursor', async () => {
      const path = '/api/orders?customerId=CUSTOMER&sortBy=total&order=asc&limit=2'.replace('CUSTOMER', customerId)
      const first = await shop.get(path)
      const second = await shop.get(`${path}&cursor=${first.text('data.pagination.nextCursor')}`)
      expect([first, second].map((page) => page.list('data.orders').length)).toEqual([2, 1])
      expect(second.number('data.orders.0.total')).toBe(250.5)
    })
  })
}

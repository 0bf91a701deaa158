import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Answer, Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

let number = 0

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`orders on ${database.title}`, () => {
    let muster: OpenMuster
    let api: Client
    beforeAll(async () => {
      muster = await openMuster(database)
      api = await muster.register()
    })
    afterAll(() => muster.stop())

    const customer = async (more: object = {}) => {
      const person = { email: `buyer${++number}@mail.example`, name: `Buyer ${number}`, ...more }
      return (await api.post('/api/customers', person)).text('data.customer.id')
    }
    const tea = (price: number, quantity = 1) => [{ productName: 'Tea', quantity, price }]
    const order = (customerId: string, total: number, more: object = {}) =>
      api.post('/api/orders', { customerId, items: tea(total), total, status: 'COMPLETED', ...more })
    const figures = async (id: string) => (await api.get(`/api/customers/${id}`)).at('data.customer')

    it('are created, read, listed, replaced, moved on and deleted', async () => {
      const id = await customer()
      const created = await api.post('/api/orders', {
        customerId: id,
        items: [{ productName: 'Tea', category: 'grocery', quantity: 2, price: 1.5 }],
        total: 3,
        status: 'PENDING',
        notes: 'Ring twice',
      })
      expect(created.status).toBe(201)
      const orderId = created.text('data.id')
      const items = [{ productName: 'Tea', category: 'grocery', quantity: 2, price: 1.5 }]
      expect(created.at('data')).toMatchObject({
        items,
        total: 3,
        notes: 'Ring twice',
        customer: { id, totalSpending: 0 },
      })
      expect((await api.get(`/api/orders/${orderId}`)).at('data')).toEqual(created.at('data'))
      const listed = await api.get(`/api/orders?customerId=${id}&status=PENDING`)
      expect(listed.at('data.orders')).toEqual([created.at('data')])
      expect(listed.at('data.pagination')).toEqual({
        page: 1,
        limit: 10,
        total: 1,
        pages: 1,
        totalPages: 1,
        nextCursor: null,
      })
      const replaced = await api.put(`/api/orders/${orderId}`, {
        customerId: id,
        items: tea(4),
        total: 4,
        status: 'PROCESSING',
        notes: '',
      })
      expect(replaced.body).toMatchObject({
        success: true,
        data: { total: 4, status: 'PROCESSING', notes: 'Ring twice' },
      })
      expect(
        (
          await api.put(`/api/orders/${orderId}`, {
            customerId: id,
            items: tea(4),
            total: 4,
            status: 'PROCESSING',
            notes: null,
          })
        ).at('data.notes'),
      ).toBeNull()
      expect((await api.patch(`/api/orders/${orderId}`, { status: 'COMPLETED' })).at('data')).toMatchObject({
        status: 'COMPLETED',
        customer: { totalSpending: 4 },
      })
      expect((await api.delete(`/api/orders/${orderId}`)).body).toEqual({ success: true, message: 'Order deleted' })
      expect((await api.get(`/api/orders/${orderId}`)).status).toBe(404)
      expect(await figures(id)).toMatchObject({ totalSpending: 0, orderCount: 0, visitCount: 0, lastVisit: null })
    })

    it('fault 41: add up exactly: 100.10 and 0.30 are 100.40', async () => {
      const id = await customer()
      await order(id, 100.1)
      await order(id, 0.3)
      expect(await figures(id)).toMatchObject({ totalSpending: 100.4 })
    })

    it('fault 42: cost what their items cost: a browser’s noise is accepted, anything else is not', async () => {
      const id = await customer()
      const three = { customerId: id, items: tea(0.1, 3), status: 'COMPLETED' }
      expect((await api.post('/api/orders', { ...three, total: 0.1 + 0.1 + 0.1 })).at('data.total')).toBe(0.3)
      for (const total of [0.305, 0.304, 0.31, 0.29, 0.3001, 3]) {
        const refused = await api.post('/api/orders', { ...three, total })
        expect(refused.status).toBe(400)
        expect(refused.at('error')).toBe('"total" must be 0.3, which the items come to')
      }
      expect((await api.post('/api/orders', { ...three, items: tea(0.105), total: 0.105 })).status).toBe(400)
    })

    it('fault 43: count once, however many complete them at once', async () => {
      const id = await customer()
      const orderId = (await order(id, 25, { status: 'PENDING' })).text('data.id')
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => api.patch(`/api/orders/${orderId}`, { status: 'COMPLETED' })),
      )
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
      expect(await figures(id)).toMatchObject({ totalSpending: 25, orderCount: 1 })
    })

    it('are all counted when many are placed at once', async () => {
      const id = await customer()
      await Promise.all(Array.from({ length: 8 }, () => order(id, 1.25)))
      expect(await figures(id)).toMatchObject({ totalSpending: 10, orderCount: 8, visitCount: 8 })
    })

    it('fault 44: cannot make spending drift or fall below zero', async () => {
      const id = await customer({ totalSpending: 10 })
      const orderId = (await order(id, 20)).text('data.id')
      await api.put(`/api/orders/${orderId}`, { customerId: id, items: tea(5), total: 5, status: 'COMPLETED' })
      expect(await figures(id)).toMatchObject({ totalSpending: 15 })
      await api.delete(`/api/orders/${orderId}`)
      expect(await figures(id)).toMatchObject({ totalSpending: 10 })
    })

    it('fault 45: are visits, but not when they are cancelled or deleted', async () => {
      const id = await customer({ visitCount: 2 })
      await order(id, 5, { status: 'CANCELLED' })
      expect(await figures(id)).toMatchObject({ visitCount: 2, orderCount: 0, lastVisit: null })
      const orderId = (await order(id, 5, { status: 'PENDING' })).text('data.id')
      expect(await figures(id)).toMatchObject({ visitCount: 3, orderCount: 1 })
      await api.delete(`/api/orders/${orderId}`)
      expect(await figures(id)).toMatchObject({ visitCount: 2, orderCount: 0, lastVisit: null })
    })

    it('faults 51 and 52: take numbers as numbers, and one shape of item', async () => {
      const id = await customer()
      const refused = await api.post('/api/orders', {
        customerId: id,
        items: [{ name: 'Tea', quantity: '2', price: '10' }],
        total: 20,
        status: 'COMPLETED',
      })
      expect(refused.status).toBe(400)
      const paths = refused.list('errors').map((_, index) => refused.at(`errors.${index}.path`))
      expect(paths.sort()).toEqual(['/items/0/name', '/items/0/price', '/items/0/productName', '/items/0/quantity'])
      expect(refused.list('errors')).toContainEqual({
        path: '/items/0/price',
        message: '"price" of entry 1 of "items" must be a number',
      })
    })

    it('fault 53: do not come back from cancelled', async () => {
      const id = await customer()
      const orderId = (await order(id, 5, { status: 'CANCELLED' })).text('data.id')
      const refused = await api.patch(`/api/orders/${orderId}`, { status: 'COMPLETED' })
      expect(refused.status).toBe(409)
      expect(refused.at('error')).toBe('An order that is CANCELLED cannot become COMPLETED: it stays so')
      expect(await figures(id)).toMatchObject({ totalSpending: 0 })
      expect((await api.patch(`/api/orders/${orderId}`, { status: 'LOST' })).status).toBe(400)
    })

    it('fault 55: answer with the customer as it now is', async () => {
      const id = await customer({ totalSpending: 1 })
      const placed = await order(id, 9)
      expect(placed.at('data.customer.totalSpending')).toBe(10)
      const cancelled = await api.patch(`/api/orders/${placed.text('data.id')}`, { status: 'CANCELLED' })
      expect(cancelled.at('data.customer.totalSpending')).toBe(1)
    })

    it('take what they meant along to another customer', async () => {
      const [one, other] = [await customer(), await customer()]
      const orderId = (await order(one, 7)).text('data.id')
      const moved = await api.put(`/api/orders/${orderId}`, {
        customerId: other,
        items: tea(7),
        total: 7,
        status: 'COMPLETED',
      })
      expect(moved.at('data.customer')).toMatchObject({ id: other, totalSpending: 7 })
      expect(await figures(one)).toMatchObject({ totalSpending: 0, orderCount: 0 })
    })

    it('refuse a customer who is not there or not ours, and an order that is nobody’s', async () => {
      const stranger = await muster.register()
      const foreign = (await stranger.post('/api/customers', { email: 'f@mail.example', name: 'F' })).text(
        'data.customer.id',
      )
      for (const id of ['nobody', foreign]) {
        const refused = await order(id, 5)
        expect(refused.status).toBe(400)
        expect(refused.at('error')).toBe('There is no such customer')
      }
      const mine = (await order(await customer(), 5)).text('data.id')
      expect((await stranger.get(`/api/orders/${mine}`)).status).toBe(404)
      expect((await stranger.patch(`/api/orders/${mine}`, { status: 'CANCELLED' })).status).toBe(404)
      expect(
        (await stranger.put(`/api/orders/${mine}`, { customerId: foreign, items: tea(1), total: 1, status: 'PENDING' }))
          .status,
      ).toBe(404)
      expect((await stranger.delete(`/api/orders/${mine}`)).status).toBe(404)
      expect((await stranger.get('/api/orders')).at('data.pagination.total')).toBe(0)
      expect(
        (await stranger.post('/api/orders/bulk', { orders: [{ customerId: await customer(), total: 1 }] })).status,
      ).toBe(400)
    })

    it('faults 113 and 114: are sorted by customer, total and time, and searched by id, name and address', async () => {
      const own = await muster.register()
      for (const name of ['Berta', 'anton', 'Caesar']) {
        const id = (await own.post('/api/customers', { email: `${name}@mail.example`, name })).text('data.customer.id')
        await own.post('/api/orders', {
          customerId: id,
          items: tea(name.length),
          total: name.length,
          status: 'COMPLETED',
        })
      }
      const names = async (query: string) => {
        const answer = await own.get(`/api/orders?${query}`)
        return answer.list('data.orders').map((_, index) => answer.at(`data.orders.${index}.customer.name`))
      }
      expect(await names('sortBy=customer&sortOrder=asc')).toEqual(['anton', 'Berta', 'Caesar'])
      expect(await names('sortBy=customer&sortOrder=desc')).toEqual(['Caesar', 'Berta', 'anton'])
      expect((await names('sortBy=total&sortOrder=desc'))[0]).toBe('Caesar')
      expect(await names('search=ANTON%40mail')).toEqual(['anton'])
      expect(await names('search=berta')).toEqual(['Berta'])
      const id = (await own.get('/api/orders')).text('data.orders.0.id')
      expect(await names(`search=${id}`)).toHaveLength(1)
      for (const bad of ['sortBy=drop', 'status=LOST', 'order=up'])
        expect((await own.get(`/api/orders?${bad}`)).status).toBe(400)
      expect((await own.get('/api/orders?limit=9999&page=0')).at('data.pagination')).toMatchObject({
        page: 1,
        limit: 100,
      })
    })

    it('are walked by cursor, those of erased customers too', async () => {
      const own = await muster.register()
      const buyers = ['Ann', 'Bob', 'Gone'].map((name) => ({ email: `${name}@mail.example`, name, externalId: name }))
      await own.post('/api/customers/bulk', { customers: buyers })
      const orders = Array.from({ length: 17 }, (_, index) => ({
        customerExternalId: ['Ann', 'Bob', 'Gone'][index % 3],
        total: index % 4,
        createdAt: `2026-01-0${1 + (index % 2)}`,
      }))
      await own.post('/api/orders/bulk', { orders })
      const gone = (await own.get('/api/customers?search=gone')).text('data.customers.0.id')
      await own.delete(`/api/customers/${gone}`)
      const ids = (answer: Answer) =>
        answer.list('data.orders').map((_, index) => answer.text(`data.orders.${index}.id`))
      for (const query of [
        'sortBy=customer&order=asc',
        'sortBy=customer&order=desc',
        'sortBy=total',
        'sortBy=createdAt&order=asc',
        'sortBy=status',
      ]) {
        const walked: string[] = []
        for (let cursor = ''; ; ) {
          const answer = await own.get(`/api/orders?${query}&limit=4&cursor=${cursor}`)
          walked.push(...ids(answer))
          const next = answer.at('data.pagination.nextCursor')
          if (typeof next !== 'string') break
          cursor = next
        }
        expect(walked).toHaveLength(17)
        expect(walked).toEqual(ids(await own.get(`/api/orders?${query}&limit=100`)))
      }
    })

    it('are not changed from a state that somebody else has changed meanwhile', async () => {
      const id = await customer()
      const placed = await order(id, 5, { status: 'PENDING' })
      const path = `/api/orders/${placed.text('data.id')}`
      const from = (answer: Answer) => ({ 'if-match': answer.headers.get('etag') ?? '' })
      expect((await api.get(path)).headers.get('etag')).toBe(placed.headers.get('etag'))
      const moved = await api.patch(path, { status: 'PROCESSING' }, from(placed))
      expect(moved.status).toBe(200)
      const body = { customerId: id, items: tea(6), total: 6, status: 'COMPLETED' }
      for (const late of [
        await api.patch(path, { status: 'CANCELLED' }, from(placed)),
        await api.put(path, body, from(placed)),
        await api.delete(path, from(placed)),
      ]) {
        expect([late.status, late.at('code')]).toEqual([412, 'CHANGED_MEANWHILE'])
      }
      const changed = await api.put(path, body, from(moved))
      expect(changed.at('data.total')).toBe(6)
      expect((await api.delete(path, from(changed))).status).toBe(200)
    })

    it('fault 86: average completed revenue over completed orders', async () => {
      const own = await muster.register()
      const id = (await own.post('/api/customers', { email: 'avg@mail.example', name: 'Avg' })).text('data.customer.id')
      const row = (total: number, status: string) => ({ customerId: id, total, status })
      await own.post('/api/orders/bulk', {
        orders: [row(10, 'COMPLETED'), row(0.01, 'COMPLETED'), row(500, 'CANCELLED'), row(7, 'PENDING')],
      })
      expect((await own.get('/api/orders/analytics/stats')).at('data')).toEqual({
        totalOrders: 4,
        totalRevenue: 10.01,
        avgOrderValue: 5.01,
        statusCounts: { COMPLETED: 2, CANCELLED: 1, PENDING: 1 },
      })
    })

    it('are imported row by row, known again by their external id, whatever they are worth', async () => {
      const id = await customer({ externalId: 'imp-1', email: 'imported@mail.example' })
      const orders = [
        {
          externalId: 'o1',
          customerExternalId: 'imp-1',
          items: tea(2.5, 2),
          total: 5,
          status: 'COMPLETED',
          createdAt: '2025-03-01T10:00:00Z',
        },
        {
          externalId: 'o2',
          customerEmail: 'IMPORTED@mail.example',
          total: 0,
          status: 'COMPLETED',
          createdAt: '2025-03-01',
        },
        { externalId: 'o3', customerId: id, items: tea(1), status: 'PENDING', createdAt: '2025-03-03' },
        { externalId: 'o4', customerId: 'nobody', total: 1 },
        { externalId: 'o5', customerId: id, items: tea(1), total: 2 },
        { externalId: 'o6', customerId: id },
        {
          externalId: 'o1',
          customerId: id,
          items: tea(2.5, 2),
          total: 5,
          status: 'CANCELLED',
          createdAt: '2025-03-01T10:00:00Z',
        },
      ]
      const first = await api.post('/api/orders/bulk', { orders })
      expect(first.status).toBe(201)
      expect(first.at('data')).toMatchObject({ created: 3, updated: 1, unchanged: 0, rejected: 3 })
      expect(first.at('data.results.4')).toEqual({
        row: 4,
        status: 'rejected',
        reasons: [{ path: '/total', message: '"total" must be 1, which the items come to' }],
      })
      expect(await figures(id)).toMatchObject({
        totalSpending: 0,
        orderCount: 2,
        visitCount: 2,
        lastVisit: '2025-03-03T00:00:00.000Z',
      })
      const again = await api.post('/api/orders/bulk', { orders: orders.slice(1) })
      expect(again.at('data')).toMatchObject({ created: 0, updated: 0, unchanged: 3, rejected: 3 })
      const back = await api.post('/api/orders/bulk', { orders: orders.slice(0, 1) })
      expect(back.at('data')).toMatchObject({ updated: 1 })
      expect(await figures(id)).toMatchObject({ totalSpending: 5, orderCount: 3 })
    })

    it('are imported once when the same rows are sent twice at once', async () => {
      const id = await customer()
      const orders = Array.from({ length: 40 }, (_, index) => ({
        externalId: `race-${id}-${index}`,
        customerId: id,
        total: 1,
      }))
      const answers = await Promise.all([1, 2].map(() => api.post('/api/orders/bulk', { orders })))
      const created = answers.map((answer) => answer.number('data.created'))
      expect(created.sort()).toEqual([0, 40])
      expect(await figures(id)).toMatchObject({ totalSpending: 40, orderCount: 40 })
    })
  })
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Answer, Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

let number = 0
const somebody = (more: object = {}) => ({ email: `person${++number}@mail.example`, name: `Person ${number}`, ...more })

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`customers on ${database.title}`, () => {
    let muster: OpenMuster
    let api: Client
    beforeAll(async () => {
      muster = await openMuster(database)
      api = await muster.register()
    })
    afterAll(() => muster.stop())

    const create = async (body: object) => (await api.post('/api/customers', body)).text('data.customer.id')

    it('are created, read, changed and deleted', async () => {
      const created = await api.post(
        '/api/customers',
        somebody({ city: 'Pune', tags: ['VIP', 'vip'], birthday: '2000-02-29', totalSpending: 12.5 }),
      )
      expect(created.status).toBe(201)
      const id = created.text('data.customer.id')
      const read = await api.get(`/api/customers/${id}`)
      expect(read.at('data.customer')).toMatchObject({
        city: 'Pune',
        tags: ['VIP'],
        birthday: '2000-02-29',
        totalSpending: 12.5,
        orders: [],
        communicationLogs: [],
      })
      const changed = await api.put(`/api/customers/${id}`, { email: 'new@mail.example', name: 'New' })
      expect(changed.at('data.customer')).toMatchObject({
        id,
        email: 'new@mail.example',
        city: 'Pune',
        tags: ['VIP'],
        totalSpending: 12.5,
      })
      expect((await api.delete(`/api/customers/${id}`)).status).toBe(200)
      expect((await api.get(`/api/customers/${id}`)).status).toBe(404)
      expect((await api.delete(`/api/customers/${id}`)).status).toBe(404)
    })

    it('fault 46: keep the last visit when a typo is corrected, and have none when they are new', async () => {
      const person = somebody()
      const id = await create(person)
      const changed = await api.put(`/api/customers/${id}`, { ...person, name: 'Corrected' })
      expect(changed.at('data.customer.lastVisit')).toBeNull()
    })

    it('fault 47: can be set to zero', async () => {
      const person = somebody()
      const id = await create({ ...person, totalSpending: 40, visitCount: 3 })
      const changed = await api.put(`/api/customers/${id}`, { ...person, totalSpending: 0, visitCount: 0 })
      expect(changed.at('data.customer')).toMatchObject({ totalSpending: 0, visitCount: 0 })
    })

    it('fault 48: take every phone that the form takes, and lose it when it is left out or null', async () => {
      const person = somebody()
      const id = await create({ ...person, phone: '+91 (22) 1234-5678' })
      expect((await api.get(`/api/customers/${id}`)).at('data.customer.phone')).toBe('+91 (22) 1234-5678')
      expect((await api.put(`/api/customers/${id}`, person)).at('data.customer.phone')).toBeNull()
      await api.put(`/api/customers/${id}`, { ...person, phone: '1234567' })
      expect((await api.put(`/api/customers/${id}`, { ...person, phone: null })).at('data.customer.phone')).toBeNull()
      const refused = await api.put(`/api/customers/${id}`, { ...person, phone: 'call me' })
      expect(refused.at('details.0')).toMatchObject({ param: 'phone' })
    })

    it('fault 49: answer a taken address with 400 and the field, on creation and on change', async () => {
      const taken = somebody({ email: 'Taken@Mail.example' })
      await create(taken)
      const other = somebody()
      const id = await create(other)
      for (const answer of [
        await api.post('/api/customers', { ...somebody(), email: 'taken@mail.EXAMPLE' }),
        await api.put(`/api/customers/${id}`, { ...other, email: 'taken@mail.example' }),
      ]) {
        expect(answer.status).toBe(400)
        expect(answer.at('error')).toBe('Another customer has this e-mail address')
        expect(answer.at('details')).toEqual([
          { param: 'email', path: 'email', msg: 'Another customer has this e-mail address' },
        ])
      }
    })

    it('fault 49: are created once when the same address is sent six times at once', async () => {
      const person = somebody()
      const answers = await Promise.all(Array.from({ length: 6 }, () => api.post('/api/customers', person)))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400, 400])
    })

    it('name every faulty field of a form, and only fields of the form', async () => {
      const answer = await api.post('/api/customers', {
        email: 'nobody',
        name: ' ',
        totalSpending: 1.005,
        visitCount: '2',
        isAdmin: true,
      })
      expect(answer.status).toBe(400)
      const named = (key: string) =>
        answer.list(key).map((each) => (typeof each === 'object' && each !== null && 'path' in each ? each.path : each))
      expect(named('errors').sort()).toEqual(['/email', '/isAdmin', '/name', '/totalSpending', '/visitCount'])
      expect(named('details').sort()).toEqual(['email', 'name', 'totalSpending', 'visitCount'])
    })

    it('fault 44: do not let spending be stated below what the completed orders sum to', async () => {
      const person = somebody()
      const id = await create({ ...person, totalSpending: 10 })
      await api.post('/api/orders', {
        customerId: id,
        items: [{ productName: 'Tea', quantity: 2, price: 25 }],
        total: 50,
        status: 'COMPLETED',
      })
      const refused = await api.put(`/api/customers/${id}`, { ...person, totalSpending: 49.99 })
      expect(refused.status).toBe(400)
      expect(refused.at('details.0.param')).toBe('totalSpending')
      const taken = await api.put(`/api/customers/${id}`, { ...person, totalSpending: 50 })
      expect(taken.at('data.customer')).toMatchObject({ totalSpending: 50, orderCount: 1, visitCount: 1 })
    })

    it('fault 54: leave their orders and the revenue behind when they are deleted', async () => {
      const own = await muster.register()
      const id = (await own.post('/api/customers', somebody())).text('data.customer.id')
      const order = await own.post('/api/orders', {
        customerId: id,
        items: [{ productName: 'Tea', quantity: 1, price: 9.99 }],
        total: 9.99,
        status: 'COMPLETED',
      })
      await own.delete(`/api/customers/${id}`)
      expect((await own.get('/api/orders/analytics/stats')).at('data')).toMatchObject({
        totalOrders: 1,
        totalRevenue: 9.99,
      })
      const kept = await own.get(`/api/orders/${order.text('data.id')}`)
      expect(kept.at('data.customer')).toMatchObject({ id, name: 'Deleted customer', email: '' })
    })

    it('are searched in name, address and phone, whatever the case, literally', async () => {
      const own = await muster.register()
      for (const name of ['Zoë O_Neil', 'ZOË Per%cent', 'Ann']) await own.post('/api/customers', somebody({ name }))
      const hits = async (search: string) =>
        (await own.get(`/api/customers?search=${encodeURIComponent(search)}`)).number('data.pagination.total')
      expect(await hits('zoë')).toBe(2)
      expect(await hits('_')).toBe(1)
      expect(await hits('%')).toBe(1)
      expect(await hits('!')).toBe(0)
      expect(await hits('MAIL.example')).toBe(3)
    })

    it('faults 112 and 113: are paged without overlap, with numbers for numbers', async () => {
      const own = await muster.register()
      const rows = Array.from({ length: 25 }, () => ({ ...somebody(), createdAt: '2026-01-01' }))
      await own.post('/api/customers/bulk', { customers: rows })
      const seen = new Set<unknown>()
      for (const page of [1, 2, 3]) {
        const answer = await own.get(`/api/customers?page=${page}&limit=10&sortBy=createdAt&order=asc`)
        expect(answer.at('data.pagination')).toMatchObject({ page, limit: 10, total: 25, pages: 3, totalPages: 3 })
        for (const [index] of answer.list('data.customers').entries()) {
          seen.add(answer.at(`data.customers.${index}.id`))
          expect(answer.at(`data.customers.${index}.orders`)).toBeUndefined()
          expect(answer.at(`data.customers.${index}._count`)).toEqual({ orders: 0, communicationLogs: 0 })
        }
      }
      expect(seen.size).toBe(25)
      expect((await own.get('/api/customers')).number('data.pagination.limit')).toBe(100)
      expect((await own.get('/api/customers?limit=1000000&page=0')).at('data.pagination')).toMatchObject({
        page: 1,
        limit: 100,
      })
      expect((await own.get('/api/customers?limit=abc&page=x')).at('data.pagination')).toMatchObject({
        page: 1,
        limit: 100,
      })
      expect((await own.get('/api/customers?sortBy=password_hash')).status).toBe(400)
      expect((await own.get('/api/customers?limit=1&limit=2')).status).toBe(400)
      for (const sortBy of ['name', 'email', 'totalSpending', 'visitCount', 'lastVisit', 'orderCount', 'updatedAt']) {
        expect((await own.get(`/api/customers?sortBy=${sortBy}&sortOrder=asc`)).status).toBe(200)
      }
    })

    it('are walked by cursor in every order, the same as by pages, whatever comes in between', async () => {
      const own = await muster.register()
      const rows = Array.from({ length: 23 }, (_, index) => ({
        ...somebody(),
        name: `Name ${index % 4}`,
        totalSpending: index % 3,
        visitCount: index % 5,
        lastVisit: index % 4 === 0 ? null : `2026-01-0${1 + (index % 3)}`,
        createdAt: `2026-02-0${1 + (index % 2)}`,
      }))
      await own.post('/api/customers/bulk', { customers: rows })
      const ids = (answer: Answer) =>
        answer.list('data.customers').map((_, index) => answer.text(`data.customers.${index}.id`))
      for (const sortBy of ['createdAt', 'name', 'email', 'totalSpending', 'visitCount', 'lastVisit', 'orderCount']) {
        for (const order of ['asc', 'desc']) {
          const path = `/api/customers?sortBy=${sortBy}&order=${order}`
          const walked: string[] = []
          for (let cursor = ''; ; ) {
            const answer = await own.get(`${path}&limit=5&cursor=${cursor}`)
            walked.push(...ids(answer))
            const next = answer.at('data.pagination.nextCursor')
            if (typeof next !== 'string') break
            cursor = next
          }
          expect(walked).toEqual(ids(await own.get(`${path}&limit=100`)))
        }
      }
      const first = await own.get('/api/customers?limit=5&sortBy=email&order=desc')
      await own.post('/api/customers', { email: 'zzz@mail.example', name: 'Z' })
      const second = await own.get(
        `/api/customers?limit=5&sortBy=email&order=desc&cursor=${first.text('data.pagination.nextCursor')}`,
      )
      expect(ids(first).filter((id) => ids(second).includes(id))).toEqual([])
      for (const cursor of ['rubbish', 'W10', first.text('data.pagination.nextCursor')]) {
        expect((await own.get(`/api/customers?sortBy=name&cursor=${cursor}`)).status).toBe(400)
      }
    })

    it('are not changed from a state that somebody else has changed meanwhile', async () => {
      const person = somebody({ tags: ['b', 'A'] })
      const created = await api.post('/api/customers', person)
      const path = `/api/customers/${created.text('data.customer.id')}`
      const version = (answer: Answer) => answer.headers.get('etag') ?? ''
      expect(version(created)).toMatch(/^"[\w-]{22}"$/)
      expect(version(await api.get(path))).toBe(version(created))
      const from = (answer: Answer) => ({ 'if-match': version(answer) })
      const changed = await api.put(path, { ...person, city: 'Pune' }, from(created))
      expect(changed.status).toBe(200)
      const late = await api.put(path, { ...person, city: 'Delhi' }, from(created))
      expect([late.status, late.at('code')]).toEqual([412, 'CHANGED_MEANWHILE'])
      expect((await api.get(path)).at('data.customer.city')).toBe('Pune')
      const racing = await Promise.all(['a', 'b', 'c'].map((city) => api.put(path, { ...person, city }, from(changed))))
      expect(racing.map(({ status }) => status).sort()).toEqual([200, 412, 412])
      expect((await api.delete(path, from(changed))).status).toBe(412)
      expect((await api.delete(path, { 'if-match': '*' })).status).toBe(200)
    })

    it('fault 50: are imported row by row, and the same rows again change nothing', async () => {
      const own = await muster.register()
      const customers = [
        {
          email: 'a@mail.example',
          name: 'A',
          externalId: 'x1',
          totalSpending: 10.1,
          visitCount: 2,
          lastVisit: '2026-01-02',
          tags: ['b', 'a'],
          emailConsent: true,
        },
        { email: 'b@mail.example', name: 'B', totalSpending: -1 },
        { email: 'c@mail.example', name: 'C', totalSpending: 'lots' },
        { email: 'not an address', name: 'D', lastVisit: '2026-02-30' },
        'nonsense',
        { email: 'A@MAIL.example', name: 'A again', externalId: 'x1' },
      ]
      const first = await own.post('/api/customers/bulk', { customers })
      expect(first.status).toBe(201)
      expect(first.at('data')).toMatchObject({ created: 1, updated: 1, unchanged: 0, rejected: 4, skipped: 5 })
      expect(first.at('data.results.3.reasons')).toEqual([
        { path: '/email', message: '"email" must be a valid e-mail address' },
        {
          path: '/lastVisit',
          message: '"lastVisit" must be a day like 2026-01-31 or a time like 2026-01-31T10:00:00Z',
        },
      ])
      const rows = customers.slice(5)
      expect((await own.post('/api/customers/bulk', { customers: rows })).at('data')).toMatchObject({
        created: 0,
        unchanged: 1,
      })
      const list = await own.get('/api/customers')
      expect(list.at('data.pagination.total')).toBe(1)
      expect(list.at('data.customers.0')).toMatchObject({
        name: 'A again',
        totalSpending: 10.1,
        visitCount: 2,
        lastVisit: '2026-01-02T00:00:00.000Z',
        tags: ['a', 'b'],
        emailConsent: true,
        consentSource: 'api',
      })
    })

    it('refuse an import of which no row can be taken, naming the rows', async () => {
      expect((await api.post('/api/customers/bulk', { customers: 'all' })).status).toBe(400)
      expect((await api.post('/api/customers/bulk', { customers: [] })).status).toBe(400)
      const answer = await api.post('/api/customers/bulk', { customers: [{ name: 'X' }] })
      expect(answer.status).toBe(400)
      expect(answer.at('errors')).toEqual([{ path: '/customers/0/email', message: 'Row 1: "email" is required' }])
    })

    it('reject a row that names two customers at once', async () => {
      const own = await muster.register()
      await own.post('/api/customers/bulk', {
        customers: [
          { email: 'one@mail.example', name: 'One', externalId: '1' },
          { email: 'two@mail.example', name: 'Two', externalId: '2' },
        ],
      })
      const answer = await own.post('/api/customers/bulk', {
        customers: [
          { email: 'two@mail.example', name: 'Two', externalId: '1' },
          { email: 'one@mail.example', name: 'One', externalId: '3' },
          { email: 'one@mail.example', name: 'Uno' },
        ],
      })
      expect(answer.at('data')).toMatchObject({ rejected: 2, updated: 1 })
    })

    it('faults 60 and 61: are nobody else’s: another workspace finds nothing', async () => {
      const id = await create(somebody())
      const stranger = await muster.register()
      for (const answer of [
        await stranger.get(`/api/customers/${id}`),
        await stranger.put(`/api/customers/${id}`, somebody()),
        await stranger.delete(`/api/customers/${id}`),
        await stranger.get(`/api/customers/${id}/orders`),
        await stranger.get(`/api/customers/${id}/communications`),
        await stranger.get(`/api/customers/${id}/analytics`),
      ]) {
        expect(answer.status).toBe(404)
      }
      expect((await stranger.get('/api/customers')).at('data.pagination.total')).toBe(0)
      expect((await api.get(`/api/customers/${id}`)).status).toBe(200)
    })

    it('answer orders and communications as bare lists, and figures as numbers', async () => {
      const id = await create(somebody({ totalSpending: 100, visitCount: 4 }))
      await api.post('/api/orders', {
        customerId: id,
        items: [{ productName: 'Tea', quantity: 3, price: 0.1 }],
        total: 0.1 + 0.1 + 0.1,
        status: 'COMPLETED',
      })
      expect((await api.get(`/api/customers/${id}/orders`)).at('data')).toMatchObject([
        { total: 0.3, status: 'COMPLETED' },
      ])
      expect((await api.get(`/api/customers/${id}/communications`)).at('data')).toEqual([])
      const analytics = await api.get(`/api/customers/${id}/analytics`)
      expect(analytics.at('data.analytics')).toMatchObject({
        totalOrders: 1,
        totalSpent: 100.3,
        avgOrderValue: 0.3,
        campaignStats: { total: 0, delivered: 0, failed: 0 },
      })
      expect(analytics.number('data.analytics.loyaltyScore')).toBe(41)
    })

    it('keep what text is: emoji, right to left, four bytes', async () => {
      const name = 'Ωmega 𝕏 مرحبا 👩‍👩‍👧'
      const id = await create(somebody({ name }))
      expect((await api.get(`/api/customers/${id}`)).at('data.customer.name')).toBe(name)
      expect((await api.post('/api/customers', somebody({ name: 'a\u0000b' }))).status).toBe(400)
      expect((await api.post('/api/customers', somebody({ name: 'a\ud800b' }))).status).toBe(400)
    })
  })
}

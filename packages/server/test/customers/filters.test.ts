import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { readCustomerFilter } from '../../src/customers/customer-filter.ts'
import { foundCustomers } from '../../src/customers/customer-list-store.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import type { Answer, Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const people = [
  { name: 'Ann', city: 'Pune', state: 'MH', country: 'India', gender: 'female', totalSpending: 10.5, visitCount: 1 },
  { name: 'Bob', city: 'PUNE', country: 'india', gender: 'male', totalSpending: 99.99, visitCount: 5 },
  { name: 'Cid', city: 'Delhi', emailConsent: true, totalSpending: 100, tags: ['VIP', 'new'] },
  { name: 'Dee', emailConsent: false, lastVisit: '2026-03-10T20:00:00Z', tags: ['vip'] },
  { name: 'Eve', lastVisit: '2026-03-09T00:00:00Z', createdAt: '2025-12-31T23:59:59.999Z' },
  { name: 'Fay', attributes: { plan: 'gold', points: 7, member: true, since: '2026-01-02', nick: 'Zoë' } },
  { name: 'Gus', attributes: { plan: 'silver', points: -2.5, member: false, nick: 'ZOË' } },
].map((person, index) => ({
  email: `filter${index}@mail.example`,
  createdAt: `2026-01-0${index + 1}T12:00:00Z`,
  ...person,
}))

/** MySQL 9 would draw a tree. */
const explainFormat = { sqlite: 'query plan ', mariadb: '', mysql: 'format=traditional ' } as const

const attributes = [
  { name: 'plan', type: 'choice', choices: ['gold', 'silver'] },
  { name: 'points', type: 'number', decimals: 1 },
  { name: 'member', type: 'boolean' },
  { name: 'since', type: 'date' },
  { name: 'nick', type: 'text' },
]

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`filters of customers on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    beforeAll(async () => {
      muster = await openMuster(database)
      shop = await muster.register()
      await shop.put('/api/workspace', {
        name: 'Shop',
        timeZone: 'Asia/Kolkata',
        currency: 'INR',
        consentPolicy: 'opt-out',
      })
      for (const attribute of attributes) await shop.post('/api/workspace/attributes', attribute)
      const answer = await shop.post('/api/customers/bulk', { customers: people })
      expect(answer.at('data')).toMatchObject({ created: people.length })
    })
    afterAll(() => muster?.stop())

    const names = (answer: Answer) =>
      answer.list('data.customers').map((_, index) => answer.text(`data.customers.${index}.name`))

    it.each([
      ['city=pune', 'Ann Bob'],
      ['city=Pune&state=mh', 'Ann'],
      ['country=INDIA&gender=male', 'Bob'],
      ['tag=vip', 'Cid Dee'],
      ['tag=VIP&consent=given', 'Cid'],
      ['consent=refused', 'Dee'],
      ['consent=unasked&gender=female', 'Ann'],
      ['minSpending=10.5&maxSpending=99.99', 'Ann Bob'],
      ['minSpending=99.991', '400 /minSpending'],
      ['minVisits=1&maxVisits=4', 'Ann'],
      // 20:00 UTC is the next day in India already.
      ['lastVisitFrom=2026-03-11', 'Dee'],
      ['lastVisitTo=2026-03-10', 'Eve'],
      ['lastVisitFrom=2026-03-09T00:00:00Z&lastVisitTo=2026-03-09T00:00:00Z', 'Eve'],
      ['createdTo=2025-12-31', ''],
      ['createdFrom=2026-01-01&createdTo=2026-01-01', 'Ann Eve'],
      ['attribute.plan=gold', 'Fay'],
      ['attribute.points=-2.5', 'Gus'],
      ['attribute.points=7.0', 'Fay'],
      ['attribute.member=false', 'Gus'],
      ['attribute.since=2026-01-02', 'Fay'],
      ['attribute.nick=zoë&attribute.plan=silver', 'Gus'],
      ['city=pune&search=FILTER1', 'Bob'],
      ['city=', 'Ann Bob Cid Dee Eve Fay Gus'],
      ['city=%25', ''],
      ['town=Pune', '400 /town'],
      ['Tag=vip', '400 /Tag'],
      ['gender=woman', '400 /gender'],
      ['consent=yes', '400 /consent'],
      ['minVisits=-1', '400 /minVisits'],
      ['minVisits=2&maxVisits=1', '400 /maxVisits'],
      ['lastVisitFrom=2026-02-30', '400 /lastVisitFrom'],
      ['lastVisitFrom=2026-02-03&lastVisitTo=2026-02-01', '400 /lastVisitTo'],
      ['minSpending=lots&maxVisits=many', '400 /minSpending /maxVisits'],
      ['attribute.plan=bronze', '400 /attribute.plan'],
      ['attribute.shoeSize=42', '400 /attribute.shoeSize'],
      ['city=Pune&city=Delhi', '400 /city'],
    ])('%s shows %s', async (query, expected) => {
      const answer = await shop.get(`/api/customers?sortBy=name&order=asc&${query}`)
      if (answer.status === 200) {
        expect(names(answer).join(' ')).toBe(expected)
        expect(answer.number('data.pagination.total')).toBe(names(answer).length)
      } else {
        const paths = answer.list('errors').map((fault) => Reflect.get(Object(fault), 'path'))
        expect([answer.status, ...paths].join(' ')).toBe(expected)
      }
    })

    it('hold along a walk by cursor', async () => {
      const first = await shop.get('/api/customers?consent=unasked&sortBy=name&order=asc&limit=2')
      const cursor = first.text('data.pagination.nextCursor')
      const second = await shop.get(`/api/customers?consent=unasked&sortBy=name&order=asc&limit=2&cursor=${cursor}`)
      expect([...names(first), ...names(second)]).toEqual(['Ann', 'Bob', 'Eve', 'Fay'])
    })

    it('fault 117: are met by an index, without reading every customer or any JSON', async () => {
      const big = await muster.register()
      await big.post('/api/workspace/attributes', { name: 'plan', type: 'choice', choices: ['gold', 'silver'] })
      const rows = Array.from({ length: 2_000 }, (_, index) => ({
        email: `big${index}@mail.example`,
        name: `Big ${index}`,
        city: `City ${index % 500}`,
        visitCount: index,
        totalSpending: index,
        tags: index % 500 === 0 ? ['common', 'rare'] : ['common'],
        attributes: { plan: index % 500 === 0 ? 'gold' : 'silver' },
      }))
      await big.post('/api/customers/bulk', { customers: rows })
      const here = await connect(muster.databaseUrl)
      try {
        const [{ workspace_id: workspaceId }] = await here
          .knex('customers')
          .where('name', 'Big 1')
          .select('workspace_id')
        if (here.dialect !== 'sqlite')
          await here.knex.raw('analyze table customers, customer_tags, customer_attributes')
        const indexesOf = async (stated: Record<string, string>) => {
          const declared = [{ name: 'plan', label: 'plan', type: 'choice', choices: ['gold'], decimals: 0 } as const]
          const filter = readCustomerFilter(new Map(Object.entries(stated)), declared, 'UTC')
          const query = foundCustomers(here.knex, workspaceId, { search: null, filter }).select('id')
          const { sql, bindings } = query.toSQL().toNative()
          const isSqlite = here.dialect === 'sqlite'
          const plan = await here.knex.raw(`explain ${explainFormat[here.dialect]}${sql}`, [...bindings])
          const steps: Record<string, unknown>[] = isSqlite ? plan : plan[0]
          return steps.map((step) => String(step['detail'] ?? step['key'])).join('; ')
        }
        expect(await indexesOf({ city: 'City 7' })).toContain('city_folded')
        expect(await indexesOf({ minVisits: '1995' })).toMatch(/customers_by_visits/)
        expect(await indexesOf({ minSpending: '1995' })).toContain('total_spending_minor')
        expect(await indexesOf({ tag: 'rare' })).toContain('tag_folded')
        expect(await indexesOf({ 'attribute.plan': 'gold' })).toContain('customers_by_attribute')
      } finally {
        await disconnect(here)
      }
    })
  })
}

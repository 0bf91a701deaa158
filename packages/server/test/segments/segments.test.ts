import { compilePredicate } from '@muster/segment-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { crmCatalog } from '../../src/catalog/crm-catalog.ts'
import { connect } from '../../src/database/connect.ts'
import { loadRecord } from '../../src/segments/load-record.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const mumbai = { field: 'city', operator: '=', value: 'Mumbai' }
const loyal = { aggregate: 'count', of: 'orders', operator: '>=', value: 2 }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`segments on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    beforeAll(async () => {
      muster = await openMuster(database)
      shop = await muster.register()
      const customers = Array.from({ length: 12 }, (_, index) => ({
        externalId: `c${index}`,
        email: `c${index}@example.org`,
        name: index === 0 ? '=cmd|’ /C calc’!A0' : `Customer ${index}`,
        ...(index % 3 === 0 ? {} : { city: index % 3 === 1 ? 'Mumbai' : 'Delhi' }),
        tags: index % 2 === 0 ? ['VIP'] : [],
      }))
      const orders = Array.from({ length: 18 }, (_, index) => ({
        externalId: `o${index}`,
        customerExternalId: `c${index % 12}`,
        items: [{ productName: 'Shoes', category: 'shoes', quantity: 1, price: 10 }],
        total: 10,
        status: 'COMPLETED',
        createdAt: '2024-06-01T12:00:00Z',
      }))
      await shop.post('/api/customers/bulk', { customers })
      await shop.post('/api/orders/bulk', { orders })
    })
    afterAll(() => muster?.stop())

    const create = (name: string, rules: unknown) => shop.post('/api/segments', { name, rules })

    it('keeps a rule with its size, and shows, changes and drops it', async () => {
      const created = await create('Mumbai', mumbai)
      expect([created.status, created.number('data.segment.size')]).toEqual([200, 4])
      const path = `/api/segments/${created.text('data.segment.id')}`
      expect((await shop.get(path)).at('data.segment.rules')).toEqual(mumbai)
      expect((await shop.put(path, { name: 'Mumbai', rules: loyal })).number('data.segment.size')).toBe(6)
      expect((await shop.get('/api/segments?sortBy=name')).list('data.segments').length).toBeGreaterThan(0)
      expect((await shop.delete(path)).status).toBe(200)
      expect((await shop.get(path)).status).toBe(404)
    })

    it('faults 12, 13 and 17: refuses what cannot be understood, and sends nothing', async () => {
      expect((await create('Empty', { logic: 'AND', conditions: [] })).status).toBe(400)
      expect((await create('Unknown', { field: 'shoeSize', operator: '=', value: 1 })).status).toBe(400)
      const launching = await shop.post('/api/segments', { name: 'Launching', rules: mumbai, autoLaunch: true })
      expect(launching.status).toBe(400)
    })

    it('fault 16: a name belongs to one segment of one workspace', async () => {
      expect((await create('Same name', mumbai)).status).toBe(200)
      expect((await create('Same name', loyal)).text('code')).toBe('SEGMENT_NAME_TAKEN')
      const stranger = await muster.register()
      const theirs = await stranger.post('/api/segments', { name: 'Same name', rules: mumbai })
      expect(theirs.number('data.segment.size')).toBe(0)
    })

    it('builds segments of segments, and campaigns to them; a circle is refused, as is dropping what is in use', async () => {
      const base = (await create('Base', mumbai)).text('data.segment.id')
      const upper = await create('Upper', { logic: 'AND', conditions: [{ segment: base }, loyal] })
      expect(upper.number('data.segment.size')).toBe(2)
      const circle = { logic: 'OR', conditions: [{ segment: upper.text('data.segment.id') }, mumbai] }
      expect((await shop.put(`/api/segments/${base}`, { name: 'Base', rules: circle })).status).toBe(400)
      expect((await shop.delete(`/api/segments/${base}`)).text('code')).toBe('SEGMENT_IN_USE')
      const preview = await shop.post('/api/campaigns/preview-audience', { rules: { segment: base } })
      expect(preview.number('audienceSize')).toBe(4)
      const stranger = await muster.register()
      expect((await stranger.post('/api/campaigns/preview-audience', { rules: { segment: base } })).status).toBe(400)
    })

    it('shows for each condition how many it holds for, and how many only because a value is missing', async () => {
      const rules = { logic: 'AND', conditions: [{ field: 'city', operator: '!=', value: 'Mumbai' }, loyal] }
      const preview = await shop.post('/api/segments/preview', { rules })
      expect(preview.number('data.audienceSize')).toBe(4)
      expect(preview.list('data.conditions')).toEqual([
        { path: '', kind: 'group', count: 4, onlyMissing: 2 },
        { path: '/conditions/0', kind: 'condition', count: 8, onlyMissing: 4 },
        { path: '/conditions/1', kind: 'condition', count: 6, onlyMissing: null },
      ])
    })

    it('explains for one customer why they are in or out', async () => {
      const id = (await create('Explained', { logic: 'AND', conditions: [mumbai, loyal] })).text('data.segment.id')
      const inside = await shop.get(`/api/segments/${id}/explain/${await idOf('c1')}`)
      expect(inside.at('data.explanation.verdict')).toBe(true)
      const outside = await shop.get(`/api/segments/${id}/explain/${await idOf('c7')}`)
      expect(outside.at('data.explanation.verdict')).toBe(false)
      expect(outside.list('data.explanation.flips')).toMatchObject([{ path: '/conditions/1', seen: 1 }])
      expect((await shop.get(`/api/segments/${id}/explain/nobody`)).status).toBe(404)
    })

    it('exports its members as CSV, harmless in a spreadsheet, and as NDJSON', async () => {
      const id = (await create('Everyone', { everyone: true })).text('data.segment.id')
      const headers = { authorization: `Bearer ${shop.token}` }
      const fetched = (format: string) =>
        fetch(`${muster.origin}/api/segments/${id}/members?format=${format}`, { headers })
      const csv = await fetched('csv')
      expect(csv.headers.get('content-disposition')).toContain('attachment')
      const lines = (await csv.text()).trim().split('\n')
      expect(lines).toHaveLength(13)
      expect(lines.filter((line) => line.includes('=cmd'))).toEqual([expect.stringContaining("'=cmd")])
      const members = (await (await fetched('ndjson')).text()).trim().split('\n')
      expect(members.map((line) => JSON.parse(line).email).sort()).toHaveLength(12)
      expect((await shop.get(`/api/segments/${id}/members?format=pdf`)).status).toBe(400)
    })

    it('loads a record that the predicate judges as the database does', async () => {
      const here = await connect(muster.databaseUrl)
      try {
        const rules = [
          mumbai,
          loyal,
          { field: 'tags', operator: 'hasAny', value: ['vip'] },
          { field: 'totalSpending', operator: '=', value: 20 },
        ]
        const customers: { id: string; workspace_id: string }[] = await here
          .knex('customers')
          .select('id', 'workspace_id')
        for (const rule of rules) {
          const matches = compilePredicate(rule as Parameters<typeof compilePredicate>[0], {
            catalog: crmCatalog,
            now: Date.now(),
          })
          let members = 0
          for (const { id, workspace_id } of customers) {
            const record = await loadRecord(here.knex, crmCatalog, workspace_id, id)
            if (record !== null && matches(record)) members += 1
          }
          const preview = await shop.post('/api/campaigns/preview-audience', { rules: rule })
          expect(preview.number('audienceSize')).toBe(members)
        }
      } finally {
        await here.knex.destroy()
      }
    })

    it('fault 14: a day is the workspace’s calendar day, the same audience at whatever time of it', async () => {
      const own = await muster.register()
      const india = { name: 'Own', timeZone: 'Asia/Kolkata', currency: 'INR', consentPolicy: 'opt-out' }
      expect((await own.put('/api/workspace', india)).status).toBe(200)
      const lastVisits = ['2026-02-28T18:29:59.999Z', '2026-02-28T18:30:00Z', '2026-03-01T18:29:59.999Z']
      const customers = lastVisits.map((lastVisit, index) => ({
        email: `v${index}@mail.example`,
        name: 'V',
        lastVisit,
      }))
      await own.post('/api/customers/bulk', { customers })
      const rules = { logic: 'AND', conditions: [{ field: 'lastVisit', operator: 'before', value: '2026-03-01' }] }
      const sizes = new Set<number>()
      for (const hours of [0, 5, 7, 11]) {
        muster.advance(hours * 3_600_000)
        sizes.add((await own.post('/api/segments/preview', { rules })).number('data.audienceSize'))
      }
      expect([...sizes]).toEqual([1])
    })

    it('fault 56: a size says when it was measured, and is measured again when asked', async () => {
      const own = await muster.register()
      const created = await own.post('/api/segments', { name: 'All', rules: { everyone: true } })
      const path = `/api/segments/${created.text('data.segment.id')}`
      await own.post('/api/customers', { email: 'new@mail.example', name: 'New' })
      expect((await own.get(path)).number('data.segment.size')).toBe(0)
      muster.advance(60_000)
      const again = await own.post(`${path}/measure`)
      expect(again.number('data.segment.size')).toBe(1)
      expect(Date.parse(again.text('data.segment.measuredAt'))).toBeGreaterThan(
        Date.parse(created.text('data.segment.measuredAt')) + 59_000,
      )
      expect(again.at('data.segment.updatedAt')).toBe(created.at('data.segment.updatedAt'))
      expect((await own.get(path)).at('data.segment')).toEqual(again.at('data.segment'))
      expect((await own.post('/api/segments/none/measure')).status).toBe(404)
    })

    it('is not changed from a state that somebody else has changed meanwhile', async () => {
      const created = await create('Versions', mumbai)
      const path = `/api/segments/${created.text('data.segment.id')}`
      const from = { 'if-match': created.headers.get('etag') ?? '' }
      await shop.post(`${path}/measure`)
      expect((await shop.put(path, { name: 'Versions', rules: loyal }, from)).status).toBe(200)
      const late = await shop.put(path, { name: 'Versions', rules: mumbai }, from)
      expect([late.status, late.at('code')]).toEqual([412, 'CHANGED_MEANWHILE'])
    })

    it('answers many previews at once', async () => {
      const rules = { logic: 'OR', conditions: [mumbai, loyal] }
      const answers = await Promise.all(Array.from({ length: 12 }, () => shop.post('/api/segments/preview', { rules })))
      expect(answers.map((answer) => answer.at('data.audienceSize'))).toEqual(Array.from({ length: 12 }, () => 8))
    })

    async function idOf(externalId: string): Promise<string> {
      const customers = (await shop.get('/api/customers')).list('data.customers')
      const found = customers.find((customer) => Reflect.get(Object(customer), 'externalId') === externalId)
      return String(Reflect.get(Object(found), 'id'))
    }
  })
}

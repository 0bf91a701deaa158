import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

let number = 0
const somebody = (more: object = {}) => ({ email: `tagged${++number}@mail.example`, name: `Person ${number}`, ...more })

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`tags and consent on ${database.title}`, () => {
    let muster: OpenMuster
    beforeAll(async () => {
      muster = await openMuster(database)
    })
    afterAll(() => muster?.stop())

    const create = async (shop: Client, more: object = {}) =>
      (await shop.post('/api/customers', somebody(more))).text('data.customer.id')
    const tagsOf = async (shop: Client, id: string) => (await shop.get(`/api/customers/${id}`)).at('data.customer.tags')

    it('tags are given to one and to many, taken away, and counted', async () => {
      const shop = await muster.register()
      const ids = [await create(shop, { tags: ['VIP'] }), await create(shop), await create(shop, { tags: ['old'] })]
      const one = await shop.post(`/api/customers/${ids[0]}/tags`, { add: ['vip', 'Été'], remove: ['nothing'] })
      expect(one.at('data.tags')).toEqual(['VIP', 'Été'])
      const many = { customerIds: [...ids, 'nobody', ids[0]], add: ['vip'], remove: ['OLD'] }
      expect((await shop.post('/api/customers/tags', many)).at('data')).toEqual({
        changed: 2,
        unchanged: 1,
        unknown: ['nobody'],
      })
      expect((await shop.post('/api/customers/tags', many)).at('data')).toMatchObject({ changed: 0, unchanged: 3 })
      expect(await tagsOf(shop, ids[2] ?? '')).toEqual(['vip'])
      const listed = await shop.get('/api/customers/tags')
      expect(listed.list('data.tags')).toHaveLength(2)
      expect(listed.at('data.tags.0')).toMatchObject({ customers: 3 })
      expect(listed.at('data.tags.1')).toEqual({ tag: 'Été', customers: 1 })
      const rules = { field: 'tags', operator: 'hasAny', value: ['VIP'] }
      expect((await shop.post('/api/segments/preview', { rules })).number('data.audienceSize')).toBe(3)
    })

    it('tags are bounded, and nobody else’s customers are touched', async () => {
      const shop = await muster.register()
      const id = await create(shop, { tags: Array.from({ length: 100 }, (_, index) => `t${index}`) })
      expect((await shop.post(`/api/customers/${id}/tags`, { add: ['one more'] })).status).toBe(400)
      expect((await shop.post(`/api/customers/${id}/tags`, {})).status).toBe(400)
      expect((await shop.post('/api/customers/tags', { customerIds: [id] })).status).toBe(400)
      const stranger = await muster.register()
      expect((await stranger.post(`/api/customers/${id}/tags`, { add: ['x'] })).status).toBe(404)
      const theirs = await stranger.post('/api/customers/tags', { customerIds: [id], add: ['x'] })
      expect(theirs.at('data')).toEqual({ changed: 0, unchanged: 0, unknown: [id] })
      expect((await stranger.get('/api/customers/tags')).at('data.tags')).toEqual([])
    })

    it('consent keeps its source, its time and its history', async () => {
      const shop = await muster.register()
      const person = somebody({ emailConsent: true, consentSource: 'shop till', consentAt: '2025-03-01T10:00:00Z' })
      const path = `/api/customers/${(await shop.post('/api/customers', person)).text('data.customer.id')}`
      expect((await shop.get(path)).at('data.customer')).toMatchObject({
        emailConsent: true,
        consentSource: 'shop till',
        consentAt: '2025-03-01T10:00:00.000Z',
      })
      await shop.put(path, { email: person.email, name: person.name, emailConsent: true, consentSource: 'again' })
      const withdrawn = await shop.put(`${path}/consent`, { emailConsent: false, consentSource: 'phone call' })
      expect(withdrawn.at('data')).toMatchObject({ emailConsent: false, consentSource: 'phone call' })
      expect(withdrawn.at('data.history')).toMatchObject([
        { emailConsent: false, source: 'phone call' },
        { emailConsent: true, source: 'shop till', changedAt: '2025-03-01T10:00:00.000Z' },
      ])
      expect(withdrawn.text('data.history.0.changedBy')).not.toBe('')
      const ahead = await shop.put(`${path}/consent`, { emailConsent: true, consentAt: '2099-01-01T00:00:00Z' })
      expect(Date.parse(ahead.text('data.consentAt'))).toBeLessThanOrEqual(Date.now() + 1000)
      expect((await shop.get(`${path}/consent`)).list('data.history')).toHaveLength(3)
      expect((await shop.put(`${path}/consent`, {})).status).toBe(400)
      expect((await (await muster.register()).get(`${path}/consent`)).status).toBe(404)
    })

    it('a withdrawal wins over any import, and the row says so', async () => {
      const shop = await muster.register()
      const person = somebody({ externalId: 'w1', emailConsent: true })
      const import_ = async (more: object) =>
        (await shop.post('/api/customers/bulk', { customers: [{ ...person, ...more }] })).at('data.results.0')
      expect(await import_({})).toMatchObject({ status: 'created' })
      expect(await import_({ emailConsent: false, consentSource: 'other system' })).toMatchObject({ status: 'updated' })
      for (const again of [true, null]) {
        const later = { emailConsent: again, consentSource: 'old list', consentAt: '2090-01-01T00:00:00Z' }
        expect(await import_(later)).toMatchObject({ status: 'unchanged', note: expect.stringContaining('withdrawn') })
      }
      expect(await import_({ name: 'Renamed' })).toMatchObject({ status: 'updated', note: expect.any(String) })
      const listed = await shop.get('/api/customers')
      expect(listed.at('data.customers.0')).toMatchObject({
        name: 'Renamed',
        emailConsent: false,
        consentSource: 'other system',
      })
      const history = await shop.get(`/api/customers/${listed.text('data.customers.0.id')}/consent`)
      expect(history.list('data.history')).toHaveLength(2)
    })

    it('an erased customer leaves no history of consent', async () => {
      const shop = await muster.register()
      const id = await create(shop, { emailConsent: true })
      await shop.delete(`/api/customers/${id}`)
      expect((await shop.get(`/api/customers/${id}/consent`)).status).toBe(404)
    })
  })
}

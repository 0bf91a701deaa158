import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

let number = 0
const somebody = (more: object = {}) => ({ email: `own${++number}@mail.example`, name: `Person ${number}`, ...more })

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`attributes on ${database.title}`, () => {
    let muster: OpenMuster
    beforeAll(async () => {
      muster = await openMuster(database)
    })
    afterAll(() => muster?.stop())

    const declare = (api: Client, body: object) => api.post('/api/workspace/attributes', body)
    const shopWith = async (...attributes: object[]) => {
      const shop = await muster.register()
      for (const attribute of attributes) expect((await declare(shop, attribute)).status).toBe(201)
      return shop
    }
    const size = async (api: Client, rules: object) => {
      const answer = await api.post('/api/segments/preview', { rules })
      return answer.status === 200 ? answer.number('data.audienceSize') : `${answer.status} ${answer.text('error')}`
    }

    it('are declared, listed, changed and deleted', async () => {
      const shop = await shopWith({ name: 'loyaltyPoints', type: 'number' })
      expect((await shop.get('/api/workspace/attributes')).at('data.attributes')).toEqual([
        { name: 'loyaltyPoints', label: 'loyalty points', type: 'number', choices: [], decimals: 0 },
      ])
      const path = '/api/workspace/attributes/loyaltyPoints'
      const changed = await shop.put(path, { label: 'points', type: 'number', decimals: 2 })
      expect(changed.at('data.attribute')).toMatchObject({ label: 'points', decimals: 2 })
      expect((await shop.delete(path)).status).toBe(200)
      expect((await shop.delete(path)).status).toBe(404)
      expect((await shop.put(path, { type: 'number' })).status).toBe(404)
      expect((await shop.get('/api/workspace/attributes')).at('data.attributes')).toEqual([])
    })

    it.each([
      ['a built-in field', { name: 'city', type: 'text' }],
      ['one in another case', { name: 'totalspending', type: 'number' }],
      ['a relation', { name: 'orders', type: 'number' }],
      ['a key of the wire', { name: 'externalId', type: 'text' }],
      ['a field of the row editor', { name: 'emailCount', type: 'number' }],
      ['what every object has', { name: 'hasOwnProperty', type: 'text' }],
      ['a blank', { name: 'shoe size', type: 'number' }],
      ['a path', { name: 'a.b', type: 'number' }],
      ['a digit first', { name: '1st', type: 'number' }],
      ['an underscore first', { name: '_id', type: 'number' }],
      ['another script', { name: 'größe', type: 'number' }],
      ['too long', { name: 'a'.repeat(65), type: 'number' }],
      ['a built-in label', { name: 'town', type: 'text', label: 'e-mail' }],
      ['an unknown type', { name: 'plan', type: 'json' }],
      ['a choice of nothing', { name: 'plan', type: 'choice' }],
      ['a choice twice', { name: 'plan', type: 'choice', choices: ['Gold', 'gold'] }],
      ['choices of a text', { name: 'plan', type: 'text', choices: ['gold'] }],
      ['decimals of a text', { name: 'plan', type: 'text', decimals: 2 }],
    ])('cannot have %s', async (_what, body) => {
      const shop = await shopWith()
      const answer = await declare(shop, body)
      expect(answer.status).toBe(400)
      expect(answer.list('errors')).toHaveLength(1)
    })

    it('have one name and one label each, whatever the case, and are at most a hundred', async () => {
      const shop = await shopWith({ name: 'plan', label: 'tariff', type: 'text' })
      expect((await declare(shop, { name: 'PLAN', type: 'text', label: 'scheme' })).text('code')).toBe(
        'ATTRIBUTE_NAME_TAKEN',
      )
      expect((await declare(shop, { name: 'other', type: 'text', label: 'Tariff' })).status).toBe(400)
      const rest = Array.from({ length: 99 }, (_, index) => ({ name: `x${index}`, type: 'boolean' }))
      const answers = await Promise.all(rest.map((body) => declare(shop, body)))
      expect(answers.filter(({ status }) => status !== 201)).toEqual([])
      expect((await declare(shop, { name: 'last', type: 'text' })).text('code')).toBe('ATTRIBUTES_FULL')
    })

    const everyType = [
      { name: 'nickname', type: 'text' },
      { name: 'points', type: 'number' },
      { name: 'rating', type: 'number', decimals: 2 },
      { name: 'limit', type: 'money', label: 'credit limit' },
      { name: 'student', type: 'boolean' },
      { name: 'renewal', type: 'date', label: 'renewal date' },
      { name: 'seenAt', type: 'datetime' },
      { name: 'plan', type: 'choice', choices: ['gold', 'Silver'] },
    ]

    it('take values of their type, keep what is not mentioned, and lose what is null', async () => {
      const shop = await shopWith(...everyType)
      const person = somebody()
      const attributes = {
        nickname: ' Zoë ',
        points: -3,
        rating: 4.25,
        limit: 100.1,
        student: false,
        renewal: '2028-02-29',
        seenAt: '2026-01-31T10:00:00+05:30',
        plan: 'gold',
      }
      const created = await shop.post('/api/customers', { ...person, attributes })
      const kept = { ...attributes, nickname: 'Zoë', seenAt: '2026-01-31T04:30:00.000Z' }
      expect(created.at('data.customer.attributes')).toEqual(kept)
      const path = `/api/customers/${created.text('data.customer.id')}`
      expect((await shop.get(path)).at('data.customer.attributes')).toEqual(kept)
      expect((await shop.get('/api/customers')).at('data.customers.0.attributes')).toEqual(kept)
      const changed = await shop.put(path, { ...person, attributes: { points: 0, plan: null, nickname: '' } })
      const { plan, nickname, ...others } = kept
      expect(changed.at('data.customer.attributes')).toEqual({ ...others, points: 0 })
      expect((await shop.put(path, person)).at('data.customer.attributes')).toEqual({ ...others, points: 0 })
    })

    it.each([
      ['nickname', 7, '"nickname" must be a text of at most 200 characters'],
      ['nickname', 'x'.repeat(201), '"nickname" must be a text of at most 200 characters'],
      ['points', '7', '"points" must be a whole number'],
      ['points', 7.5, '"points" must be a whole number'],
      ['points', 1e15, '"points" must be a whole number'],
      ['rating', 1.005, '"rating" must be a number with at most 2 decimals'],
      ['limit', 1.005, '"limit" must be an amount with at most two decimals'],
      ['student', 'yes', '"student" must be true or false'],
      ['renewal', '2026-02-29', '"renewal" must be a day like 2026-01-31'],
      ['renewal', '2026-01-31T10:00:00Z', '"renewal" must be a day like 2026-01-31'],
      ['seenAt', '2026-01-31', '"seenAt" must be a time like 2026-01-31T10:00:00Z'],
      ['plan', 'silver', '"plan" must be one of gold, Silver'],
      [
        'shoeSize',
        42,
        '"shoeSize" is not an attribute of this workspace; declare it under /api/workspace/attributes first',
      ],
    ])('refuse %s %j', async (name, value, message) => {
      const shop = await shopWith(...everyType)
      const answer = await shop.post('/api/customers', somebody({ attributes: { [name]: value } }))
      expect([answer.status, answer.at('errors')]).toEqual([400, [{ path: `/attributes/${name}`, message }]])
      const bulk = await shop.post('/api/customers/bulk', {
        customers: [somebody(), somebody({ attributes: { [name]: value } })],
      })
      expect(bulk.at('data.results.1')).toMatchObject({ status: 'rejected', reasons: [{ message }] })
    })

    it('come with an import, and the same rows again change nothing', async () => {
      const shop = await shopWith(...everyType)
      const customers = [
        somebody({ attributes: { plan: 'gold', points: 5 } }),
        somebody({ attributes: { points: 5, plan: 'Silver' } }),
      ]
      expect((await shop.post('/api/customers/bulk', { customers })).at('data')).toMatchObject({ created: 2 })
      expect((await shop.post('/api/customers/bulk', { customers })).at('data')).toMatchObject({ unchanged: 2 })
      const more = [{ ...customers[0], attributes: { points: 6 } }]
      expect((await shop.post('/api/customers/bulk', { customers: more })).at('data')).toMatchObject({ updated: 1 })
      expect(await size(shop, { field: 'points', operator: '=', value: 6 })).toBe(1)
      expect(await size(shop, { field: 'plan', operator: '=', value: 'gold' })).toBe(1)
    })

    it('are used in rules at once: previews, segments, campaigns, explanations, exports and sentences', async () => {
      const shop = await muster.register()
      const gold = { field: 'plan', operator: '=', value: 'gold' }
      expect(await size(shop, gold)).toContain('400')
      await declare(shop, { name: 'plan', type: 'choice', choices: ['gold', 'silver'] })
      await declare(shop, { name: 'remark', type: 'text' })
      expect(await size(shop, gold)).toBe(0)
      const attributes = { plan: 'gold', remark: '=1+1' }
      const id = (await shop.post('/api/customers', somebody({ attributes }))).text('data.customer.id')
      await shop.post('/api/customers', somebody({ attributes: { plan: 'silver' } }))
      await shop.post('/api/customers', somebody())
      expect(await size(shop, gold)).toBe(1)
      expect(await size(shop, { ...gold, operator: '!=' })).toBe(2)
      const segment = await shop.post('/api/segments', { name: 'Gold', rules: gold })
      expect([segment.number('data.segment.size'), segment.text('data.sentence')]).toEqual([
        1,
        'Customers whose plan is "gold".',
      ])
      const segmentPath = `/api/segments/${segment.text('data.segment.id')}`
      const draft = await shop.post('/api/campaigns', { name: 'Draft', rules: gold })
      expect(draft.number('data.campaign.audienceSize')).toBe(1)
      const why = await shop.get(`${segmentPath}/explain/${id}`)
      expect(why.at('data.explanation')).toMatchObject({ verdict: true, tree: { seen: 'gold' } })
      const headers = { authorization: `Bearer ${shop.token}` }
      const csv = await (await fetch(`${muster.origin}${segmentPath}/members?format=csv`, { headers })).text()
      const [head, row] = csv.trim().split('\n')
      expect(head).toMatch(/,createdAt,plan,remark$/)
      expect(row).toMatch(/,gold,'=1\+1$/)
      const ndjson = await (await fetch(`${muster.origin}${segmentPath}/members?format=ndjson`, { headers })).text()
      expect(JSON.parse(ndjson).attributes).toEqual(attributes)
      const sentence = await shop.post('/api/ai/nl-to-rules', { prompt: 'customers whose plan is gold' })
      expect(sentence.at('data.translation')).toMatchObject({ confident: true, rule: gold })
      const stranger = await muster.register()
      expect(await size(stranger, gold)).toContain('400')
    })

    it('that a segment or a draft asks for are not deleted, and keep the choices that it names', async () => {
      const shop = await shopWith({ name: 'plan', type: 'choice', choices: ['gold', 'silver', 'none'] })
      const gold = { field: 'plan', operator: '=', value: 'gold' }
      const kept = await shop.post('/api/segments', { name: 'Our gold', rules: { logic: 'NOT', conditions: [gold] } })
      await shop.post('/api/segments', { name: 'Upon it', rules: { segment: kept.text('data.segment.id') } })
      const path = '/api/workspace/attributes/plan'
      const refused = await shop.delete(path)
      expect([refused.status, refused.text('code')]).toEqual([409, 'ATTRIBUTE_IN_USE'])
      expect(refused.text('error')).toBe('The segment "Our gold" asks for this; change that first')
      const without = { type: 'choice', choices: ['silver', 'none'] }
      expect((await shop.put(path, without)).text('error')).toContain('Our gold')
      expect((await shop.put(path, { type: 'number' })).text('error')).toContain('Our gold')
      expect((await shop.put(path, { type: 'choice', choices: ['gold', 'silver'] })).status).toBe(200)
    })

    it('keep their type while somebody has a value, and go with all values', async () => {
      const shop = await shopWith(
        { name: 'size', type: 'number' },
        { name: 'tier', type: 'choice', choices: ['a', 'b'] },
      )
      const person = somebody({ attributes: { size: 42, tier: 'a' } })
      const path = `/api/customers/${(await shop.post('/api/customers', person)).text('data.customer.id')}`
      const own = '/api/workspace/attributes'
      expect((await shop.put(`${own}/size`, { type: 'text' })).text('error')).toBe(
        'One customer has a value of "size": change those first, or declare another attribute and delete this one with its values',
      )
      expect((await shop.put(`${own}/tier`, { type: 'choice', choices: ['b'] })).text('error')).toContain('a as "tier"')
      expect((await shop.delete(`${own}/size`)).status).toBe(200)
      expect((await shop.get(path)).at('data.customer.attributes')).toEqual({ tier: 'a' })
      expect((await declare(shop, { name: 'size', type: 'text' })).status).toBe(201)
      expect((await shop.get(path)).at('data.customer.attributes')).toEqual({ tier: 'a' })
      await shop.put(path, { ...person, attributes: { tier: 'b' } })
      expect((await shop.put(`${own}/tier`, { type: 'choice', choices: ['b'] })).status).toBe(200)
    })

    it('leave nothing behind when a customer is erased', async () => {
      const shop = await shopWith({ name: 'secretName', type: 'text' })
      const person = somebody({ attributes: { secretName: `very private ${database.name}` } })
      const path = `/api/customers/${(await shop.post('/api/customers', person)).text('data.customer.id')}`
      expect((await shop.delete(path)).status).toBe(200)
      const here = await connect(muster.databaseUrl)
      try {
        expect(await here.knex('customer_attributes').where('value_key', 'like', '%very private%')).toEqual([])
      } finally {
        await disconnect(here)
      }
    })
  })
}

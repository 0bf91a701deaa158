import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { sample } from '../../src/documents/samples.ts'
import { everyChapter } from '../../src/every-chapter.ts'
import type { Client } from '../client.ts'
import { openSampleShop, type SampleShop } from '../documents/sample-shop.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const described = everyChapter.flatMap(({ routes }) => Object.entries(routes))
const lists = described.filter(([, { query }]) => query?.['page'] !== undefined)
const sortedLists = lists.filter(([, { query }]) => query?.['order'] !== undefined)

describe('by convention', () => {
  let muster: OpenMuster
  let shop: SampleShop
  let client: Client
  beforeAll(async () => {
    muster = await openMuster(sqlite!)
    shop = await openSampleShop(muster)
    client = shop.owner
  })
  afterAll(() => muster.stop())

  it.each(lists)(
    'fault 113: %s takes any number for a page and refuses unknown words, never with a 500',
    async (route, description) => {
      const path = route
        .replace('GET ', '')
        .replaceAll(/:(\w+)/g, (_whole, name: string) => shop.real(description.example.path?.[name] ?? ''))
      for (const query of [
        'limit=1000000',
        'limit=abc',
        'limit=-5',
        'page=0',
        'page=-1',
        'page=abc',
        'page=99999999999',
      ]) {
        const answer = await client.get(`${path}?${query}`)
        expect([query, answer.status]).toEqual([query, 200])
        expect(answer.number('data.pagination.limit')).toBeLessThanOrEqual(100)
        expect(answer.number('data.pagination.page')).toBeGreaterThanOrEqual(1)
      }
      for (const query of [
        'sortBy=nonsense',
        'order=sideways',
        'page=1&page=2',
        ...(description.query?.['status'] === undefined ? [] : ['status=NONSENSE']),
      ]) {
        const answer = await client.get(`${path}?${query}`)
        expect([query, answer.status, answer.at('code')]).toEqual([query, 400, 'VALIDATION'])
      }
    },
  )

  it.each(sortedLists)(
    '%s says where it stands, and takes the order by both of its names',
    async (route, description) => {
      const path = route
        .replace('GET ', '')
        .replaceAll(/:(\w+)/g, (_whole, name: string) => shop.real(description.example.path?.[name] ?? ''))
      const [one, other] = [await client.get(`${path}?order=asc`), await client.get(`${path}?sortOrder=asc`)]
      expect(other.body).toEqual(one.body)
      const { page, limit, total, pages, totalPages } = Object(one.at('data.pagination'))
      expect([page, totalPages, typeof limit, typeof total]).toEqual([1, pages, 'number', 'number'])
      expect(pages).toBe(Math.ceil(total / limit))
    },
  )

  it('posts without data come without a body and without a type', async () => {
    for (const path of [
      `/api/campaigns/${shop.real(sample.launchedCampaign)}/pause`,
      '/api/auth/refresh',
      '/api/auth/logout',
    ]) {
      const answer = await client.raw(path, { method: 'POST', headers: { authorization: `Bearer ${client.token}` } })
      expect([path, answer.status]).toEqual([path, 200])
    }
  })

  it('what the client looks for beside the data stands there too', async () => {
    const { owner } = await openSampleShop(muster)
    const rules = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }
    const preview = await owner.post('/api/campaigns/preview-audience', { rules })
    expect(preview.number('audienceSize')).toBe(preview.number('data.audienceSize'))
    const created = await owner.post('/api/campaigns', { name: 'Plan', rules })
    expect([created.text('id'), created.text('campaign.id')]).toEqual([
      created.text('data.id'),
      created.text('data.id'),
    ])
    const dashboard = await owner.get('/api/analytics/dashboard')
    for (const key of ['customerGrowth', 'campaignPerformance', 'orderStatus', 'topProducts']) dashboard.list(key)
    for (const key of ['items', 'customers', 'campaigns'])
      expect((await owner.get('/api/campaigns')).at(key)).toBeUndefined()
  })

  it('every failure says what is wrong in a sentence, and names a code', async () => {
    const { owner } = await openSampleShop(muster)
    const failed = [
      await owner.get('/api/customers/none'),
      await owner.post('/api/customers', { name: '' }),
      await owner.post('/api/customers', 'no object'),
      await owner.get('/api/campaigns?status=NONSENSE'),
      await owner.post('/api/campaigns', { name: 'Plan', rules: {} }),
      await muster.anyone.get('/api/customers'),
      await owner.get('/api/nowhere'),
      await owner.put('/api/auth/login', {}),
    ]
    for (const answer of failed) {
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.at('success')).toBe(false)
      expect(answer.text('error').length).toBeGreaterThan(10)
      expect(answer.text('code')).toMatch(/^[A-Z_]+$/)
      expect(answer.text('requestId')).toBe(answer.headers.get('x-request-id'))
    }
    const [first] = failed[1]!.list('errors')
    expect(failed[1]!.text('error')).toBe(Object(first).message)
    expect(failed[1]!.list('details')).toContainEqual(expect.objectContaining({ param: 'email' }))
  })
})

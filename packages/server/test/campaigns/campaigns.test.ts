import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const everyone = { everyone: true }
const bigSpenders = { field: 'totalSpending', operator: '>', value: 100 }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`campaigns on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    beforeAll(async () => {
      muster = await openMuster(database, {
        VENDOR_RATE_PER_SECOND: '20',
        VENDOR_CONCURRENCY: '2',
        SIMULATED_VENDOR_SUCCESS_RATE: '0.5',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '1',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
      })
      shop = await muster.register()
      const customers = Array.from({ length: 60 }, (_, index) => ({
        email: `person${index}@example.org`,
        name: `Person ${index}`,
        totalSpending: index * 10,
        visitCount: index,
        ...(index % 2 === 0 ? { lastVisit: '2024-05-01' } : {}),
      }))
      await shop.post('/api/customers/bulk', { customers })
    })
    afterAll(() => muster?.stop())

    const size = async (rules: unknown) => {
      const answer = await shop.post('/api/campaigns/preview-audience', { rules })
      return answer.status === 200 ? answer.number('audienceSize') : `${answer.status} ${answer.text('error')}`
    }
    const create = async (rules: unknown = everyone) =>
      (await shop.post('/api/campaigns', { name: 'A', rules })).text('id')
    const launch = (id: string, body: unknown = { message: 'Hello {name}' }) =>
      shop.post(`/api/campaigns/${id}/launch`, body)
    const statusOf = async (id: string) => (await shop.get(`/api/campaigns/${id}`)).text('data.campaign.status')

    it.each([
      [
        'fault 1: every operator that the row editor offers restricts',
        { field: 'totalSpending', operator: '=', value: 300 },
        1,
      ],
      ['fault 1: visits at least', { field: 'visitCount', operator: '>=', value: 50 }, 10],
      ['fault 2: the count of messages is understood', { field: 'emailCount', operator: '=', value: 1 }, 0],
      ['fault 5: a date of the date input', { field: 'lastVisit', operator: 'before', value: '2024-05-02' }, 30],
      [
        'fault 5: the day itself is neither before nor after',
        { field: 'lastVisit', operator: 'after', value: '2024-05-01' },
        0,
      ],
      [
        'decision 7: who never visited matches neither',
        { field: 'lastVisit', operator: 'before', value: '2999-01-01' },
        30,
      ],
      ['fault 8: an underscore is an underscore', { field: 'email', operator: 'contains', value: '_' }, 0],
      ['fault 15: case is ignored', { field: 'email', operator: 'contains', value: 'PERSON1' }, 11],
    ])('%s', async (_, condition, expected) => {
      expect(await size({ logic: 'AND', conditions: [condition] })).toBe(expected)
    })

    it('fault 4: connectors decide, and AND binds tighter than OR', async () => {
      const conditions = [
        { field: 'visitCount', operator: '=', value: 1 },
        { field: 'visitCount', operator: '>=', value: 50 },
        { field: 'totalSpending', operator: '<', value: 520 },
      ]
      expect(await size({ logic: 'AND', conditions, connectors: ['OR', 'AND'] })).toBe(3)
      expect(await size({ logic: 'or', conditions, connectors: ['AND', 'AND'] })).toBe(0)
    })

    it.each([
      ['fault 2: unknown field', { logic: 'AND', conditions: [{ field: 'shoeSize', operator: '>', value: 1 }] }],
      [
        'fault 3: unknown field under OR',
        { logic: 'OR', conditions: [bigSpenders, { field: 'x', operator: '>', value: 1 }] },
      ],
      ['fault 6: a blank date', { logic: 'AND', conditions: [{ field: 'lastVisit', operator: 'before', value: '' }] }],
      ['fault 6: zero days', { logic: 'AND', conditions: [{ field: 'lastVisit', operator: 'before', value: 0 }] }],
      ['fault 7: empty text', { logic: 'AND', conditions: [{ field: 'email', operator: 'contains', value: '' }] }],
      ['fault 7: blank text', { logic: 'AND', conditions: [{ field: 'email', operator: 'contains', value: '  ' }] }],
      [
        'fault 9: text for a number',
        { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>', value: 'many' }] },
      ],
      ['fault 9: nothing at all', { logic: 'AND', conditions: [null] }],
      ['fault 10: no conditions', { logic: 'AND', conditions: [] }],
      ['fault 10: no rules', {}],
      ['fault 11: a misspelt logic', { logic: 'ANDD', conditions: [bigSpenders, bigSpenders] }],
      [
        'connectors of the wrong length',
        { logic: 'AND', conditions: [bigSpenders, bigSpenders], connectors: [], x: 1 },
      ],
    ])('%s is a 400, in the preview and for a draft', async (_, rules) => {
      expect(await size(rules)).toMatch(/^400 ./)
      expect((await shop.post('/api/campaigns', { name: 'A', rules })).status).toBe(400)
    })

    it('fault 9: a fault names its row', async () => {
      const conditions = [
        { field: 'visitCount', operator: '>', value: 0 },
        { field: 'lastVisit', operator: 'before', value: '' },
      ]
      const answer = await shop.post('/api/campaigns/preview-audience', { rules: { logic: 'AND', conditions } })
      expect(answer.at('errors')).toMatchObject([{ path: '/conditions/1/value' }])
    })

    it('faults 18, 24: three clicks at once launch once, and the campaign finishes', async () => {
      const id = await create({ logic: 'AND', conditions: [{ field: 'visitCount', operator: '<', value: 8 }] })
      const answers = await Promise.all([launch(id), launch(id), launch(id)])
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      expect(answers.map((answer) => answer.number('data.audienceSize'))).toEqual([8, 8, 8])
      await expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe('COMPLETED')
      expect((await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.total')).toBe(8)
      expect((await launch(id, { message: 'Another text' })).status).toBe(409)
    })

    it('faults 22, 23: pause stops what is running, and resume goes on', async () => {
      const id = await create()
      await launch(id)
      expect((await shop.post(`/api/campaigns/${id}/pause`)).status).toBe(200)
      expect((await shop.post(`/api/campaigns/${id}/pause`)).status).toBe(200)
      expect(await statusOf(id)).toBe('PAUSED')
      const paused = await shop.get(`/api/campaigns/${id}`)
      expect(paused.number('data.campaign.deliveryStats.byStatus.PENDING')).toBeGreaterThan(30)
      expect((await shop.post(`/api/campaigns/${id}/resume`)).status).toBe(200)
      await expect.poll(() => statusOf(id), { timeout: 30_000 }).toBe('COMPLETED')
      expect((await shop.post(`/api/campaigns/${id}/resume`)).status).toBe(409)
    })

    it('sends again to those whom it did not reach, and to nobody else', async () => {
      const id = await create({ logic: 'AND', conditions: [{ field: 'visitCount', operator: '<', value: 20 }] })
      await launch(id)
      const figure = async (path: string) =>
        (await shop.get(`/api/campaigns/${id}`)).number(`data.campaign.deliveryStats.${path}`)
      const isSettled = async () =>
        (await statusOf(id)) === 'COMPLETED' && (await figure('byStatus.SENT')) === 0 ? 'settled' : 'under way'
      await expect.poll(isSettled, { timeout: 30_000 }).toBe('settled')
      // An address that bounced in another campaign is suppressed, so fewer than all may have been sent to.
      const [sent, delivered, failed] = [
        await figure('sent'),
        await figure('delivered'),
        await figure('byStatus.FAILED'),
      ]
      expect(failed).toBeGreaterThan(0)
      expect((await shop.post(`/api/campaigns/${id}/retry-failed`)).number('data.retried')).toBe(failed)
      await expect.poll(isSettled, { timeout: 30_000 }).toBe('settled')
      expect(await figure('total')).toBe(20)
      expect(await figure('delivered')).toBeGreaterThanOrEqual(delivered)
      const ledger = await shop.get(`/api/vendor/simulated-ledger?campaignId=${id}`)
      expect(ledger.number('data.deliveries')).toBe(sent + failed)
      expect((await shop.post(`/api/campaigns/${await create()}/retry-failed`)).status).toBe(409)
    })

    it('erases a customer with the address and the text of what they were sent', async () => {
      const added = await shop.post('/api/customers', { email: 'gone@example.org', name: 'Gone Soon', visitCount: 777 })
      const customerId = added.text('data.customer.id')
      const id = await create({ field: 'visitCount', operator: '=', value: 777 })
      await launch(id)
      await expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe('COMPLETED')
      expect((await shop.delete(`/api/customers/${customerId}`)).status).toBe(200)
      const detail = await shop.get(`/api/campaigns/${id}`)
      expect(detail.list('data.campaign.communicationLogs')).toMatchObject([{ customer: null, message: '' }])
      expect(detail.number('data.campaign.deliveryStats.total')).toBe(1)
    })

    it('a cancelled campaign accounts for everybody and never goes on', async () => {
      const id = await create()
      await launch(id)
      expect((await shop.post(`/api/campaigns/${id}/cancel`)).status).toBe(200)
      expect(await statusOf(id)).toBe('CANCELLED')
      await expect
        .poll(
          async () => (await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.byStatus.PENDING'),
          { timeout: 20_000 },
        )
        .toBe(0)
      expect((await shop.post(`/api/campaigns/${id}/resume`)).status).toBe(409)
    })

    it('fault 31: a scheduled launch sends nothing before its time', async () => {
      const id = await create()
      const answer = await launch(id, { message: 'Later', scheduleAt: '2999-01-01T10:00', queue: true })
      expect(answer.text('data.scheduledAt')).toBe('2999-01-01T10:00:00.000Z')
      expect(await statusOf(id)).toBe('ACTIVE')
      expect((await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.sent')).toBe(0)
      expect((await shop.post(`/api/campaigns/${id}/cancel`)).status).toBe(200)
    })

    it.each([
      ['fault 40: a message that is no text', { message: 42 }],
      ['an empty message', { message: '  ' }],
      ['fault 35: an unknown placeholder', { message: 'Hello {nmae}' }],
      ['a template that does not parse', { message: '{% if name %}Hello' }],
      ['a time that has passed', { message: 'Hi', scheduleAt: '2001-01-01T10:00' }],
      ['a time that is none', { message: 'Hi', scheduleAt: 'tomorrow' }],
    ])('%s launches nothing', async (_, body) => {
      const id = await create()
      expect((await launch(id, body)).status).toBe(400)
      expect(await statusOf(id)).toBe('DRAFT')
    })

    it('fault 40: a launch without a body launches nothing', async () => {
      const id = await create()
      expect((await shop.post(`/api/campaigns/${id}/launch`)).status).toBe(400)
      expect(await statusOf(id)).toBe('DRAFT')
    })

    it('an audience of nobody launches nothing', async () => {
      const id = await create({ field: 'visitCount', operator: '>', value: 1_000_000 })
      expect((await launch(id)).text('code')).toBe('AUDIENCE_EMPTY')
      expect(await statusOf(id)).toBe('DRAFT')
    })

    it('fault 36: what was launched cannot be deleted or changed; a draft can', async () => {
      const draft = await create()
      const plan = { name: 'New name', rules: bigSpenders }
      expect((await shop.put(`/api/campaigns/${draft}`, plan)).text('data.campaign.name')).toBe('New name')
      expect((await shop.delete(`/api/campaigns/${draft}`)).status).toBe(200)
      expect((await shop.get(`/api/campaigns/${draft}`)).status).toBe(404)
      const launched = await create({ field: 'visitCount', operator: '=', value: 3 })
      await launch(launched)
      expect((await shop.delete(`/api/campaigns/${launched}`)).status).toBe(409)
      expect((await shop.put(`/api/campaigns/${launched}`, plan)).status).toBe(409)
    })

    it('fault 60: another workspace sees and touches none of it', async () => {
      const id = await create()
      const stranger = await muster.register()
      const calls = [
        stranger.get(`/api/campaigns/${id}`),
        stranger.put(`/api/campaigns/${id}`, { name: 'Mine', rules: everyone }),
        stranger.delete(`/api/campaigns/${id}`),
        ...['launch', 'pause', 'resume', 'cancel'].map((verb) =>
          stranger.post(`/api/campaigns/${id}/${verb}`, verb === 'launch' ? { message: 'Hi' } : undefined),
        ),
      ]
      expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(calls.map(() => 404))
      expect((await stranger.get('/api/campaigns')).list('data.campaigns')).toEqual([])
      expect((await stranger.post('/api/campaigns/preview-audience', { rules: everyone })).number('audienceSize')).toBe(
        0,
      )
    })

    it('lists by page, status and search, with numbers for every figure', async () => {
      await shop.post('/api/campaigns', { name: 'Zebra ÄPFEL', description: 'Stripes', rules: everyone })
      const found = await shop.get('/api/campaigns?search=äpfel&status=DRAFT')
      expect(found.list('data.campaigns')).toHaveLength(1)
      expect(found.at('data.pagination')).toEqual({ page: 1, limit: 10, total: 1, pages: 1, totalPages: 1 })
      expect((await shop.get('/api/campaigns?status=SLEEPING')).status).toBe(400)
      expect((await shop.get('/api/campaigns?limit=abc&page=0')).status).toBe(200)
      const totals = await shop.get('/api/campaigns/stats')
      for (const figure of ['totalCampaigns', 'avgSuccessRate', 'totalAudience', 'messagesSent'])
        totals.number(`data.${figure}`)
    })
  })
}

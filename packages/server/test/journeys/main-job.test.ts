import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { type Client, clientOf } from '../client.ts'
import { type OpenMuster, openMuster, testPassword } from '../open-muster.ts'

/** The main job, step by step over HTTP and on real rows, with the simulated vendor behind it. */

const cities = ['Mumbai', 'mumbai ', 'MUMBAI', 'Delhi', null]

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the main job on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    let rule: unknown
    let campaign = ''

    beforeAll(async () => {
      muster = await openMuster(database, {
        VENDOR_RATE_PER_SECOND: '500',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '1',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '40',
      })
    })
    afterAll(() => muster?.stop())

    it('registers and logs in', async () => {
      const account = { email: 'owner@shop.example', password: testPassword }
      expect((await muster.anyone.post('/api/auth/register', { ...account, name: 'Owner' })).status).toBe(200)
      const login = await muster.anyone.post('/api/auth/login', account)
      shop = clientOf(muster.origin, login.text('data.token'))
      expect((await shop.get('/api/auth/me')).text('data.email')).toBe('owner@shop.example')
    })

    it('imports customers and orders, and again without changing anything', async () => {
      const customers = Array.from({ length: 100 }, (_, index) => ({
        externalId: `c${index}`,
        email: `c${index}@example.org`,
        name: `Customer ${index}`,
        city: cities[index % cities.length],
        emailConsent: index % 10 === 0 ? false : index % 3 === 0 ? null : true,
        createdAt: '2024-01-01',
      }))
      const orders = Array.from({ length: 300 }, (_, index) => ({
        externalId: `o${index}`,
        customerExternalId: `c${index % 100}`,
        items: [{ productName: 'Lamp', category: 'home', quantity: 1, price: (index % 100) + 0.1 }],
        total: (index % 100) + 0.1,
        status: index % 7 === 0 ? 'CANCELLED' : 'COMPLETED',
        createdAt: '2024-06-01T12:00:00Z',
      }))
      for (const outcome of ['created', 'unchanged']) {
        expect((await shop.post('/api/customers/bulk', { customers })).number(`data.${outcome}`)).toBe(100)
        expect((await shop.post('/api/orders/bulk', { orders })).number(`data.${outcome}`)).toBe(300)
      }
    })

    it('turns a sentence into a rule', async () => {
      const answer = await shop.post('/api/ai/nl-to-rules', { prompt: 'customers from Mumbai who spent over 100' })
      expect(answer.at('data.translation.confident')).toBe(true)
      rule = answer.at('data.translation.rule')
      // Three spellings of one city are known; which of them stands in the rule does not matter.
      expect(rule).toMatchObject({
        logic: 'AND',
        conditions: [
          { field: 'city', operator: '=', value: expect.stringMatching(/^mumbai$/i) },
          { field: 'totalSpending', operator: '>', value: 100 },
        ],
      })
    })

    it('shows how many and who', async () => {
      const preview = await shop.post('/api/campaigns/preview-audience', { rules: rule })
      const expected = mumbaiSpenders()
      expect(preview.number('audienceSize')).toBe(expected.length)
      expect(preview.number('data.audienceSize')).toBe(expected.length)
      expect(preview.list('data.sampleCustomers')).toHaveLength(5)
      for (const customer of preview.list('data.sampleCustomers')) {
        expect(expected.map((index) => `c${index}@example.org`)).toContain(Reflect.get(Object(customer), 'email'))
      }
    })

    it('creates, launches and answers at once', async () => {
      const created = await shop.post('/api/campaigns', { name: 'Thanks', rules: rule })
      expect(created.status).toBe(201)
      campaign = created.text('id')
      expect(created.text('campaign.status')).toBe('DRAFT')
      const launched = await shop.post(`/api/campaigns/${campaign}/launch`, { message: 'Hi {name}: {spending}' })
      expect(launched.number('data.audienceSize')).toBe(mumbaiSpenders().length)
    })

    it('fault 121: delivers to everyone who may be written to, and the campaign completes', async () => {
      const detail = await untilSettled(shop, campaign)
      const audience = mumbaiSpenders()
      const refused = audience.filter((index) => index % 10 === 0).length
      expect(detail.number('data.campaign.deliveryStats.total')).toBe(audience.length)
      expect(detail.number('data.campaign.deliveryStats.sent')).toBe(audience.length - refused)
      expect(detail.number('data.campaign.deliveryStats.byStatus.SKIPPED')).toBe(refused)
      expect(sumOf(detail.at('data.campaign.deliveryStats.byStatus'))).toBe(audience.length)
      expect(detail.list('data.campaign.communicationLogs')).toHaveLength(audience.length)
    })

    it('gave the vendor each message once, with the text made for its customer', async () => {
      const ledger = await shop.get(`/api/vendor/simulated-ledger?campaignId=${campaign}`)
      expect(ledger.number('data.deliveries')).toBe(ledger.number('data.messages'))
      const logs = (await shop.get(`/api/campaigns/${campaign}`)).list('data.campaign.communicationLogs')
      const texts = logs.map((log) => String(Reflect.get(Object(log), 'message'))).filter((text) => text !== '')
      expect(texts).toContain('Hi Customer 95: $285.30')
    })
  })
}

/** Whom the rule means, counted from the rows above: text ignores case, and an import trims it. */
function mumbaiSpenders(): readonly number[] {
  return Array.from({ length: 100 }, (_, index) => index).filter((index) => {
    const city = cities[index % cities.length]
    const bought = [index, index + 100, index + 200].filter((order) => order % 7 !== 0).length
    return city?.trim().toLowerCase() === 'mumbai' && bought * (index * 100 + 10) > 100_00
  })
}

async function untilSettled(client: Client, id: string) {
  await expect
    .poll(
      async () => {
        const detail = await client.get(`/api/campaigns/${id}`)
        const under = ['PENDING', 'SENT'].map((status) =>
          detail.number(`data.campaign.deliveryStats.byStatus.${status}`),
        )
        return [detail.text('data.campaign.status'), ...under]
      },
      { timeout: 30_000, interval: 50 },
    )
    .toEqual(['COMPLETED', 0, 0])
  return client.get(`/api/campaigns/${id}`)
}

function sumOf(figures: unknown): number {
  return Object.values(Object(figures)).reduce<number>((sum, figure) => sum + Number(figure), 0)
}

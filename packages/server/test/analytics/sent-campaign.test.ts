import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const patienceMs = 60_000
const people = 40

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the figures of a campaign that was really sent, on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    let campaign: string
    beforeAll(async () => {
      muster = await openMuster(database, {
        SIMULATED_VENDOR_SUCCESS_RATE: '0.5',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '1',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
      })
      shop = await muster.register('Sender')
      const customers = Array.from({ length: people }, (_, index) => ({
        email: `c${index}@mail.example`,
        name: `C${index}`,
      }))
      await shop.post('/api/customers/bulk', { customers })
      campaign = (await shop.post('/api/campaigns', { name: 'Sent', rules: { everyone: true } })).text('id')
      await shop.post(`/api/campaigns/${campaign}/launch`, { message: 'Hello {name}' })
      const settled = async () => {
        const { at } = await shop.get(`/api/campaigns/${campaign}`)
        const { PENDING, SENT } = Object(at('data.campaign.deliveryStats.byStatus'))
        return PENDING + SENT
      }
      await vi.waitFor(async () => expect(await settled()).toBe(0), { timeout: patienceMs, interval: 100 })
    }, 2 * patienceMs)
    afterAll(() => muster?.stop())

    it('are the same in the campaign, its analytics, the dashboard, the chart and the totals', async () => {
      const stats = Object((await shop.get(`/api/campaigns/${campaign}`)).at('data.campaign.deliveryStats'))
      expect(stats).toMatchObject({ total: people, sent: people })
      expect(stats.delivered + stats.failed).toBe(people)
      const own = await shop.get(`/api/campaigns/${campaign}/analytics`)
      const expected = {
        totalMessages: people,
        sent: people,
        delivered: stats.delivered,
        failed: stats.failed,
        pending: 0,
      }
      expect(own.at('data')).toMatchObject(expected)
      const dashboard = await shop.get('/api/analytics/dashboard')
      const rate = own.number('data.deliveryRate')
      expect(rate).toBe(Math.round((stats.delivered / people) * 1000) / 10)
      expect(dashboard.at('data.campaignStats')).toMatchObject({
        totalMessages: people,
        sentMessages: people,
        deliveredMessages: stats.delivered,
        failedMessages: stats.failed,
        deliveryRate: rate,
      })
      expect(dashboard.at('campaignPerformance')).toEqual([
        { id: campaign, name: 'Sent', sent: people, delivered: stats.delivered, failed: stats.failed },
      ])
      const totals = await shop.get('/api/campaigns/stats')
      expect([totals.at('data.avgSuccessRate'), totals.at('data.messagesSent')]).toEqual([rate, people])
    })

    it('what people buy within seven days is attributed to it', async () => {
      const buyer = (await shop.get('/api/customers?search=c7@')).text('data.customers.0.id')
      const items = [{ productName: 'Tea', quantity: 2, price: 5 }]
      await shop.post('/api/orders', { customerId: buyer, items, total: 10, status: 'COMPLETED' })
      const { at } = await shop.get(`/api/campaigns/${campaign}/analytics`)
      expect(at('data.attribution.recipients')).toEqual({
        people,
        orders: 1,
        buyers: 1,
        conversionRate: 2.5,
        revenue: 10,
        revenuePerPerson: 0.25,
      })
    })

    it('fault 84: engagement is that of people, in the hours of the workspace', async () => {
      const opened = await connect(muster.databaseUrl)
      const messages = await opened.knex('messages').where({ campaign_id: campaign }).orderBy('id').select()
      // 14:40 in UTC on a Tuesday is 20:10 in Kolkata, on the same day.
      const atMs = Date.UTC(2026, 0, 6, 14, 40)
      const did = (message: (typeof messages)[number], kind: string, isMachine: boolean) => ({
        ...{ workspace_id: message.workspace_id, message_id: message.id, customer_id: message.customer_id },
        ...{
          campaign_id: campaign,
          kind,
          is_machine: isMachine,
          url: null,
          times: 3,
          first_at_ms: atMs,
          last_at_ms: atMs,
        },
      })
      await opened
        .knex('engagements')
        .insert([
          ...messages.slice(0, 20).map((message) => did(message, 'open', false)),
          ...messages.slice(0, 30).map((message) => did(message, 'open', true)),
          ...messages.slice(0, 2).map((message) => did(message, 'click', false)),
        ])
      await disconnect(opened)
      const workspace = { name: 'Sender', timeZone: 'Asia/Kolkata', currency: 'USD', consentPolicy: 'opt-out' }
      await shop.put('/api/workspace', workspace)
      const { at, number } = await shop.get('/api/analytics/campaigns')
      const delivered = number('data.delivery.DELIVERED')
      expect(at('data.engagement')).toEqual({
        avgOpenRate: Math.round((Math.min(20, delivered) / delivered) * 1000) / 10,
        avgClickRate: Math.round((2 / delivered) * 1000) / 10,
        avgConversionRate: 2.5,
        bestPerformingTime: '20:00',
        bestPerformingDay: 'Tuesday',
        reasons: [],
      })
    })
  })
}

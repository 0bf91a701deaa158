import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Answer } from '../client.ts'
import { checkAnswer } from '../documents/check-answer.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'
import { moveToNoon, openSmallShop, type SmallShop } from './small-shop.ts'

const timeframes = ['7d', '30d', '90d', '1y']

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`figures of a small shop on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: SmallShop
    beforeAll(async () => {
      muster = await openMuster(database)
      shop = await openSmallShop(muster, moveToNoon(muster))
    })
    afterAll(() => muster?.stop())

    const ask = async (path: string): Promise<Answer> => {
      const answer = await shop.client.get(`/api${path}`)
      expect([path, answer.status, answer.at('error')]).toEqual([path, 200, undefined])
      checkAnswer('GET', `/api${path}`, answer.status, answer.headers.get('content-type'), answer.body)
      return answer
    }
    const sumOf = (rows: readonly unknown[], key: string) =>
      Math.round(rows.reduce((sum: number, row) => sum + Number(Reflect.get(Object(row), key)), 0) * 100) / 100

    it.each([
      ['7d', { newCustomers: 1, totalOrders: 6, totalRevenue: 184.99, avgOrderValue: 46.25 }],
      ['30d', { newCustomers: 1, totalOrders: 7, totalRevenue: 195.04, avgOrderValue: 39.01 }],
      ['90d', { newCustomers: 2, totalOrders: 8, totalRevenue: 235.04, avgOrderValue: 39.17 }],
      ['1y', { newCustomers: 4, totalOrders: 8, totalRevenue: 235.04, avgOrderValue: 39.17 }],
    ])('fault 86: %s: revenue and its average are of COMPLETED orders alone', async (timeframe, expected) => {
      const { at } = await ask(`/analytics/dashboard?timeframe=${timeframe}`)
      expect(at('data.summary')).toEqual({ totalCustomers: 4, activeCampaigns: 2, ...expected })
    })

    it.each(timeframes)('%s: the same figure wherever it is served', async (timeframe) => {
      const query = `?timeframe=${timeframe}`
      const dashboard = await ask(`/analytics/dashboard${query}`)
      const revenue = await ask(`/analytics/revenue${query}`)
      const products = await ask(`/analytics/products${query}`)
      const places = await ask(`/analytics/geography${query}`)
      const growth = await ask(`/analytics/customer-growth${query}`)
      const status = await ask(`/analytics/order-status${query}`)
      const total = dashboard.number('data.summary.totalRevenue')
      expect([
        revenue.number('data.metrics.currentRevenue'),
        sumOf(revenue.list('data.timeline'), 'revenue'),
        sumOf(revenue.list('data.segments'), 'revenue'),
        sumOf(growth.list('data'), 'revenue'),
        products.number('data.revenue'),
        Math.round((products.number('data.revenueOfProducts') + products.number('data.revenueWithoutItems')) * 100) /
          100,
        Math.round((sumOf(places.list('data.places'), 'revenue') + places.number('data.elsewhere.revenue')) * 100) /
          100,
      ]).toEqual(Array(7).fill(total))
      const orders = dashboard.number('data.summary.totalOrders')
      expect([
        revenue.number('data.metrics.currentOrders'),
        sumOf(revenue.list('data.timeline'), 'orders'),
        sumOf(revenue.list('data.segments'), 'orders'),
        sumOf(status.list('data'), 'value'),
        sumOf(places.list('data.places'), 'orders') + places.number('data.elsewhere.orders'),
      ]).toEqual(Array(5).fill(orders))
      expect(sumOf(growth.list('data'), 'customers')).toBe(dashboard.number('data.summary.newCustomers'))
      expect(revenue.at('data.metrics.avgOrderValue')).toBe(dashboard.at('data.summary.avgOrderValue'))
      const performance = await ask(`/analytics/campaign-performance${query}`)
      for (const [key, answer] of [
        ['customerGrowth', growth],
        ['orderStatus', status],
        ['campaignPerformance', performance],
      ] as const) {
        expect([dashboard.at(key), dashboard.at(`data.${key}`)]).toEqual([answer.at('data'), answer.at('data')])
      }
      const named = revenue
        .list('data.topProducts')
        .map((row) => ({ ...Object(row), name: Reflect.get(Object(row), 'product') }))
      expect(dashboard.at('topProducts')).toEqual(named.map(({ product: _, ...row }) => row))
      expect(products.at('data.products')).toEqual(revenue.at('data.topProducts'))
    })

    it('fault 83: revenue is answered, with numbers', async () => {
      const { at, list } = await ask('/analytics/revenue?timeframe=30d')
      expect(at('data.metrics')).toEqual({
        currentRevenue: 195.04,
        previousRevenue: 40,
        revenueGrowth: 387.6,
        currentOrders: 7,
        previousOrders: 1,
        orderGrowth: 600,
        avgOrderValue: 39.01,
        note: null,
      })
      expect(at('data.segments')).toEqual([
        { segment: 'VIP', revenue: 5, orders: 1 },
        { segment: 'Premium', revenue: 0, orders: 0 },
        { segment: 'Regular', revenue: 0, orders: 0 },
        { segment: 'New', revenue: 90.05, orders: 5 },
        { segment: 'Deleted customers', revenue: 99.99, orders: 1 },
      ])
      expect(list('data.timeline')).toHaveLength(30)
      expect(list('data.timeline').slice(-3)).toEqual([
        { date: shop.dateOf(2), revenue: 55, orders: 2 },
        { date: shop.dateOf(1), revenue: 0, orders: 1 },
        { date: shop.dateOf(0), revenue: 0, orders: 0 },
      ])
      expect(at('data.period')).toEqual({ from: shop.dateOf(29), to: shop.dateOf(0), timeZone: 'Asia/Kolkata' })
    })

    it('fault 83: customers are answered, with numbers', async () => {
      const { at, list } = await ask('/analytics/customers')
      expect(at('data.analytics.segments')).toEqual([
        { segment: 'VIP', count: 2, avgSpending: 13_506.39 },
        { segment: 'Premium', count: 0, avgSpending: null },
        { segment: 'Regular', count: 0, avgSpending: null },
        { segment: 'New', count: 2, avgSpending: 65.03 },
      ])
      expect(at('data.analytics.loyalty')).toEqual([
        { loyaltyLevel: 'Highly Loyal', count: 1 },
        { loyaltyLevel: 'Loyal', count: 1 },
        { loyaltyLevel: 'Regular', count: 0 },
        { loyaltyLevel: 'Occasional', count: 2 },
      ])
      expect(list('data.analytics.growth')).toHaveLength(12)
      expect(sumOf(list('data.analytics.growth'), 'newCustomers')).toBe(4)
    })

    it('fault 84: places are those of customers, products those of orders', async () => {
      expect((await ask('/analytics/customers')).at('data.analytics.geographic')).toEqual([
        { region: 'Unknown', customers: 2, revenue: 70 },
        { region: 'Goa', customers: 1, revenue: 60.05 },
        { region: 'Kerala', customers: 1, revenue: 12.77 },
      ])
      expect((await ask('/analytics/geography?by=country')).body).toMatchObject({
        data: {
          by: 'country',
          places: [
            { region: 'India', customers: 3, orders: 4, revenue: 65.05 },
            { region: 'Unknown', customers: 1, orders: 2, revenue: 30 },
          ],
          elsewhere: { orders: 1, revenue: 99.99 },
          isCutShort: false,
        },
      })
      expect((await ask('/analytics/products')).at('data.products')).toEqual([
        { product: 'Kettle', orders: 2, completedOrders: 2, units: 2, revenue: 60 },
        { product: 'Tea', orders: 4, completedOrders: 2, units: 3, revenue: 30.05 },
      ])
      expect((await ask('/analytics/products?limit=1')).list('data.products')).toHaveLength(1)
    })

    it('fault 84: engagement without opens or clicks is unknown, and says why', async () => {
      const { at } = await ask('/analytics/campaigns')
      expect(at('data.engagement')).toEqual({
        avgOpenRate: null,
        avgClickRate: null,
        avgConversionRate: 37.5,
        bestPerformingTime: null,
        bestPerformingDay: null,
        reasons: ['No open or click of these campaigns is known'],
      })
    })

    it('fault 87: messages belong to the day they were sent, however old their campaign', async () => {
      const { at } = await ask('/analytics/dashboard?timeframe=30d')
      expect(at('data.campaignStats')).toEqual({
        totalCampaigns: 3,
        totalMessages: 7,
        sentMessages: 5,
        deliveredMessages: 3,
        failedMessages: 2,
        deliveryRate: 60,
      })
      expect(at('campaignPerformance')).toEqual([
        { id: shop.newCampaign, name: 'New', sent: 3, delivered: 2, failed: 1 },
        { id: shop.oldCampaign, name: 'Old', sent: 2, delivered: 1, failed: 0 },
      ])
      const year = await ask('/analytics/campaign-performance?timeframe=1y')
      expect(year.at('data.1')).toEqual({ id: shop.oldCampaign, name: 'Old', sent: 5, delivered: 3, failed: 1 })
    })

    it('fault 88: top customers are those of the period, in the words of both screens', async () => {
      const { list, at } = await ask('/analytics/dashboard?timeframe=30d')
      expect(list('data.topCustomers')).toHaveLength(3)
      expect(at('data.topCustomers.0')).toMatchObject({
        id: shop.ids.bob,
        customerId: shop.ids.bob,
        name: 'bob',
        customerName: 'bob',
        email: 'bob@mail.example',
        totalSpending: 60.05,
        visitCount: 3,
        periodRevenue: 60.05,
        periodOrders: 3,
        factors: { engagement: 0, spending: 1, frequency: 15, recency: 99 },
        engagementMessages: 1,
        score: 29,
        risk: 'low',
        orders: [
          { total: 10, status: 'PENDING' },
          { total: 50, status: 'COMPLETED' },
          { total: 10.05, status: 'COMPLETED' },
        ],
      })
      expect([at('data.topCustomers.1.name'), at('data.topCustomers.1.periodRevenue')]).toEqual(['cy', 30])
      expect([at('data.topCustomers.2.name'), at('data.topCustomers.2.periodRevenue')]).toEqual(['ann', 5])
      const week = await ask('/analytics/dashboard?timeframe=7d')
      expect(week.at('data.topCustomers.0.periodRevenue')).toBe(50)
    })

    it('faults 89 and 90: waiting and left-out messages spoil no rate, and only what was taken is sent', async () => {
      expect((await ask(`/campaigns/${shop.newCampaign}/analytics`)).body).toMatchObject({
        data: {
          totalMessages: 4,
          sent: 3,
          delivered: 2,
          failed: 1,
          pending: 0,
          leftOut: 1,
          deliveryRate: 66.7,
          audienceValue: 130.05,
          avgCustomerValue: 65.03,
        },
      })
      expect((await ask('/analytics/campaigns')).at('data.delivery')).toEqual({
        ...{ PENDING: 0, SENT: 1, DELIVERED: 5, FAILED: 2, BOUNCED: 1, SKIPPED: 1, CANCELLED: 0 },
      })
    })

    it('one campaign says the same in both its endpoints, and in its own books', async () => {
      for (const id of [shop.oldCampaign, shop.newCampaign]) {
        const own = await ask(`/campaigns/${id}/analytics`)
        const all = await ask(`/analytics/campaigns?campaignId=${id}`)
        const detail = await shop.client.get(`/api/campaigns/${id}`)
        for (const key of ['totalMessages', 'sent', 'delivered', 'failed', 'pending', 'deliveryRate'])
          expect([key, all.at(`data.performance.${key}`)]).toEqual([key, own.at(`data.${key}`)])
        for (const key of ['sent', 'delivered', 'failed'])
          expect([key, detail.at(`data.campaign.deliveryStats.${key}`)]).toEqual([key, own.at(`data.${key}`)])
        expect(all.at('data.attribution')).toEqual(own.at('data.attribution'))
        expect(all.at('data.audienceAnalytics.avgSpending')).toBe(own.at('data.avgCustomerValue'))
      }
    })

    it('revenue is attributed within the window, beside the control group', async () => {
      expect((await ask(`/campaigns/${shop.newCampaign}/analytics`)).at('data.attribution')).toMatchObject({
        windowDays: 7,
        recipients: { people: 3, orders: 4, buyers: 3, conversionRate: 100, revenue: 179.99, revenuePerPerson: 60 },
        control: { people: 1, orders: 1, buyers: 1, conversionRate: 100, revenue: 5, revenuePerPerson: 5 },
        incrementalRevenue: 164.99,
        notes: ['The window is not over for everybody yet'],
      })
      const { at } = await ask(`/campaigns/${shop.newCampaign}/analytics?windowDays=2`)
      expect(at('data.attribution.recipients')).toMatchObject({ orders: 1, buyers: 1, revenue: 99.99 })
      expect(at('data.attribution.notes')).toEqual([])
      const old = await ask(`/campaigns/${shop.oldCampaign}/analytics`)
      expect(old.at('data.attribution.control')).toBeNull()
      expect(old.at('data.attribution.incrementalRevenue')).toBeNull()
      expect(String(old.at('data.attribution.notes'))).toContain('There is no control group')
    })

    it('a campaign before its launch has no figures, and says so', async () => {
      expect((await ask(`/campaigns/${shop.draft}/analytics`)).body).toMatchObject({
        data: {
          ...{ totalMessages: 0, sent: 0, delivered: 0, failed: 0, pending: 0, deliveryRate: null, audienceValue: 0 },
          avgCustomerValue: null,
          attribution: { recipients: { people: 0 }, notes: ['Nothing has been sent yet', expect.any(String)] },
        },
      })
    })

    it('buyers fall into groups by fifths, and equal values into the same', async () => {
      const { at } = await ask('/analytics/rfm?timeframe=30d')
      expect(at('data.scores')).toEqual([
        { recency: 4, frequency: 4, monetary: 3, customers: 1, orders: 3, revenue: 60.05, group: 'Loyal' },
        { recency: 3, frequency: 1, monetary: 1, customers: 1, orders: 1, revenue: 5, group: 'Needs attention' },
        { recency: 2, frequency: 1, monetary: 2, customers: 1, orders: 2, revenue: 30, group: 'Hibernating' },
        { recency: 1, frequency: 1, monetary: 4, customers: 1, orders: 1, revenue: 99.99, group: 'Hibernating' },
      ])
      expect(at('data.groups.6')).toEqual({ name: 'Hibernating', customers: 2, orders: 3, revenue: 129.99 })
    })

    it('cohorts are people by the month of their first order that was not called off', async () => {
      const { list } = await ask('/analytics/retention')
      const cohorts = list('data.cohorts') as { month: string; customers: number; returned: { customers: number }[] }[]
      const monthOf = (daysAgo: number) => shop.dateOf(daysAgo).slice(0, 7)
      const expected = new Map<string, number>()
      for (const days of [20, 35, 4]) expected.set(monthOf(days), (expected.get(monthOf(days)) ?? 0) + 1)
      expect(
        cohorts.filter(({ customers }) => customers > 0).map(({ month, customers }) => [month, customers]),
      ).toEqual([...expected].sort())
      const first = cohorts.find(({ month }) => month === monthOf(35))
      const months =
        cohorts.findIndex(({ month }) => month === monthOf(3)) - cohorts.findIndex(({ month }) => month === monthOf(35))
      expect(first?.returned[months]?.customers).toBeGreaterThanOrEqual(1)
      expect(cohorts.at(-1)?.month).toBe(monthOf(0))
    })

    it('loyalty counts those who came again', async () => {
      expect((await ask('/analytics/loyalty')).body).toMatchObject({
        data: {
          buyers: 4,
          repeatBuyers: 1,
          repeatRate: 25,
          levels: [{ loyaltyLevel: 'Highly Loyal', count: 1 }, {}, {}, {}],
        },
      })
    })

    it('fault 95: every key that the client reads is there, and stays what it is between polls', async () => {
      const [first, second] = [await ask('/analytics/dashboard'), await ask('/analytics/dashboard')]
      expect(second.body).toEqual(first.body)
      const { at, list } = first
      expect(at('data.timeframe')).toBe('30d')
      expect(at('data.predictiveAnalytics')).toBeNull()
      expect(at('data.insights')).toEqual([
        {
          id: 'vips-unseen',
          type: 'opportunity',
          title: '1 VIP customer has not been seen for 90 days',
          description: 'They have spent 10000 or more each. A campaign for them could bring some back.',
          impact: 'medium',
          actionable: true,
          category: 'retention',
          createdAt: `${shop.dateOf(1)}T18:30:00.000Z`,
        },
      ])
      expect(at('orderStatus')).toEqual([
        { status: 'PENDING', name: 'Pending', value: 1, color: '#f59e0b' },
        { status: 'PROCESSING', name: 'Processing', value: 0, color: '#3b82f6' },
        { status: 'COMPLETED', name: 'Completed', value: 5, color: '#10b981' },
        { status: 'CANCELLED', name: 'Cancelled', value: 1, color: '#ef4444' },
      ])
      expect(list('data.recentActivity.orders')).toHaveLength(5)
      expect(at('data.recentActivity.orders.0')).toMatchObject({
        total: 10,
        customer: { name: 'bob', email: 'bob@mail.example' },
      })
      expect(at('data.recentActivity.campaigns.0')).toEqual({
        id: shop.draft,
        name: 'Draft',
        status: 'DRAFT',
        createdAt: expect.any(String),
        audienceSize: expect.any(Number),
      })
    })

    it('decision 6: every figure that the client does arithmetic with is a JSON number', async () => {
      for (const timeframe of timeframes) {
        const { number, list } = await ask(`/analytics/dashboard?timeframe=${timeframe}`)
        for (const key of [
          'totalCustomers',
          'newCustomers',
          'totalOrders',
          'totalRevenue',
          'activeCampaigns',
          'avgOrderValue',
        ])
          number(`data.summary.${key}`)
        for (const key of ['totalCampaigns', 'totalMessages', 'deliveredMessages', 'deliveryRate'])
          number(`data.campaignStats.${key}`)
        list('data.topCustomers').forEach((_, index) => {
          for (const key of [
            'totalSpending',
            'visitCount',
            'score',
            'factors.engagement',
            'factors.spending',
            'factors.frequency',
            'factors.recency',
          ])
            number(`data.topCustomers.${index}.${key}`)
        })
        list('customerGrowth').forEach((_, index) => {
          for (const key of ['customers', 'revenue']) number(`customerGrowth.${index}.${key}`)
        })
        list('campaignPerformance').forEach((_, index) => {
          const [sent, delivered, failed] = ['sent', 'delivered', 'failed'].map((key) =>
            number(`campaignPerformance.${index}.${key}`),
          )
          expect(sent).toBeGreaterThanOrEqual(delivered! + failed!)
        })
        list('topProducts').forEach((_, index) => {
          for (const key of ['orders', 'revenue']) number(`topProducts.${index}.${key}`)
        })
      }
    })

    it.each([
      'dashboard',
      'customer-growth',
      'campaign-performance',
      'order-status',
      'revenue',
      'products',
      'rfm',
      'retention',
      'loyalty',
      'geography',
    ])('fault 91: %s takes the four timeframes and refuses any other by name', async (name) => {
      for (const timeframe of timeframes) await ask(`/analytics/${name}?timeframe=${timeframe}`)
      const refused = await shop.client.get(`/api/analytics/${name}?timeframe=2w`)
      expect([refused.status, refused.at('error')]).toEqual([400, '"timeframe" must be one of 7d, 30d, 90d, 1y'])
    })

    it.each([
      ['/analytics/geography?by=planet', '"by" must be one of state, city, country'],
      ['/analytics/products?limit=0', '"limit" must be a whole number from 1 to 100'],
      ['/analytics/products?limit=101', '"limit" must be a whole number from 1 to 100'],
    ])('%s is refused', async (path, message) => {
      const refused = await shop.client.get(`/api${path}`)
      expect([refused.status, refused.at('error')]).toEqual([400, message])
    })

    it('a window is refused beyond its bounds', async () => {
      for (const days of ['0', '91', 'x', '1.5']) {
        const refused = await shop.client.get(`/api/campaigns/${shop.newCampaign}/analytics?windowDays=${days}`)
        expect([refused.status, refused.at('error')]).toEqual([400, '"windowDays" must be a whole number from 1 to 90'])
      }
    })

    it('fault 93: an unknown campaign is a 404', async () => {
      for (const path of ['/campaigns/none/analytics', '/analytics/campaigns?campaignId=none']) {
        const { status, at } = await shop.client.get(`/api${path}`)
        expect([status, at('code')]).toEqual([404, 'CAMPAIGN_NOT_FOUND'])
      }
    })

    it('faults 60 and 61: another workspace sees nothing of this one, and its own emptiness as zeros', async () => {
      const stranger = await muster.register('Stranger')
      const { body, status } = await stranger.get('/api/analytics/dashboard')
      expect(status).toBe(200)
      expect(body).toMatchObject({
        data: {
          summary: {
            totalCustomers: 0,
            newCustomers: 0,
            totalOrders: 0,
            totalRevenue: 0,
            activeCampaigns: 0,
            avgOrderValue: 0,
          },
          campaignStats: { totalCampaigns: 0, totalMessages: 0, deliveredMessages: 0, deliveryRate: 0 },
          topCustomers: [],
          recentActivity: { orders: [], campaigns: [] },
          insights: [],
          predictiveAnalytics: null,
          noData: [
            'avgOrderValue: there is no completed order in this period',
            'deliveryRate: no message of this period has arrived or failed yet',
            'topCustomers: no customer has a completed order in this period',
            'topProducts: no order of this period names a product',
            'predictiveAnalytics: nothing is predicted',
          ],
        },
        topProducts: [],
        campaignPerformance: [],
      })
      for (const path of [
        '/campaigns',
        '/customers',
        '/rfm',
        '/retention',
        '/loyalty',
        '/geography',
        '/products',
        '/revenue',
      ]) {
        const empty = await stranger.get(`/api/analytics${path}`)
        expect([path, empty.status]).toEqual([path, 200])
        expect(JSON.stringify(empty.body)).not.toMatch(/bob|Kettle|Goa|[1-9]\d*\.\d\d/)
      }
      expect((await stranger.get(`/api/campaigns/${shop.newCampaign}/analytics`)).status).toBe(404)
    })

    it('fault 92: no growth where there was nothing to grow from', async () => {
      const stranger = await muster.register('Newcomer')
      const { id } = Object(
        (await stranger.post('/api/customers', { email: 'n@mail.example', name: 'N' })).at('data.customer'),
      )
      const items = [{ productName: 'Tea', quantity: 1, price: 5 }]
      await stranger.post('/api/orders', { customerId: id, items, total: 5, status: 'COMPLETED' })
      const { at } = await stranger.get('/api/analytics/revenue')
      expect(at('data.metrics')).toMatchObject({
        currentRevenue: 5,
        previousRevenue: 0,
        revenueGrowth: null,
        orderGrowth: null,
        note: 'No growth where the period before had nothing to grow from',
      })
      const dashboard = await stranger.get('/api/analytics/dashboard')
      expect(dashboard.at('data.comparison.growth')).toEqual({ newCustomers: null, orders: null, revenue: null })
    })

    it('what has just been changed is counted at once', async () => {
      const owner = await muster.register('Busy')
      const figure = async () => (await owner.get('/api/analytics/dashboard?timeframe=7d')).at('data.summary')
      const id = (await owner.post('/api/customers', { email: 'b@mail.example', name: 'B' })).text('data.customer.id')
      expect(await figure()).toMatchObject({ totalCustomers: 1, newCustomers: 1, totalOrders: 0 })
      const items = [{ productName: 'Tea', quantity: 1, price: 5 }]
      const order = (await owner.post('/api/orders', { customerId: id, items, total: 5, status: 'PENDING' })).text(
        'data.id',
      )
      expect(await figure()).toMatchObject({ totalOrders: 1, totalRevenue: 0 })
      await owner.patch(`/api/orders/${order}`, { status: 'COMPLETED' })
      expect(await figure()).toMatchObject({ totalOrders: 1, totalRevenue: 5, avgOrderValue: 5 })
      await owner.delete(`/api/orders/${order}`)
      expect(await figure()).toMatchObject({ totalOrders: 0, totalRevenue: 0, avgOrderValue: 0 })
      await owner.delete(`/api/customers/${id}`)
      expect(await figure()).toMatchObject({ totalCustomers: 0, newCustomers: 0 })
    })
  })
}

import { succeeds } from '../documents/answers.ts'
import type { Chapter, Description } from '../documents/description.ts'
import { sample } from '../documents/samples.ts'
import {
  about,
  count,
  day,
  extended,
  id,
  instant,
  listOf,
  money,
  named,
  object,
  oneOf,
  orNull,
  percent,
  type Schema,
  shapeCalled,
  text,
  truth,
} from '../documents/shapes.ts'
import { longestWindowDays, usualWindowDays } from './attribute-revenue.ts'
import { placeKinds } from './customer-groups-store.ts'
import { timeframes } from './period.ts'

const timeframe = named('Timeframe', oneOf(...timeframes))
const period = named('Period', object({ from: day, to: day, timeZone: text }))
const stated = { timeframe, period }
const growth: Schema = { anyOf: [{ type: 'number' }, { type: 'null' }], examples: [12.5] }
const query = (usual: string) => ({
  timeframe: about(
    `How far back, in days of the workspace's calendar, today included; ${usual} where absent`,
    timeframe,
  ),
})

const growthRow = named('MonthOfGrowth', object({ month: text, customers: count, revenue: money }))
const statusRow = named(
  'OrdersAtStatus',
  object({ status: shapeCalled('OrderStatus'), name: text, color: text, value: count }),
)
const performanceRow = named(
  'CampaignPerformance',
  object({
    id,
    name: text,
    sent: count,
    delivered: count,
    failed: about('Of those that were sent: with `delivered` never more than `sent`', count),
  }),
)
const product = { orders: count, completedOrders: count, units: count, revenue: money }
const productRow = named('ProductSales', object({ product: text, ...product }))
const namedProduct = named('NamedProductSales', object({ name: text, ...product }))
const levelRow = object({ loyaltyLevel: text, count })

const score: Schema = { type: 'integer', minimum: 0, maximum: 100, examples: [64] }
const ranked = named('RankedCustomer', {
  ...object({
    customerId: id,
    customerName: text,
    periodOrders: count,
    periodRevenue: money,
    score,
    factors: object({ engagement: score, spending: score, frequency: score, recency: score }),
    engagementMessages: count,
    risk: oneOf('high', 'medium', 'low'),
    recommendations: listOf(text),
    orders: listOf(object({ total: money, status: shapeCalled('OrderStatus') })),
  }),
  // Beside these it has everything that a customer has.
  additionalProperties: true,
})

const insight = named(
  'Insight',
  object({
    id: text,
    type: oneOf('opportunity', 'warning', 'recommendation', 'trend'),
    title: text,
    description: text,
    impact: oneOf('high', 'medium', 'low'),
    actionable: truth,
    category: oneOf('customer', 'campaign', 'revenue', 'retention'),
    createdAt: about('The first instant of the day', instant),
  }),
)

const charts = {
  customerGrowth: listOf(growthRow),
  campaignPerformance: listOf(performanceRow),
  orderStatus: listOf(statusRow),
  topProducts: listOf(namedProduct),
}

const dashboard = named(
  'Dashboard',
  object({
    summary: object({
      totalCustomers: count,
      newCustomers: count,
      totalOrders: count,
      totalRevenue: money,
      activeCampaigns: count,
      avgOrderValue: money,
    }),
    comparison: object({
      previous: object({ newCustomers: count, orders: count, revenue: money, avgOrderValue: orNull(money) }),
      growth: object({ newCustomers: growth, orders: growth, revenue: growth }),
    }),
    campaignStats: object({
      totalCampaigns: count,
      totalMessages: count,
      sentMessages: count,
      deliveredMessages: count,
      failedMessages: count,
      deliveryRate: percent,
    }),
    topCustomers: listOf(ranked),
    recentActivity: object({
      orders: listOf(shapeCalled('PlacedOrder')),
      campaigns: listOf(
        object({ id, name: text, status: shapeCalled('CampaignStatus'), createdAt: instant, audienceSize: count }),
      ),
    }),
    ...stated,
    insights: listOf(insight),
    predictiveAnalytics: about('Nothing is predicted', { type: 'null' }),
    noData: about('Which figures are zero or empty for want of data, and why', listOf(text)),
    ...charts,
  }),
)

const messages = {
  totalMessages: count,
  sent: count,
  delivered: count,
  failed: count,
  pending: count,
  leftOut: count,
  deliveryRate: orNull(percent),
}
const group = named(
  'GroupSales',
  object({
    people: count,
    orders: count,
    buyers: count,
    conversionRate: orNull(percent),
    revenue: money,
    revenuePerPerson: orNull(money),
  }),
)
const attribution = named(
  'Attribution',
  object({
    windowDays: count,
    recipients: group,
    control: about('Who was left out on purpose; null without a control group', orNull(group)),
    incrementalRevenue: about('What the message brought in beyond what the control group spent', orNull(money)),
    completeAt: orNull(instant),
    notes: listOf(text),
  }),
)
const windowDays = about(`Days after each message in which orders count; ${usualWindowDays} where absent`, {
  type: 'integer',
  minimum: 1,
  maximum: longestWindowDays,
})
const rates = object({
  avgOpenRate: orNull(percent),
  avgClickRate: orNull(percent),
  avgConversionRate: orNull(percent),
  bestPerformingTime: orNull(text),
  bestPerformingDay: orNull(text),
  reasons: listOf(text),
})

const rfm = { customers: count, orders: count, revenue: money }
const fifth: Schema = { type: 'integer', minimum: 1, maximum: 5, examples: [4] }

const figures = (title: string, data: Schema, more: Partial<Description> = {}): Description => ({
  title,
  access: 'viewer',
  query: query('30d'),
  answers: [succeeds(data)],
  codes: ['FIGURES_TOO_SLOW'],
  example: { query: { timeframe: '90d' } },
  ...more,
})

/** Every figure of a workspace. What each means stands in `docs/figures.md`. */
export const analyticsChapter: Chapter = {
  name: 'Analytics',
  about: 'Figures of customers, orders and campaigns, each defined once and the same wherever it is served.',
  routes: {
    'GET /api/analytics/dashboard': figures('Read the dashboard', dashboard, {
      answers: [succeeds(dashboard, { hoisted: charts })],
    }),
    'GET /api/analytics/customer-growth': figures('Read how customers grow', charts.customerGrowth),
    'GET /api/analytics/campaign-performance': figures('Read how campaigns perform', charts.campaignPerformance),
    'GET /api/analytics/order-status': figures('Count orders by status', charts.orderStatus),
    'GET /api/analytics/revenue': figures(
      'Read the revenue',
      object({
        ...stated,
        timeline: listOf(object({ date: day, revenue: money, orders: count })),
        segments: listOf(object({ segment: text, revenue: money, orders: count })),
        topProducts: listOf(productRow),
        metrics: object({
          currentRevenue: money,
          previousRevenue: money,
          revenueGrowth: growth,
          currentOrders: count,
          previousOrders: count,
          orderGrowth: growth,
          avgOrderValue: orNull(money),
          note: orNull(text),
        }),
      }),
    ),
    'GET /api/analytics/products': figures(
      'Rank the products',
      object({
        ...stated,
        products: listOf(productRow),
        revenue: money,
        revenueOfProducts: money,
        revenueWithoutItems: about('Of orders that name no product', money),
      }),
      { query: { ...query('30d'), limit: { type: 'integer', minimum: 1, maximum: 100 } } },
    ),
    'GET /api/analytics/customers': figures(
      'Sum up the customers',
      object({
        analytics: object({
          segments: listOf(object({ segment: text, count, avgSpending: orNull(money) })),
          growth: listOf(object({ month: text, newCustomers: count })),
          loyalty: listOf(levelRow),
          geographic: listOf(object({ region: text, customers: count, revenue: money })),
        }),
      }),
      { query: {}, example: {} },
    ),
    'GET /api/analytics/rfm': figures(
      'Group the buyers',
      object({
        ...stated,
        groups: listOf(object({ name: text, ...rfm })),
        scores: listOf(object({ recency: fifth, frequency: fifth, monetary: fifth, ...rfm, group: text })),
        note: orNull(text),
      }),
      { query: query('1y') },
    ),
    'GET /api/analytics/retention': figures(
      'Follow the cohorts',
      object({
        ...stated,
        cohorts: listOf(
          object({
            month: text,
            customers: count,
            returned: listOf(object({ months: count, customers: count, rate: orNull(percent) })),
          }),
        ),
      }),
      { query: query('1y') },
    ),
    'GET /api/analytics/loyalty': figures(
      'Measure the loyalty',
      object({ ...stated, levels: listOf(levelRow), buyers: count, repeatBuyers: count, repeatRate: orNull(percent) }),
    ),
    'GET /api/analytics/geography': figures(
      'Compare the places',
      object({
        ...stated,
        by: oneOf(...placeKinds),
        places: listOf(object({ region: text, customers: count, orders: count, revenue: money })),
        elsewhere: about(
          'Of further places, and of people who are customers no more',
          object({ orders: count, revenue: money }),
        ),
        isCutShort: truth,
      }),
      { query: { ...query('30d'), by: oneOf(...placeKinds) } },
    ),
    'GET /api/analytics/campaigns': figures(
      'Compare the campaigns',
      {
        anyOf: [
          object({
            performance: listOf(
              object({
                id,
                name: text,
                status: shapeCalled('CampaignStatus'),
                totalMessages: count,
                deliveredMessages: count,
                deliveryRate: orNull(percent),
              }),
            ),
            delivery: object({
              PENDING: count,
              SENT: count,
              DELIVERED: count,
              FAILED: count,
              BOUNCED: count,
              SKIPPED: count,
              CANCELLED: count,
            }),
            engagement: rates,
          }),
          object({
            campaign: object({ id, name: text, status: shapeCalled('CampaignStatus'), audienceSize: count }),
            performance: object(messages),
            audienceAnalytics: object({
              audienceValue: money,
              avgSpending: orNull(money),
              avgVisits: orNull({ type: 'number' }),
            }),
            attribution,
          }),
        ],
      },
      {
        about: 'The newest fifty of them, or with `campaignId` one alone.',
        query: { campaignId: about('Of this campaign alone', id), windowDays },
        codes: ['FIGURES_TOO_SLOW', 'CAMPAIGN_NOT_FOUND'],
        example: { query: { campaignId: sample.launchedCampaign } },
      },
    ),
    'GET /api/campaigns/:id/analytics': figures(
      'Read the figures of a campaign',
      extended(object(messages), { audienceValue: money, avgCustomerValue: orNull(money), attribution }),
      {
        query: { windowDays },
        codes: ['FIGURES_TOO_SLOW', 'CAMPAIGN_NOT_FOUND'],
        example: { path: { id: sample.launchedCampaign }, query: { windowDays: 14 } },
      },
    ),
  },
}

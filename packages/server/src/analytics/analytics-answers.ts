import type { Campaign } from '../campaigns/campaign.ts'
import { customerOnTheWire } from '../customers/customer-on-the-wire.ts'
import { majorOf } from '../money/minor-units.ts'
import { type OrderStatus, orderStatuses } from '../orders/order.ts'
import { placedOnTheWire } from '../orders/order-on-the-wire.ts'
import { isoOf } from '../world/moment.ts'
import type { SoldProducts } from './analytics-parts.ts'
import type { Attribution } from './attribute-revenue.ts'
import type { GroupSales } from './attribution-store.ts'
import { dayText } from './calendar.ts'
import type { CampaignFigures, MessageFigures } from './campaign-figures.ts'
import type { Dashboard } from './dashboard.ts'
import type { Books } from './open-books.ts'
import type { Period } from './period.ts'
import type { RankedCustomer } from './rank-customers.ts'
import { type ComparedSales, growthPercent, type PeriodSales, percentOf } from './sales.ts'

/** How many campaigns a chart shows. */
const mostBars = 20

/** The days that figures are of, said beside them. */
export function periodOnTheWire({ firstDay, lastDay }: Period, { calendar }: Pick<Books, 'calendar'>) {
  return { from: dayText(firstDay), to: dayText(lastDay), timeZone: calendar.timeZone }
}

/** The dashboard: the four charts stand within `data` and, for the client, beside it. */
export function dashboardOnTheWire(dashboard: Dashboard, books: Books) {
  const { sales, messages } = dashboard
  const charts = {
    customerGrowth: customerGrowth(sales),
    campaignPerformance: campaignPerformance(dashboard.campaigns),
    orderStatus: orderStatus(sales.current),
    topProducts: topProducts(dashboard.topProducts).map(({ product, ...figures }) => ({ name: product, ...figures })),
  }
  const data = {
    summary: {
      totalCustomers: dashboard.totalCustomers,
      newCustomers: sales.current.newCustomers,
      totalOrders: sales.current.orders,
      totalRevenue: majorOf(sales.current.revenueMinor),
      activeCampaigns: dashboard.activeCampaigns,
      avgOrderValue: majorOf(sales.current.averageMinor ?? 0),
    },
    comparison: comparison(sales),
    campaignStats: {
      totalCampaigns: dashboard.totalCampaigns,
      totalMessages: messages.total,
      sentMessages: messages.sent,
      deliveredMessages: messages.delivered,
      failedMessages: messages.failed,
      deliveryRate: messages.deliveryRate ?? 0,
    },
    topCustomers: (dashboard.topCustomers ?? []).map(rankedCustomer),
    recentActivity: {
      orders: dashboard.recentOrders.map(placedOnTheWire),
      campaigns: dashboard.recentCampaigns.map(recentCampaign),
    },
    timeframe: dashboard.timeframe,
    period: periodOnTheWire(dashboard.period, books),
    // The day's first instant, so that the same insight reads the same until tomorrow.
    insights: dashboard.insights.map((insight) => ({
      ...insight,
      createdAt: isoOf(books.calendar.startOf(books.today)),
    })),
    predictiveAnalytics: null,
    noData: withoutData(dashboard),
    ...charts,
  }
  return { data, charts }
}

/** Which figures are zero only because the client cannot show their absence. */
function withoutData({ sales, messages, topCustomers, topProducts: sold }: Dashboard): readonly string[] {
  return [
    ...(sales.current.averageMinor === null ? ['avgOrderValue: there is no completed order in this period'] : []),
    ...(messages.deliveryRate === null ? ['deliveryRate: no message of this period has arrived or failed yet'] : []),
    ...(topCustomers === null ? ['topCustomers: finding them takes too long at the moment'] : []),
    ...(topCustomers?.length === 0 ? ['topCustomers: no customer has a completed order in this period'] : []),
    ...(sold.products.length === 0 ? ['topProducts: no order of this period names a product'] : []),
    'predictiveAnalytics: nothing is predicted',
  ]
}

/** New customers and revenue by month, the first and the last only as far as the period reaches. */
export function customerGrowth({ byMonth }: ComparedSales) {
  return byMonth.map(({ month, newCustomers, revenueMinor }) => ({
    month,
    customers: newCustomers,
    revenue: majorOf(revenueMinor),
  }))
}

/** The newest campaigns with messages of the period. `failed` are those of `sent`, so that both shares fit into it. */
export function campaignPerformance(campaigns: readonly CampaignFigures[]) {
  return campaigns.slice(0, mostBars).map(({ run, messages }) => ({
    id: run.campaignId,
    name: run.campaignName,
    sent: messages.sent,
    delivered: messages.delivered,
    failed: messages.failedAfterSending,
  }))
}

const colors: Readonly<Record<OrderStatus, { readonly name: string; readonly color: string }>> = {
  PENDING: { name: 'Pending', color: '#f59e0b' },
  PROCESSING: { name: 'Processing', color: '#3b82f6' },
  COMPLETED: { name: 'Completed', color: '#10b981' },
  CANCELLED: { name: 'Cancelled', color: '#ef4444' },
}

/** How many orders of the period stand where; every status is there. */
export function orderStatus({ ordersByStatus }: PeriodSales) {
  return orderStatuses.map((status) => ({ status, ...colors[status], value: ordersByStatus[status] }))
}

export function topProducts({ products }: SoldProducts) {
  return products.map(({ product, orders, completedOrders, units, revenueMinor }) => ({
    product,
    orders,
    completedOrders,
    units,
    revenue: majorOf(revenueMinor),
  }))
}

/** This period beside the one before it. Growth is null where there was nothing to grow from. */
function comparison({ current, previous }: ComparedSales) {
  return {
    previous: {
      newCustomers: previous.newCustomers,
      orders: previous.orders,
      revenue: majorOf(previous.revenueMinor),
      avgOrderValue: previous.averageMinor === null ? null : majorOf(previous.averageMinor),
    },
    growth: {
      newCustomers: growthPercent(current.newCustomers, previous.newCustomers),
      orders: growthPercent(current.orders, previous.orders),
      revenue: growthPercent(current.revenueMinor, previous.revenueMinor),
    },
  }
}

/** What was taken in a period beside the one before it. */
export function metrics({ current, previous }: ComparedSales) {
  const growths = {
    revenueGrowth: growthPercent(current.revenueMinor, previous.revenueMinor),
    orderGrowth: growthPercent(current.orders, previous.orders),
  }
  return {
    currentRevenue: majorOf(current.revenueMinor),
    previousRevenue: majorOf(previous.revenueMinor),
    revenueGrowth: growths.revenueGrowth,
    currentOrders: current.orders,
    previousOrders: previous.orders,
    orderGrowth: growths.orderGrowth,
    avgOrderValue: current.averageMinor === null ? null : majorOf(current.averageMinor),
    note: Object.values(growths).includes(null) ? 'No growth where the period before had nothing to grow from' : null,
  }
}

/** One customer in the words of both screens that show the best ones. */
function rankedCustomer({ customer, sales, score, orders }: RankedCustomer) {
  return {
    ...customerOnTheWire(customer),
    customerId: customer.id,
    customerName: customer.name,
    periodOrders: sales.orders,
    periodRevenue: majorOf(sales.revenueMinor),
    ...score,
    orders: orders.map(({ totalMinor, status }) => ({ total: majorOf(totalMinor), status })),
  }
}

function recentCampaign({ id, name, status, createdAtMs, audienceSize }: Campaign) {
  return { id, name, status, createdAt: isoOf(createdAtMs), audienceSize }
}

/** The messages of one campaign. */
export function campaignMessages(messages: MessageFigures) {
  return {
    totalMessages: messages.total,
    sent: messages.sent,
    delivered: messages.delivered,
    failed: messages.failed,
    pending: messages.pending,
    leftOut: messages.leftOut,
    deliveryRate: messages.deliveryRate,
  }
}

/** Both groups of an attribution, and what the message made of the difference. */
export function attributionOnTheWire({ windowDays, recipients, control, completeAtMs }: Attribution, nowMs: number) {
  const [reached, left] = [perPerson(recipients), control === null ? null : perPerson(control)]
  const isComparable = left !== null && recipients.people > 0
  const isOpen = completeAtMs !== null && completeAtMs > nowMs
  return {
    windowDays,
    recipients: groupOnTheWire(recipients),
    control: control === null ? null : groupOnTheWire(control),
    incrementalRevenue: isComparable ? majorOf(Math.round((reached - left) * recipients.people)) : null,
    completeAt: isoOf(completeAtMs),
    notes: [
      ...(recipients.people === 0 ? ['Nothing has been sent yet'] : []),
      ...(control === null
        ? ['There is no control group: what these people would have bought anyway is not known']
        : []),
      ...(isOpen ? ['The window is not over for everybody yet'] : []),
    ],
  }
}

function groupOnTheWire(group: GroupSales) {
  return {
    people: group.people,
    orders: group.orders,
    buyers: group.buyers,
    conversionRate: percentOf(group.buyers, group.people),
    revenue: majorOf(group.revenueMinor),
    revenuePerPerson: group.people === 0 ? null : majorOf(Math.round(perPerson(group))),
  }
}

function perPerson({ revenueMinor, people }: GroupSales): number {
  return people === 0 ? 0 : revenueMinor / people
}

/** An average of money, rounded to the minor unit; null where there is nothing to average. */
export function averageOf(sumMinor: number, count: number): number | null {
  return count === 0 ? null : majorOf(Math.round(sumMinor / count))
}

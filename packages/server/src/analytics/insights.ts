import { majorOf } from '../money/minor-units.ts'
import type { MessageFigures } from './campaign-figures.ts'
import { growthPercent, type PeriodSales, percentOf } from './sales.ts'

/** Something about the shop that is worth a look, as the client's cards show it. */
export interface Insight {
  /** The rule that found it: the same as long as it holds. */
  readonly id: string
  readonly type: 'opportunity' | 'warning' | 'recommendation' | 'trend'
  readonly title: string
  readonly description: string
  readonly impact: 'high' | 'medium' | 'low'
  readonly actionable: boolean
  readonly category: 'customer' | 'campaign' | 'revenue' | 'retention'
}

/** What insights are drawn from. */
export interface Findings {
  readonly days: number
  readonly current: PeriodSales
  readonly previous: PeriodSales
  readonly messages: MessageFigures
  /** VIPs whose last visit is longer ago than `unseenDays`. */
  readonly unseenVips: number
}

/** The thresholds, as the documentation of figures states them. */
export const thresholds = {
  /** A change of this many percent is worth a look, and of this many a serious one. */
  changePercent: 25,
  seriousPercent: 50,
  /** Below so many orders or customers in the period before, a change is chance. */
  leastBefore: 10,
  /** Share of cancelled orders that is worth a look, in percent, and of how many orders at least. */
  cancelledPercent: 15,
  leastOrders: 20,
  /** Delivery rate below which something is wrong, in percent, and of how many ended messages at least. */
  deliveryPercent: 90,
  leastMessages: 50,
  /** For so long unseen a VIP may be lost; from so many on it is serious. */
  unseenDays: 90,
  manyVips: 10,
} as const

/** What the figures say by rules of thumb; nothing where they say nothing. The rules stand in the order of the answer. */
export function drawInsights(findings: Findings): readonly Insight[] {
  return [
    ...revenueChange(findings),
    ...unseenVips(findings),
    ...poorDelivery(findings),
    ...manyCancelled(findings),
    ...customerChange(findings),
  ]
}

function revenueChange({ days, current, previous }: Findings): readonly Insight[] {
  const percent = growthPercent(current.revenueMinor, previous.revenueMinor)
  if (percent === null || previous.completedOrders < thresholds.leastBefore) return []
  if (Math.abs(percent) < thresholds.changePercent) return []
  const isFall = percent < 0
  const amounts = `${majorOf(current.revenueMinor)} after ${majorOf(previous.revenueMinor)} in the ${days} days before`
  return [
    {
      id: isFall ? 'revenue-fell' : 'revenue-rose',
      type: isFall ? 'warning' : 'trend',
      title: `Revenue ${isFall ? 'fell' : 'rose'} by ${Math.abs(percent)} %`,
      description: `The last ${days} days brought in ${amounts}. Today is not over yet.`,
      impact: impactOf(percent),
      actionable: isFall,
      category: 'revenue',
    },
  ]
}

function unseenVips({ unseenVips: count }: Findings): readonly Insight[] {
  if (count === 0) return []
  return [
    {
      id: 'vips-unseen',
      type: 'opportunity',
      title: `${count} VIP ${count === 1 ? 'customer has' : 'customers have'} not been seen for ${thresholds.unseenDays} days`,
      description: `They have spent ${majorOf(1_000_000)} or more each. A campaign for them could bring some back.`,
      impact: count >= thresholds.manyVips ? 'high' : 'medium',
      actionable: true,
      category: 'retention',
    },
  ]
}

function poorDelivery({ days, messages }: Findings): readonly Insight[] {
  const ended = messages.delivered + messages.failed
  if (messages.deliveryRate === null || ended < thresholds.leastMessages) return []
  if (messages.deliveryRate >= thresholds.deliveryPercent) return []
  return [
    {
      id: 'delivery-poor',
      type: 'warning',
      title: `Only ${messages.deliveryRate} % of messages arrive`,
      description: `Of ${ended} messages of the last ${days} days whose end is known, ${messages.failed} failed or bounced.`,
      impact: 'high',
      actionable: true,
      category: 'campaign',
    },
  ]
}

function manyCancelled({ days, current }: Findings): readonly Insight[] {
  const cancelled = current.ordersByStatus.CANCELLED
  const percent = percentOf(cancelled, current.orders)
  if (percent === null || current.orders < thresholds.leastOrders || percent < thresholds.cancelledPercent) return []
  return [
    {
      id: 'orders-cancelled',
      type: 'warning',
      title: `${percent} % of orders were cancelled`,
      description: `${cancelled} of ${current.orders} orders of the last ${days} days.`,
      impact: 'medium',
      actionable: true,
      category: 'revenue',
    },
  ]
}

function customerChange({ days, current, previous }: Findings): readonly Insight[] {
  const percent = growthPercent(current.newCustomers, previous.newCustomers)
  if (percent === null || previous.newCustomers < thresholds.leastBefore) return []
  if (Math.abs(percent) < thresholds.changePercent) return []
  const isFall = percent < 0
  return [
    {
      id: isFall ? 'fewer-customers' : 'more-customers',
      type: isFall ? 'recommendation' : 'trend',
      title: `${Math.abs(percent)} % ${isFall ? 'fewer' : 'more'} new customers`,
      description: `${current.newCustomers} in the last ${days} days after ${previous.newCustomers} in the ${days} days before.`,
      impact: impactOf(percent),
      actionable: isFall,
      category: 'customer',
    },
  ]
}

function impactOf(percent: number): Insight['impact'] {
  return Math.abs(percent) >= thresholds.seriousPercent ? 'high' : 'medium'
}

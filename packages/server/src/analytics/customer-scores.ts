import type { Customer } from '../customers/customer.ts'

/** What somebody's messages came to. */
export interface Engagement {
  readonly delivered: number
  /** Of those, opened or clicked. */
  readonly engaged: number
}

/** How valuable somebody is, and how likely to be lost; every figure from 0 to 100. */
export interface CustomerScore {
  readonly score: number
  readonly factors: {
    readonly engagement: number
    readonly spending: number
    readonly frequency: number
    readonly recency: number
  }
  /** How many messages `engagement` rests on. Without any it is 0 and does not enter the score. */
  readonly engagementMessages: number
  readonly risk: 'high' | 'medium' | 'low'
  readonly recommendations: readonly string[]
}

const dayMs = 86_400_000

/** Where each factor is full: the least spending of a VIP, the least visits of the highly loyal, half a year unseen. */
const fullSpendingMinor = 1_000_000
const fullVisits = 20
const forgottenDays = 180

/** Unseen for longer is a risk. */
const riskDays = { medium: 30, high: 90 } as const

/** Scores somebody by what is stored of them. */
export function scoreCustomer(
  customer: Pick<Customer, 'totalSpendingMinor' | 'visitCount' | 'lastVisitAtMs'>,
  { delivered, engaged }: Engagement,
  nowMs: number,
): CustomerScore {
  const unseenDays =
    customer.lastVisitAtMs === null
      ? Number.POSITIVE_INFINITY
      : Math.max(Math.floor((nowMs - customer.lastVisitAtMs) / dayMs), 0)
  const factors = {
    engagement: delivered === 0 ? 0 : share(engaged / delivered),
    spending: share(customer.totalSpendingMinor / fullSpendingMinor),
    frequency: share(customer.visitCount / fullVisits),
    recency: share(1 - unseenDays / forgottenDays),
  }
  const { engagement, spending, frequency, recency } = factors
  const known = [spending, frequency, recency, ...(delivered === 0 ? [] : [engagement])]
  return {
    score: Math.round(known.reduce((sum, factor) => sum + factor, 0) / known.length),
    factors,
    engagementMessages: delivered,
    risk: unseenDays > riskDays.high ? 'high' : unseenDays > riskDays.medium ? 'medium' : 'low',
    recommendations: recommend(factors, unseenDays, delivered),
  }
}

function share(fraction: number): number {
  return Math.round(Math.min(Math.max(fraction, 0), 1) * 100)
}

/** Rules of thumb; each says what it rests on. */
function recommend(
  { engagement, spending, frequency }: CustomerScore['factors'],
  unseenDays: number,
  delivered: number,
): readonly string[] {
  const unseen = Number.isFinite(unseenDays) ? `Not seen for ${unseenDays} days` : 'No visit is known'
  return [
    ...(unseenDays > riskDays.high ? [`${unseen}: write to win them back`] : []),
    ...(unseenDays > riskDays.medium && unseenDays <= riskDays.high ? [`${unseen}: remind them of the shop`] : []),
    ...(spending === 100 ? ['Spends as a VIP: thank them in person'] : []),
    ...(frequency < 25 && spending >= 50 ? ['Buys much but seldom: give a reason to come more often'] : []),
    ...(delivered >= 3 && engagement === 0 ? [`Opened none of ${delivered} messages: try another channel`] : []),
  ]
}

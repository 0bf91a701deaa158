import { type CustomerRecord, dayMs, type Moment, type MomentForm, nowMs } from '../customers/records.ts'
import type { PlainRule } from './plain-rule.ts'

/** A rule, and what a developer would write by hand in its place. */
export interface BenchRule {
  readonly name: string
  readonly rule: PlainRule
  /** With the same meaning: the case of texts does not count, and instants are read as what they are. */
  readonly byHand: HandWritten
  /** With bare comparisons, as most peers make them: right as long as every text is written alike. */
  readonly byBareHand: (form: MomentForm) => HandWritten
}

export type HandWritten = (customer: CustomerRecord) => boolean

const south = ['Mumbai', 'Bengaluru', 'Hyderabad', 'Chennai', 'Pune']
const southFolded = south.map(fold)

const oneCondition: BenchRule = {
  name: '1 condition',
  rule: { field: 'totalSpending', is: 'above', than: 5000 },
  byHand: (customer) => customer.totalSpending > 5000,
  byBareHand: () => (customer) => customer.totalSpending > 5000,
}

const fiveConditions: BenchRule = {
  name: '5 conditions',
  rule: {
    all: [
      { field: 'totalSpending', is: 'at least', than: 2000 },
      { field: 'city', is: 'one of', of: south },
      { field: 'lastVisit', is: 'within last days', days: 180 },
      { field: 'orderCount', is: 'at least', than: 2 },
      { field: 'emailConsent', is: 'equal', to: true },
    ],
  },
  byHand: (customer) =>
    customer.totalSpending >= 2000 &&
    customer.city !== null &&
    southFolded.includes(fold(customer.city)) &&
    isWithinLast(customer.lastVisit, 180) &&
    customer.orderCount >= 2 &&
    customer.emailConsent === true,
  byBareHand: (form) => {
    const [since, until] = [form(nowMs - 180 * dayMs), form(nowMs)]
    return (customer) =>
      customer.totalSpending >= 2000 &&
      customer.city !== null &&
      south.includes(customer.city) &&
      customer.lastVisit !== null &&
      customer.lastVisit >= since &&
      customer.lastVisit <= until &&
      customer.orderCount >= 2 &&
      customer.emailConsent === true
  },
}

const twelveConditions: BenchRule = {
  name: '12 conditions',
  rule: {
    all: [
      { field: 'emailConsent', is: 'not equal', to: false },
      { field: 'country', is: 'equal', to: 'India' },
      {
        any: [
          { field: 'totalSpending', is: 'above', than: 5000 },
          {
            all: [
              { field: 'orderCount', is: 'at least', than: 5 },
              { field: 'visitCount', is: 'at least', than: 10 },
            ],
          },
        ],
      },
      {
        any: [
          { field: 'city', is: 'one of', of: south },
          { field: 'tags', is: 'tagged', of: ['vip', 'loyal'] },
        ],
      },
      { field: 'gender', is: 'one of', of: ['female', 'other'] },
      { not: { field: 'tags', is: 'tagged', of: ['staff', 'tester'] } },
      { field: 'lastVisit', is: 'within last days', days: 180 },
      { field: 'createdAt', is: 'before last days', days: 30 },
      { field: 'visitCount', is: 'at most', than: 45 },
    ],
  },
  byHand: (customer) =>
    customer.emailConsent !== false &&
    customer.country !== null &&
    fold(customer.country) === 'india' &&
    (customer.totalSpending > 5000 || (customer.orderCount >= 5 && customer.visitCount >= 10)) &&
    ((customer.city !== null && southFolded.includes(fold(customer.city))) || isTagged(customer, 'vip', 'loyal')) &&
    (customer.gender === 'female' || customer.gender === 'other') &&
    !isTagged(customer, 'staff', 'tester') &&
    isWithinLast(customer.lastVisit, 180) &&
    millisecondsOf(customer.createdAt) < nowMs - 30 * dayMs &&
    customer.visitCount <= 45,
  byBareHand: (form) => {
    const [since, until, before] = [form(nowMs - 180 * dayMs), form(nowMs), form(nowMs - 30 * dayMs)]
    return (customer) =>
      customer.emailConsent !== false &&
      customer.country === 'India' &&
      (customer.totalSpending > 5000 || (customer.orderCount >= 5 && customer.visitCount >= 10)) &&
      ((customer.city !== null && south.includes(customer.city)) ||
        customer.tags.includes('vip') ||
        customer.tags.includes('loyal')) &&
      (customer.gender === 'female' || customer.gender === 'other') &&
      !(customer.tags.includes('staff') || customer.tags.includes('tester')) &&
      customer.lastVisit !== null &&
      customer.lastVisit >= since &&
      customer.lastVisit <= until &&
      customer.createdAt < before &&
      customer.visitCount <= 45
  },
}

/** The rules that are measured one by one. */
export const threeRules: readonly BenchRule[] = [oneCondition, fiveConditions, twelveConditions]

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function isTagged({ tags }: CustomerRecord, one: string, other: string): boolean {
  return tags.some((tag) => {
    const folded = fold(tag)
    return folded === one || folded === other
  })
}

function isWithinLast(moment: Moment | null, days: number): boolean {
  if (moment === null) return false
  const instantMs = millisecondsOf(moment)
  return instantMs >= nowMs - days * dayMs && instantMs <= nowMs
}

function millisecondsOf(moment: Moment): number {
  if (typeof moment === 'string') return Date.parse(moment)
  return typeof moment === 'number' ? moment : moment.getTime()
}

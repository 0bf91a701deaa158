import { createRandom, type Random } from '../../measuring/random.ts'

/** A customer in memory, as a caller hands one to a predicate. */
export interface CustomerRecord {
  readonly [field: string]: unknown
  readonly id: string
  readonly name: string
  readonly email: string
  readonly city: string | null
  readonly country: string | null
  readonly gender: string | null
  readonly emailConsent: boolean | null
  readonly totalSpending: number
  readonly orderCount: number
  readonly visitCount: number
  readonly lastVisit: Moment | null
  readonly createdAt: Moment
  readonly tags: readonly string[]
}

/** An instant as records carry it. */
export type Moment = Date | string | number

/** How the instants of a set of records are carried. */
export type MomentForm = (instantMs: number) => Moment

/** The moment at which every rule of the bench is asked. */
export const nowMs = Date.UTC(2026, 5, 15, 12)

export const dayMs = 86_400_000

export const cities = [
  'Mumbai',
  'Delhi',
  'Bengaluru',
  'Hyderabad',
  'Chennai',
  'Kolkata',
  'Pune',
  'Jaipur',
  'Surat',
  'Lucknow',
]
export const countries = ['India', 'India', 'India', 'Nepal', 'Sri Lanka']
export const tags = ['vip', 'loyal', 'newsletter', 'wholesale', 'tester', 'staff']
const genders = ['female', 'male', 'other']

/** So many different customers; equal ones for equal counts, but for the form of their instants. */
export function customerRecords(count: number, form: MomentForm): readonly CustomerRecord[] {
  const random = createRandom(20_260_615)
  return Array.from({ length: count }, (_, index) => customerRecord(index, random, form))
}

function customerRecord(index: number, random: Random, form: MomentForm): CustomerRecord {
  const orderCount = Math.floor(20 * random.fraction() ** 3)
  return {
    id: `customer-${index}`,
    name: `Customer ${index}`,
    email: `customer-${index}@example.com`,
    // Joined, so that no two records share a text, as when they were read from JSON.
    city: random.happens(0.05) ? null : fresh(random.oneOf(cities)),
    country: random.happens(0.02) ? null : fresh(random.oneOf(countries)),
    gender: random.happens(0.1) ? null : fresh(random.oneOf(genders)),
    emailConsent: random.happens(0.1) ? null : random.happens(0.8),
    totalSpending: Math.floor(2_000_000 * random.fraction() ** 2) / 100,
    orderCount,
    visitCount: orderCount + random.below(30),
    lastVisit: random.happens(0.05) ? null : form(nowMs - random.below(365) * dayMs - random.below(dayMs)),
    createdAt: form(nowMs - random.below(1000) * dayMs - random.below(dayMs)),
    tags: tags.filter(() => random.happens(0.2)).map(fresh),
  }
}

function fresh(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string
}

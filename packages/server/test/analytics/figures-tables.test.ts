import { describe, expect, it } from 'vitest'
import { bandSql, spendingBands } from '../../src/analytics/bands.ts'
import { calendarOf, dayText, monthStart, monthText } from '../../src/analytics/calendar.ts'
import { messagesOf } from '../../src/analytics/campaign-figures.ts'
import { scoreCustomer } from '../../src/analytics/customer-scores.ts'
import { drawInsights, type Findings } from '../../src/analytics/insights.ts'
import { createMemory } from '../../src/analytics/memory.ts'
import { rfmGroupOf, rfmGroups } from '../../src/analytics/rfm-groups.ts'
import { growthPercent, percentOf, salesOf } from '../../src/analytics/sales.ts'

const dayMs = 86_400_000
const dayNumber = (text: string) => Date.parse(text) / dayMs

describe('days of a calendar', () => {
  it.each([
    ['UTC', '2025-03-30', '2025-03-30T00:00:00Z', 24],
    ['Europe/Berlin', '2025-03-30', '2025-03-29T23:00:00Z', 23],
    ['Europe/Berlin', '2025-10-26', '2025-10-25T22:00:00Z', 25],
    ['Asia/Kolkata', '2026-01-01', '2025-12-31T18:30:00Z', 24],
    ['Australia/Lord_Howe', '2025-10-05', '2025-10-04T13:30:00Z', 23.5],
    ['America/Santiago', '2025-09-07', '2025-09-07T04:00:00Z', 23],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z', 24],
  ])('fault 94: in %s %s begins at %s and has %d hours', (zone, day, begins, hours) => {
    const calendar = calendarOf(zone)
    const startMs = Date.parse(begins)
    const end = startMs + hours * 3_600_000
    expect(new Date(calendar.startOf(dayNumber(day))).toISOString()).toBe(new Date(startMs).toISOString())
    expect(calendar.startOf(dayNumber(day) + 1) - calendar.startOf(dayNumber(day))).toBe(hours * 3_600_000)
    expect([startMs - 1, startMs, end - 1, end].map((atMs) => dayText(calendar.dayOf(atMs)) === day)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('months have their first days, over the ends of years', () => {
    const day = dayNumber('2026-03-31')
    expect([-13, -3, -1, 0, 1, 10].map((months) => dayText(monthStart(day, months)))).toEqual([
      ...['2025-02-01', '2025-12-01', '2026-02-01', '2026-03-01', '2026-04-01', '2027-01-01'],
    ])
    expect(monthText(day)).toBe('2026-03')
  })
})

it('an average is of COMPLETED orders, and none is no zero', () => {
  const day = { day: 1, totalMinor: 1000 }
  expect(salesOf([{ ...day, status: 'CANCELLED', orders: 3 }])).toMatchObject({
    orders: 3,
    revenueMinor: 0,
    averageMinor: null,
  })
  expect(salesOf([{ ...day, status: 'COMPLETED', orders: 3 }])).toMatchObject({ revenueMinor: 1000, averageMinor: 333 })
})

it.each([
  [150, 100, 50],
  [0, 100, -100],
  [1, 3, -66.7],
  [5, 0, null],
  [0, 0, null],
])('fault 92: %d after %d has grown by %s percent', (current, previous, percent) => {
  expect(growthPercent(current, previous)).toBe(percent)
})

it('a share of nothing is no share', () => {
  expect([percentOf(0, 0), percentOf(1, 3)]).toEqual([null, 33.3])
})

it('bands leave no gap', () => {
  expect(bandSql('x', spendingBands)).toBe(
    `case when x >= 1000000 then 0 when x >= 500000 then 1 when x >= 100000 then 2 when x >= ${Number.MIN_SAFE_INTEGER} then 3 end`,
  )
})

it.each([
  [
    { totalSpendingMinor: 1_000_000, visitCount: 20, lastVisitAtMs: 0 },
    { delivered: 4, engaged: 1 },
    0,
    [25, 100, 100, 100],
    81,
    'low',
  ],
  [
    { totalSpendingMinor: 0, visitCount: 0, lastVisitAtMs: null },
    { delivered: 0, engaged: 0 },
    0,
    [0, 0, 0, 0],
    0,
    'high',
  ],
  [
    { totalSpendingMinor: 500_000, visitCount: 4, lastVisitAtMs: 0 },
    { delivered: 0, engaged: 0 },
    90,
    [0, 50, 20, 50],
    40,
    'medium',
  ],
  [
    { totalSpendingMinor: 9_999_999, visitCount: 99, lastVisitAtMs: 0 },
    { delivered: 3, engaged: 0 },
    400,
    [0, 100, 100, 0],
    50,
    'high',
  ],
] as const)('%j with %j, %d days later', (customer, engagement, days, factors, score, risk) => {
  const scored = scoreCustomer(customer, engagement, days * dayMs)
  const { engagement: engaged, spending, frequency, recency } = scored.factors
  expect([engaged, spending, frequency, recency]).toEqual(factors)
  expect([scored.score, scored.risk]).toEqual([score, risk])
})

it('every score has one group, and nobody is lost among them', () => {
  const five = [1, 2, 3, 4, 5]
  const scored = five.flatMap((recency) =>
    five.flatMap((frequency) =>
      five.map((monetary) => ({ recency, frequency, monetary, customers: 1, orders: 1, revenueMinor: 1 })),
    ),
  )
  const groups = rfmGroups(scored)
  expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(125)
  expect(groups.every(({ customers }) => customers > 0)).toBe(true)
  expect(rfmGroupOf({ recency: 5, frequency: 5, monetary: 5 })).toBe('Champions')
  expect(rfmGroupOf({ recency: 1, frequency: 5, monetary: 5 })).toBe('Cannot lose')
  expect(rfmGroupOf({ recency: 1, frequency: 1, monetary: 1 })).toBe('Hibernating')
})

describe('insights', () => {
  const sales = (revenueMinor: number, completed: number, cancelled = 0, newCustomers = 0) => ({
    ...salesOf([
      { day: 1, status: 'COMPLETED', orders: completed, totalMinor: revenueMinor },
      { day: 1, status: 'CANCELLED', orders: cancelled, totalMinor: 0 },
    ]),
    newCustomers,
  })
  const quiet: Findings = {
    days: 30,
    current: sales(100, 10),
    previous: sales(100, 10),
    messages: messagesOf([]),
    unseenVips: 0,
  }
  const messages = (delivered: number, failed: number) => ({
    ...messagesOf([]),
    delivered,
    failed,
    deliveryRate: percentOf(delivered, delivered + failed),
  })

  it.each([
    ['nothing', quiet, []],
    ['a fall of a quarter', { ...quiet, current: sales(75, 10) }, ['revenue-fell medium']],
    ['a smaller fall', { ...quiet, current: sales(76, 10) }, []],
    ['a fall by half', { ...quiet, current: sales(50, 10) }, ['revenue-fell high']],
    ['a rise', { ...quiet, current: sales(130, 10) }, ['revenue-rose medium']],
    ['a fall from too little', { ...quiet, current: sales(1, 1), previous: sales(100, 9) }, []],
    ['a VIP unseen', { ...quiet, unseenVips: 1 }, ['vips-unseen medium']],
    ['ten VIPs unseen', { ...quiet, unseenVips: 10 }, ['vips-unseen high']],
    ['poor delivery', { ...quiet, messages: messages(44, 6) }, ['delivery-poor high']],
    ['good delivery', { ...quiet, messages: messages(45, 5) }, []],
    ['poor delivery of few', { ...quiet, messages: messages(0, 49) }, []],
    ['many cancelled', { ...quiet, current: sales(100, 17, 3) }, ['orders-cancelled medium']],
    ['few orders cancelled', { ...quiet, current: sales(100, 10, 9) }, []],
    [
      'fewer customers',
      { ...quiet, current: sales(100, 10, 0, 4), previous: sales(100, 10, 0, 10) },
      ['fewer-customers high'],
    ],
    [
      'more customers',
      { ...quiet, current: sales(100, 10, 0, 13), previous: sales(100, 10, 0, 10) },
      ['more-customers medium'],
    ],
  ] as const)('%s', (_, findings, expected) => {
    expect(drawInsights(findings).map(({ id, impact }) => `${id} ${impact}`)).toEqual(expected)
  })
})

it('a memory computes once for each key, shares the waiting, and keeps no failure', async () => {
  const memory = createMemory<number>()
  let computed = 0
  const compute = async () => {
    computed += 1
    return computed
  }
  expect(await Promise.all([memory.recall(['a', 1], compute), memory.recall(['a', 1], compute)])).toEqual([1, 1])
  expect(await memory.recall(['a', 2], compute)).toBe(2)
  await expect(memory.recall(['b'], () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await memory.recall(['b'], compute)).toBe(3)
})

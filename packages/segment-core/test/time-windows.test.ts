import { describe, expect, it } from 'vitest'
import type { Operator, Value } from '../src/language/rule.ts'
import { compilePredicate } from '../src/targets/compile-predicate.ts'
import { peopleCatalog as catalog } from './support/people-catalog.ts'

interface Row {
  readonly zone: string
  readonly now: string
  readonly operator: Operator
  readonly value: Value
  /** Values for which it holds, then such for which it does not: the edges, a millisecond or a day apart. */
  readonly holds: readonly string[]
  readonly fails: readonly string[]
}

const instants: readonly Row[] = [
  // Days where clocks change have 23 and 25 hours.
  {
    zone: 'Europe/Berlin',
    now: '2026-03-30T10:00:00Z',
    operator: 'on',
    value: '2026-03-29',
    holds: ['2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
    fails: ['2026-03-28T22:59:59.999Z', '2026-03-29T22:00:00.000Z'],
  },
  {
    zone: 'Europe/Berlin',
    now: '2026-03-30T10:00:00Z',
    operator: 'on',
    value: '2026-10-25',
    holds: ['2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    fails: ['2026-10-24T21:59:59.999Z', '2026-10-25T23:00:00.000Z'],
  },
  {
    zone: 'Europe/Berlin',
    now: '2026-03-30T10:00:00Z',
    operator: 'before',
    value: '2026-03-29',
    holds: ['2026-03-28T22:59:59.999Z'],
    fails: ['2026-03-28T23:00:00.000Z'],
  },
  {
    zone: 'Europe/Berlin',
    now: '2026-03-30T10:00:00Z',
    operator: 'after',
    value: '2026-03-29',
    holds: ['2026-03-29T22:00:00.000Z'],
    fails: ['2026-03-29T21:59:59.999Z'],
  },
  {
    zone: 'Asia/Kolkata',
    now: '2026-03-30T10:00:00Z',
    operator: 'between',
    value: ['2026-01-01', '2026-01-31'],
    holds: ['2025-12-31T18:30:00.000Z', '2026-01-31T18:29:59.999Z'],
    fails: ['2025-12-31T18:29:59.999Z', '2026-01-31T18:30:00.000Z'],
  },
  // A day that the zone skipped is valid and empty; the days beside it meet.
  {
    zone: 'Pacific/Apia',
    now: '2012-01-05T00:00:00Z',
    operator: 'on',
    value: '2011-12-30',
    holds: [],
    fails: ['2011-12-30T09:59:59.999Z', '2011-12-30T10:00:00.000Z'],
  },
  {
    zone: 'Pacific/Apia',
    now: '2012-01-05T00:00:00Z',
    operator: 'on',
    value: '2011-12-29',
    holds: ['2011-12-30T09:59:59.999Z'],
    fails: ['2011-12-30T10:00:00.000Z'],
  },
  {
    zone: 'Pacific/Apia',
    now: '2012-01-05T00:00:00Z',
    operator: 'on',
    value: '2011-12-31',
    holds: ['2011-12-30T10:00:00.000Z'],
    fails: ['2011-12-30T09:59:59.999Z', '2011-12-31T10:00:00.000Z'],
  },
  // A day that begins at one o'clock, because midnight was skipped.
  {
    zone: 'America/Sao_Paulo',
    now: '2018-11-05T00:00:00Z',
    operator: 'on',
    value: '2018-11-04',
    holds: ['2018-11-04T03:00:00.000Z'],
    fails: ['2018-11-04T02:59:59.999Z', '2018-11-05T02:00:00.000Z'],
  },
  // Clocks went from 00:01 back to 23:01: the day began at the first midnight.
  {
    zone: 'America/St_Johns',
    now: '1987-11-01T00:00:00Z',
    operator: 'on',
    value: '1987-10-25',
    holds: ['1987-10-25T02:30:00.000Z', '1987-10-25T02:45:00.000Z'],
    fails: ['1987-10-25T02:29:59.999Z'],
  },
  {
    zone: 'America/St_Johns',
    now: '1987-10-25T02:45:00Z',
    operator: 'during',
    value: { period: 'day', offset: 0 },
    holds: ['1987-10-25T02:30:00.000Z'],
    fails: ['1987-10-25T02:29:59.999Z'],
  },
  // Instants: strict before and after, both ends of between.
  {
    zone: 'UTC',
    now: '2026-03-30T10:00:00Z',
    operator: 'before',
    value: '2026-01-31T10:00:00+05:30',
    holds: ['2026-01-31T04:29:59.999Z'],
    fails: ['2026-01-31T04:30:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-03-30T10:00:00Z',
    operator: 'after',
    value: '2026-01-31T10:00:00+05:30',
    holds: ['2026-01-31T04:30:00.001Z'],
    fails: ['2026-01-31T04:30:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-03-30T10:00:00Z',
    operator: 'between',
    value: ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00.5Z'],
    holds: ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.500Z'],
    fails: ['2025-12-31T23:59:59.999Z', '2026-01-02T00:00:00.501Z'],
  },
  // Days and weeks are exact multiples of 24 hours, also across a change of clocks.
  {
    zone: 'Europe/Berlin',
    now: '2026-03-29T12:00:00Z',
    operator: 'withinLast',
    value: { days: 1 },
    holds: ['2026-03-28T12:00:00.000Z', '2026-03-29T12:00:00.000Z'],
    fails: ['2026-03-28T11:59:59.999Z', '2026-03-29T12:00:00.001Z'],
  },
  {
    zone: 'Europe/Berlin',
    now: '2026-03-29T12:00:00Z',
    operator: 'withinLast',
    value: 1,
    holds: ['2026-03-28T12:00:00.000Z'],
    fails: ['2026-03-28T11:59:59.999Z'],
  },
  {
    zone: 'UTC',
    now: '2026-03-29T12:00:00Z',
    operator: 'withinNext',
    value: { hours: 2 },
    holds: ['2026-03-29T12:00:00.001Z', '2026-03-29T14:00:00.000Z'],
    fails: ['2026-03-29T12:00:00.000Z', '2026-03-29T14:00:00.001Z'],
  },
  {
    zone: 'UTC',
    now: '2026-03-29T12:00:00Z',
    operator: 'before',
    value: { weeks: 1 },
    holds: ['2026-03-22T11:59:59.999Z'],
    fails: ['2026-03-22T12:00:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-03-29T12:00:00Z',
    operator: 'after',
    value: { weeks: 1 },
    holds: ['2026-03-22T12:00:00.001Z', '2030-01-01T00:00:00.000Z'],
    fails: ['2026-03-22T12:00:00.000Z'],
  },
  // Months are steps of the local calendar, clamped to the end of a shorter month.
  {
    zone: 'UTC',
    now: '2026-03-31T10:00:00Z',
    operator: 'withinLast',
    value: { months: 1 },
    holds: ['2026-02-28T10:00:00.000Z'],
    fails: ['2026-02-28T09:59:59.999Z'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T10:00:00Z',
    operator: 'withinLast',
    value: { months: 4 },
    holds: ['2025-11-30T10:00:00.000Z'],
    fails: ['2025-11-30T09:59:59.999Z'],
  },
  {
    zone: 'UTC',
    now: '2024-02-29T10:00:00Z',
    operator: 'withinLast',
    value: { years: 1 },
    holds: ['2023-02-28T10:00:00.000Z'],
    fails: ['2023-02-28T09:59:59.999Z'],
  },
  {
    zone: 'Europe/Berlin',
    now: '2026-04-15T10:00:00Z',
    operator: 'withinLast',
    value: { months: 2 },
    holds: ['2026-02-15T11:00:00.000Z'],
    fails: ['2026-02-15T10:59:59.999Z'],
  },
  // 02:30 on 29 March did not exist in Berlin: it moves forward by the gap, to 03:30.
  {
    zone: 'Europe/Berlin',
    now: '2026-04-29T00:30:00Z',
    operator: 'withinLast',
    value: { months: 1 },
    holds: ['2026-03-29T01:30:00.000Z'],
    fails: ['2026-03-29T01:29:59.999Z'],
  },
  // 02:30 on 25 October occurred twice: the first counts.
  {
    zone: 'Europe/Berlin',
    now: '2026-11-25T01:30:00Z',
    operator: 'withinLast',
    value: { months: 1 },
    holds: ['2026-10-25T00:30:00.000Z'],
    fails: ['2026-10-25T00:29:59.999Z'],
  },
  // Weeks start on Monday; quarters in January, April, July, October.
  {
    zone: 'UTC',
    now: '2026-11-25T01:30:00Z',
    operator: 'during',
    value: { period: 'week', offset: 0 },
    holds: ['2026-11-23T00:00:00.000Z', '2026-11-29T23:59:59.999Z'],
    fails: ['2026-11-22T23:59:59.999Z', '2026-11-30T00:00:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-11-29T23:59:59.999Z',
    operator: 'during',
    value: { period: 'week', offset: -1 },
    holds: ['2026-11-16T00:00:00.000Z', '2026-11-22T23:59:59.999Z'],
    fails: ['2026-11-15T23:59:59.999Z', '2026-11-23T00:00:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-11-25T01:30:00Z',
    operator: 'during',
    value: { period: 'quarter', offset: 0 },
    holds: ['2026-10-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    fails: ['2026-09-30T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-01-25T01:30:00Z',
    operator: 'during',
    value: { period: 'quarter', offset: -1 },
    holds: ['2025-10-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'],
    fails: ['2025-09-30T23:59:59.999Z', '2026-01-01T00:00:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-01-31T01:30:00Z',
    operator: 'during',
    value: { period: 'month', offset: 1 },
    holds: ['2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    fails: ['2026-01-31T23:59:59.999Z', '2026-03-01T00:00:00.000Z'],
  },
  {
    zone: 'UTC',
    now: '2026-01-31T01:30:00Z',
    operator: 'during',
    value: { period: 'year', offset: -1 },
    holds: ['2025-01-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'],
    fails: ['2024-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z'],
  },
  {
    zone: 'Pacific/Kiritimati',
    now: '2026-01-31T09:59:59.999Z',
    operator: 'during',
    value: { period: 'day', offset: 0 },
    holds: ['2026-01-30T10:00:00.000Z', '2026-01-31T09:59:59.999Z'],
    fails: ['2026-01-30T09:59:59.999Z', '2026-01-31T10:00:00.000Z'],
  },
  // An instant recurs as its day in the zone.
  {
    zone: 'Asia/Kolkata',
    now: '2026-03-10T20:00:00Z',
    operator: 'anniversaryWithinNext',
    value: { days: 0 },
    holds: ['2001-03-10T18:30:00.000Z', '1999-03-11T18:29:59.999Z'],
    fails: ['2001-03-10T18:29:59.999Z', '2001-03-11T18:30:00.000Z'],
  },
]

const days: readonly Row[] = [
  {
    zone: 'Asia/Kolkata',
    now: '2026-03-10T20:00:00Z',
    operator: 'withinLast',
    value: { days: 1 },
    holds: ['2026-03-10', '2026-03-11'],
    fails: ['2026-03-09', '2026-03-12'],
  },
  {
    zone: 'Asia/Kolkata',
    now: '2026-03-10T20:00:00Z',
    operator: 'withinNext',
    value: { days: 1 },
    holds: ['2026-03-12'],
    fails: ['2026-03-11', '2026-03-13'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T20:00:00Z',
    operator: 'withinLast',
    value: { months: 1 },
    holds: ['2026-02-28'],
    fails: ['2026-02-27', '2026-04-01'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T20:00:00Z',
    operator: 'before',
    value: { weeks: 1 },
    holds: ['2026-03-23'],
    fails: ['2026-03-24'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T20:00:00Z',
    operator: 'after',
    value: { weeks: 1 },
    holds: ['2026-03-25', '2030-01-01'],
    fails: ['2026-03-24'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T20:00:00Z',
    operator: 'before',
    value: '2026-03-31',
    holds: ['2026-03-30'],
    fails: ['2026-03-31'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T20:00:00Z',
    operator: 'after',
    value: '2026-03-31',
    holds: ['2026-04-01'],
    fails: ['2026-03-31'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T20:00:00Z',
    operator: 'between',
    value: ['2026-03-01', '2026-03-31'],
    holds: ['2026-03-01', '2026-03-31'],
    fails: ['2026-02-28', '2026-04-01'],
  },
  {
    zone: 'UTC',
    now: '2026-03-31T20:00:00Z',
    operator: 'anniversaryWithinNext',
    value: { days: 2 },
    holds: ['1980-03-31', '2020-04-01', '1999-04-02'],
    fails: ['1980-03-30', '1980-04-03'],
  },
  {
    zone: 'UTC',
    now: '2026-12-30T20:00:00Z',
    operator: 'anniversaryWithinNext',
    value: { days: 3 },
    holds: ['1980-12-30', '1980-12-31', '1980-01-02'],
    fails: ['1980-12-29', '1980-01-03'],
  },
  {
    zone: 'UTC',
    now: '2026-02-28T20:00:00Z',
    operator: 'anniversaryWithinNext',
    value: { days: 0 },
    holds: ['2000-02-28', '2000-02-29'],
    fails: ['2000-03-01', '2000-02-27'],
  },
  {
    zone: 'UTC',
    now: '2028-02-28T20:00:00Z',
    operator: 'anniversaryWithinNext',
    value: { days: 0 },
    holds: ['2000-02-28'],
    fails: ['2000-02-29'],
  },
  {
    zone: 'UTC',
    now: '2028-02-29T20:00:00Z',
    operator: 'anniversaryWithinNext',
    value: { days: 0 },
    holds: ['2000-02-29'],
    fails: ['2000-02-28', '2000-03-01'],
  },
  {
    zone: 'UTC',
    now: '2026-02-10T20:00:00Z',
    operator: 'anniversaryIn',
    value: { month: 2 },
    holds: ['2000-02-01', '2000-02-29'],
    fails: ['2000-01-31', '2000-03-01'],
  },
  {
    zone: 'UTC',
    now: '2026-01-10T20:00:00Z',
    operator: 'anniversaryIn',
    value: { period: 'month', offset: 1 },
    holds: ['2000-02-01', '2000-02-29'],
    fails: ['2000-01-31', '2000-03-01'],
  },
  {
    zone: 'UTC',
    now: '2026-12-31T20:00:00Z',
    operator: 'anniversaryIn',
    value: { period: 'week', offset: 0 },
    holds: ['2000-12-28', '2000-01-03'],
    fails: ['2000-12-27', '2000-01-04'],
  },
  {
    zone: 'UTC',
    now: '2026-12-31T20:00:00Z',
    operator: 'anniversaryWithinNext',
    value: { days: 366 },
    holds: ['2000-02-29', '2000-06-15', '2000-12-31'],
    fails: [],
  },
]

function check(field: string, { zone, now, operator, value, holds, fails }: Row): void {
  const test = compilePredicate({ field, operator, value }, { catalog, now: Date.parse(now), timeZone: zone })
  expect([holds.filter((one) => !test({ [field]: one })), fails.filter((one) => test({ [field]: one }))]).toEqual([
    [],
    [],
  ])
}

describe('instants', () => {
  it.each(instants)('$operator $value at $now in $zone', (row) => check('lastVisit', row))
})

describe('days', () => {
  it.each(days)('$operator $value at $now in $zone', (row) => check('birthday', row))
})

describe('now', () => {
  it.each([Number.NaN, 0.5, Infinity, Date.UTC(1899, 0, 1), Date.UTC(9999, 0, 1)])('cannot be %s', (now) => {
    expect(() => compilePredicate({ everyone: true }, { catalog, now })).toThrow(RangeError)
  })
  it('needs a zone that exists', () => {
    expect(() => compilePredicate({ everyone: true }, { catalog, now: 0, timeZone: 'Mars/Olympus' })).toThrow(
      RangeError,
    )
  })
})

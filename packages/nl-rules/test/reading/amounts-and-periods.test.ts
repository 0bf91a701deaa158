import type { Rule } from '@muster/segment-core'
import { describe, expect, it } from 'vitest'
import { readText } from '../../src/translate.ts'
import { gym, gymValues } from '../support/gym.ts'

const at = (text: string, now = '2026-03-15T09:30:00Z') =>
  readText(text, { catalog: gym, knownValues: gymValues, now: Date.parse(now), timeZone: 'Asia/Kolkata' })
const fees = (operator: '=' | '>' | '>=' | '<' | '<=', value: number): Rule => ({ field: 'feesPaid', operator, value })
const feesBetween = (low: number, high: number): Rule => ({
  field: 'feesPaid',
  operator: 'between',
  value: [low, high],
})

describe('amounts', () => {
  it.each<[string, Rule]>([
    ['5,000', fees('>=', 5000)],
    ['1,00,000', fees('>=', 100_000)],
    ['5k', fees('>=', 5000)],
    ['2.5 lakh', fees('>=', 250_000)],
    ['2.5L', fees('>=', 250_000)],
    ['1.1 crore', fees('>=', 11_000_000)],
    ['3 million', fees('>=', 3_000_000)],
    ['a thousand', fees('>=', 1000)],
    ['twenty five', fees('>=', 25)],
    ['two lakh fifty thousand', fees('>=', 250_000)],
    ['€5', fees('>=', 5)],
    ['over 5', fees('>', 5)],
    ['more then 5', fees('>', 5)],
    ['no more than 5', fees('<=', 5)],
    ['not less than 5', fees('>=', 5)],
    ['under 5', fees('<', 5)],
    ['exactly 5', fees('=', 5)],
    ['5+', fees('>=', 5)],
    ['5 or more', fees('>=', 5)],
    ['5 or less', fees('<=', 5)],
    ['between 5 and 10', feesBetween(5, 10)],
    ['between 10 and 5', feesBetween(5, 10)],
    ['5-10', feesBetween(5, 10)],
    ['1–2 lakh', feesBetween(100_000, 200_000)],
    ['500 to 2k', feesBetween(500, 2000)],
    ['from 5 upwards', fees('>=', 5)],
    ['nothing', fees('=', 0)],
    ['zero', fees('=', 0)],
  ])('fault 102: paid %s', (amount, rule) => {
    expect(at(`paid ${amount}`)).toMatchObject({ confident: true, rule })
  })

  it.each(['5.000', '1,2345', '5.123', '5%', '-5', 'about 5', '9'.repeat(60), '1e5', '5 apples'])(
    'paid %s is not understood',
    (amount) => {
      expect(at(`paid ${amount}`).confident).toBe(false)
    },
  )
})

describe('periods', () => {
  const started = (operator: string, value: unknown) => ({ field: 'startedAt', operator, value })
  it.each([
    ['in the last 30 days', started('withinLast', { days: 30 })],
    ['within the past fortnight', started('withinLast', { days: 14 })],
    ['over the last week', started('withinLast', { weeks: 1 })],
    ['since 3 months', started('withinLast', { months: 3 })],
    ['last month', started('during', { period: 'month', offset: -1 })],
    ['yesterday', started('during', { period: 'day', offset: -1 })],
    ['more than a year ago', started('before', { years: 1 })],
    ['in 2025', started('between', ['2025-01-01', '2025-12-31'])],
    ['in March', started('between', ['2026-03-01', '2026-03-31'])],
    ['in April', started('between', ['2025-04-01', '2025-04-30'])],
    ['on 5 May 2025', started('on', '2025-05-05')],
    ['on May 5th, 2025', started('on', '2025-05-05')],
    ['on 2025-05-05', started('on', '2025-05-05')],
    ['on 25/12/2025', started('on', '2025-12-25')],
    ['since January', started('after', '2025-12-31')],
    ['after March 2025', started('after', '2025-03-31')],
    ['before Q1 2026', started('before', '2026-01-01')],
    ['until March 2025', started('before', '2025-04-01')],
    ['between 1 and 15 February', started('between', ['2026-02-01', '2026-02-15'])],
    ['between November and January', started('between', ['2025-11-01', '2026-01-31'])],
    ['from 1 Jan to 15 Feb 2025', started('between', ['2025-01-01', '2025-02-15'])],
    ['from March 2025 onwards', started('after', '2025-02-28')],
  ])('joined %s', (period, rule) => {
    expect(at(`joined ${period}`)).toMatchObject({ confident: true, rule })
  })

  it.each([
    '05/06/2025',
    'on 30 February 2025',
    'in last month',
    'in 3000',
    'last Monday',
    'in FY 2025',
    'since last month',
    '30 days ago or so',
    'next month',
    'in the last 0 days',
    'in the last 999999 days',
  ])('joined %s is not understood', (period) => expect(at(`joined ${period}`).confident).toBe(false))
})

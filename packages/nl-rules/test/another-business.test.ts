import { type Rule, ruleHash } from '@muster/segment-core'
import { describe, expect, it } from 'vitest'
import { readText } from '../src/translate.ts'
import { gym, gymValues } from './support/gym.ts'

const options = { catalog: gym, knownValues: gymValues, now: Date.parse('2026-03-15T09:30:00Z') }

const attended: Rule = { field: 'outcome', operator: '=', value: 'ATTENDED' }
const attendance = (conditions: readonly Rule[], operator: '>=' | '=' | '>' = '>=', value = 1): Rule => ({
  aggregate: 'count',
  of: 'attendances',
  where: conditions.length === 1 ? conditions[0]! : { logic: 'AND', conditions },
  operator,
  value,
})

const understood: readonly (readonly [text: string, rule: Rule])[] = [
  ['members from Potsdam', { field: 'town', operator: '=', value: 'Potsdam' }],
  ['athletes living in Belzig or Berlin', { field: 'town', operator: 'in', value: ['Bad Belzig', 'Berlin'] }],
  ['premium members', { field: 'plan', operator: '=', value: 'PREMIUM' }],
  [
    'students who have not trained in 30 days',
    {
      logic: 'AND',
      conditions: [
        { field: 'plan', operator: '=', value: 'STUDENT' },
        { field: 'lastCheckIn', operator: 'notWithinLast', value: { days: 30 } },
      ],
    },
  ],
  ['checked in more than 20 times', { field: 'checkIns', operator: '>', value: 20 }],
  ['people with no check-ins', { field: 'checkIns', operator: '=', value: 0 }],
  ['paid over €500', { field: 'feesPaid', operator: '>', value: 500 }],
  [
    'members who paid at least 100 euros this year',
    {
      aggregate: 'sum',
      of: 'payments',
      field: 'amount',
      where: { field: 'paidAt', operator: 'during', value: { period: 'year', offset: 0 } },
      operator: '>=',
      value: 100,
    },
  ],
  ['joined before 2024', { field: 'startedAt', operator: 'before', value: '2024-01-01' }],
  ['member since March 2025', { field: 'startedAt', operator: 'after', value: '2025-02-28' }],
  [
    'attended the Morning Yoga class',
    attendance([attended, { field: 'className', operator: '=', value: 'Morning Yoga' }]),
  ],
  [
    'attended Spinning in the last 2 weeks',
    attendance([
      attended,
      { field: 'className', operator: '=', value: 'Spinning' },
      { field: 'heldAt', operator: 'withinLast', value: { weeks: 2 } },
    ]),
  ],
  ['never took a class', attendance([attended], '=', 0)],
  [
    'missed more than 2 classes this month',
    attendance(
      [
        { field: 'outcome', operator: '=', value: 'MISSED' },
        { field: 'heldAt', operator: 'during', value: { period: 'month', offset: 0 } },
      ],
      '>',
      2,
    ),
  ],
  ['with the goal marathon', { field: 'goals', operator: 'hasAny', value: ['marathon'] }],
  ['goals: marathon or weight-loss', { field: 'goals', operator: 'hasAny', value: ['marathon', 'weight-loss'] }],
  ['frozen', { field: 'isFrozen', operator: '=', value: true }],
  ['not frozen', { field: 'isFrozen', operator: '!=', value: true }],
  ['regulars', { field: 'checkIns', operator: '>=', value: 50 }],
  ['sleeping members', { field: 'lastCheckIn', operator: 'notWithinLast', value: { days: 60 } }],
  ['sleeping for 90 days', { field: 'lastCheckIn', operator: 'notWithinLast', value: { days: 90 } }],
  ['trained recently', { field: 'lastCheckIn', operator: 'withinLast', value: { days: 14 } }],
  ['birthday next month', { field: 'birthday', operator: 'anniversaryIn', value: { period: 'month', offset: 1 } }],
  ['without an email', { field: 'email', operator: 'isNotSet' }],
  ['lockers >= 2', { field: 'lockers', operator: '>=', value: 2 }],
  ['more than 1 locker', { field: 'lockers', operator: '>', value: 1 }],
  ['all members', { everyone: true }],
]

describe('a gym', () => {
  it.each(understood)('%s', (text, rule) => {
    const translation = readText(text, options)
    expect(translation.notUnderstood).toEqual([])
    expect(translation.confident).toBe(true)
    expect(ruleHash(translation.rule!, gym)).toBe(ruleHash(rule, gym))
  })

  it.each([
    ['customers who spent over 5000', 'customers'],
    ['members who bought shoes', 'bought'],
    ['opened the Diwali campaign', 'opened'],
    ['VIPs', 'VIPs'],
  ])('knows no word of another trade: %s', (text, word) => {
    const translation = readText(text, options)
    expect(translation.confident).toBe(false)
    expect(translation.notUnderstood.some((one) => one.text.includes(word))).toBe(true)
  })
})

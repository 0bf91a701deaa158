import type { Rule } from '@muster/segment-core'
import { describe, expect, it } from 'vitest'
import { type FlatRules, flatRules } from '../../src/assistant/flat-rules.ts'

const clock = { nowMs: Date.parse('2026-03-31T20:00:00Z'), timeZone: 'Asia/Kolkata' }
const spend = (operator: '>' | '>=' | '<', value: number): Rule => ({ field: 'totalSpending', operator, value })
const visits = (operator: '>' | '>=' | '<', value: number): Rule => ({ field: 'visitCount', operator, value })
const said = (rows: readonly string[], connectors?: readonly ('AND' | 'OR')[]): FlatRules =>
  ({
    logic: connectors?.[0] ?? 'AND',
    conditions: rows.map((row) => {
      const [field, operator, value] = row.split(' ')
      return { field, operator, value: field === 'lastVisit' || field === 'email' ? value : Number(value) }
    }),
    ...(connectors === undefined ? {} : { connectors }),
  }) as FlatRules

const sayable: readonly (readonly [name: string, rule: Rule, rules: FlatRules])[] = [
  ['one row', spend('>', 5000), said(['totalSpending > 5000'])],
  [
    'two rows',
    { logic: 'AND', conditions: [spend('>', 5000), visits('>=', 3)] },
    said(['totalSpending > 5000', 'visitCount >= 3'], ['AND']),
  ],
  [
    'a range',
    { field: 'visitCount', operator: 'between', value: [2, 4] },
    said(['visitCount >= 2', 'visitCount <= 4'], ['AND']),
  ],
  [
    'a choice',
    { field: 'visitCount', operator: 'in', value: [2, 4] },
    said(['visitCount = 2', 'visitCount = 4'], ['OR']),
  ],
  [
    'another number',
    { field: 'visitCount', operator: '!=', value: 2 },
    said(['visitCount < 2', 'visitCount > 2'], ['OR']),
  ],
  [
    'a group within',
    { logic: 'AND', conditions: [visits('>', 1), { logic: 'OR', conditions: [spend('>', 5), spend('<', 2)] }] },
    said(['visitCount > 1', 'totalSpending > 5', 'visitCount > 1', 'totalSpending < 2'], ['AND', 'OR', 'AND']),
  ],
  [
    'none of two',
    { logic: 'NOT', conditions: [spend('>', 5), visits('>=', 3)] },
    said(['totalSpending <= 5', 'visitCount < 3'], ['AND']),
  ],
  [
    'not both',
    { logic: 'NOT', conditions: [{ logic: 'AND', conditions: [spend('>', 5), visits('>=', 3)] }] },
    said(['totalSpending <= 5', 'visitCount < 3'], ['OR']),
  ],
  [
    'the last days',
    { field: 'lastVisit', operator: 'withinLast', value: { days: 30 } },
    said(['lastVisit after 2026-03-01']),
  ],
  [
    'not in the last days',
    { field: 'lastVisit', operator: 'notWithinLast', value: { days: 30 } },
    said(['lastVisit before 2026-03-02']),
  ],
  ['long ago', { field: 'lastVisit', operator: 'before', value: { months: 1 } }, said(['lastVisit before 2026-03-01'])],
  [
    'before a day',
    { field: 'lastVisit', operator: 'before', value: '2026-01-05' },
    said(['lastVisit before 2026-01-05']),
  ],
  ['after a day', { field: 'lastVisit', operator: 'after', value: '2026-01-05' }, said(['lastVisit after 2026-01-05'])],
  [
    'a calendar month',
    { field: 'lastVisit', operator: 'during', value: { period: 'month', offset: -1 } },
    said(['lastVisit after 2026-02-28', 'lastVisit before 2026-04-01'], ['AND']),
  ],
  [
    'a piece of the address',
    { field: 'email', operator: 'contains', value: '@x.org' },
    said(['email contains @x.org']),
  ],
]

describe('rows for the rule builder', () => {
  it.each(sayable)('say %s', (_name, rule, rules) => {
    expect(flatRules(rule, clock)?.rules).toEqual(rules)
  })

  it.each<[string, Rule]>([
    ['everybody', { everyone: true }],
    ['another field', { field: 'city', operator: '=', value: 'Pune' }],
    ['a figure', { aggregate: 'count', of: 'orders', operator: '>', value: 2 }],
    ['a text that is not there', { field: 'email', operator: 'notContains', value: 'x' }],
    ['what is not missing', { field: 'lastVisit', operator: 'isSet' }],
    ['hours', { field: 'lastVisit', operator: 'withinLast', value: { hours: 3 } }],
    [
      'a part that has no row',
      { logic: 'AND', conditions: [spend('>', 5), { field: 'city', operator: '=', value: 'Pune' }] },
    ],
    [
      'more rows than fit',
      {
        logic: 'AND',
        conditions: Array.from(
          { length: 6 },
          (_, at): Rule => ({ field: 'visitCount', operator: '!=', value: at + 10 }),
        ),
      },
    ],
  ])('never say a part of the meaning: %s', (_name, rule) => {
    expect(flatRules(rule, clock)).toBeNull()
  })

  it('remark that days are fixed, and who is left out', () => {
    const answer = flatRules({ field: 'lastVisit', operator: 'notWithinLast', value: { days: 90 } }, clock)
    expect(answer?.remarks).toEqual([expect.stringContaining('2026-01-01'), expect.stringContaining('never visited')])
  })
})

import { describe, expect, it } from 'vitest'
import { canonicalRule } from '../src/canonical/canonical-rule.ts'
import { type FlatCondition, fromConnectors } from '../src/formats/from-connectors.ts'
import type { Rule } from '../src/language/rule.ts'
import { peopleCatalog as catalog } from './support/people-catalog.ts'

const a = { field: 'visits', operator: '>', value: 1 } as const
const b = { field: 'visits', operator: '>', value: 2 } as const
const c = { field: 'visits', operator: '>', value: 3 } as const
const d = { field: 'visits', operator: '>', value: 4 } as const
const callCount = ({ operator, value }: FlatCondition) => ({ aggregate: 'count', of: 'calls', operator, value })

describe('fromConnectors', () => {
  it.each<[string, unknown, Rule]>([
    ['one condition', { logic: 'OR', conditions: [a] }, a],
    ['an empty list of connectors', { logic: 'AND', conditions: [a], connectors: [] }, a],
    ['logic alone', { logic: 'OR', conditions: [a, b] }, { logic: 'OR', conditions: [a, b] }],
    ['logic in small letters', { logic: 'or', conditions: [a, b] }, { logic: 'OR', conditions: [a, b] }],
    [
      'connectors that beat logic',
      { logic: 'OR', conditions: [a, b], connectors: ['AND'] },
      { logic: 'AND', conditions: [a, b] },
    ],
    [
      'AND before OR',
      { logic: 'AND', conditions: [a, b, c], connectors: ['OR', 'AND'] },
      { logic: 'OR', conditions: [a, { logic: 'AND', conditions: [b, c] }] },
    ],
    [
      'AND, OR, AND',
      { conditions: [a, b, c, d], connectors: ['AND', 'OR', 'AND'] },
      {
        logic: 'OR',
        conditions: [
          { logic: 'AND', conditions: [a, b] },
          { logic: 'AND', conditions: [c, d] },
        ],
      },
    ],
    [
      'days as a number',
      { logic: 'AND', conditions: [{ field: 'lastVisit', operator: 'before', value: 120 }] },
      { field: 'lastVisit', operator: 'before', value: { days: 120 } },
    ],
    [
      'a field that is expanded',
      { logic: 'AND', conditions: [{ field: 'callCount', operator: '=', value: 0 }] },
      { aggregate: 'count', of: 'calls', operator: '=', value: 0 },
    ],
  ])('reads %s', (_title, flat, rule) => {
    const checked = fromConnectors(flat, catalog, { expand: { callCount } })
    expect(checked.ok && canonicalRule(checked.rule, catalog)).toEqual(canonicalRule(rule, catalog))
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['BAD_SHAPE ']],
    ['no conditions', { logic: 'AND', conditions: [] }, ['EMPTY_CONDITIONS /conditions']],
    ['another word', { logic: 'XOR', conditions: [a, b] }, ['UNKNOWN_LOGIC /logic']],
    ['too few connectors', { logic: 'AND', conditions: [a, b, c], connectors: ['AND'] }, ['BAD_SHAPE /connectors']],
    [
      'a bad connector',
      { logic: 'AND', conditions: [a, b, c], connectors: ['AND', 5] },
      ['UNKNOWN_LOGIC /connectors/1'],
    ],
    ['a key too many', { logic: 'AND', conditions: [a], provider: 'x' }, ['UNKNOWN_KEY /provider']],
    [
      'a blank date in the second row',
      { logic: 'AND', conditions: [a, { field: 'lastVisit', operator: 'before', value: '' }], connectors: ['AND'] },
      ['BAD_DATE /conditions/1/value'],
    ],
    [
      'a left-over zero',
      { logic: 'AND', conditions: [{ field: 'lastVisit', operator: 'before', value: 0 }] },
      ['BAD_DURATION /conditions/0/value'],
    ],
    [
      'faults in several rows',
      { conditions: [a, { ...b, value: 'x' }, c, { ...d, field: 'vists' }], connectors: ['OR', 'AND', 'AND'] },
      ['WRONG_VALUE_TYPE /conditions/1/value', 'UNKNOWN_FIELD /conditions/3/field'],
    ],
    [
      'a fault in an expanded row',
      { conditions: [a, { field: 'callCount', operator: '=', value: 'x' }], connectors: ['OR'] },
      ['WRONG_VALUE_TYPE /conditions/1'],
    ],
    [
      'a group among the rows',
      { logic: 'AND', conditions: [{ logic: 'OR', conditions: [a] }] },
      ['BAD_SHAPE /conditions/0/field'],
    ],
    ['51 rows', { logic: 'AND', conditions: Array.from({ length: 51 }, () => a) }, ['TOO_MANY_NODES /conditions']],
  ])('refuses %s', (_title, flat, expected) => {
    const checked = fromConnectors(flat, catalog, { expand: { callCount } })
    expect(checked.ok ? [] : checked.issues.map(({ code, path }) => `${code} ${path}`)).toEqual(expected)
  })
})

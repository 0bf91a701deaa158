import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRule } from '../src/checking/check-rule.ts'
import type { RuleIssueCode } from '../src/language/errors.ts'
import { describe as say } from '../src/words/describe.ts'
import { arbitraryRule } from './support/arbitrary-rule.ts'
import { peopleCatalog } from './support/people-catalog.ts'

function issuesOf(json: unknown, segments?: ReadonlyMap<string, unknown>): { code: RuleIssueCode; path: string }[] {
  const checked = checkRule(json, peopleCatalog, segments === undefined ? {} : { segments })
  return checked.ok ? [] : checked.issues.map(({ code, path }) => ({ code, path }))
}

const codesOf = (json: unknown) => issuesOf(json).map(({ code, path }) => `${code} ${path}`)

describe('checkRule', () => {
  it.each<[unknown, string[]]>([
    [null, ['BAD_SHAPE ']],
    [[], ['BAD_SHAPE ']],
    [{}, ['BAD_SHAPE ']],
    [new Date(0), ['BAD_SHAPE ']],
    [{ field: 'visits', logic: 'AND' }, ['BAD_SHAPE ']],
    [{ everyone: true, segment: 'x' }, ['BAD_SHAPE ']],
    [{ logic: 'AND', conditions: [] }, ['EMPTY_CONDITIONS /conditions']],
    [{ logic: 'and', conditions: [{ everyone: true }] }, ['UNKNOWN_LOGIC /logic']],
    [{ conditions: [{ everyone: true }] }, ['UNKNOWN_LOGIC /logic']],
    [{ logic: 'AND' }, ['BAD_SHAPE /conditions']],
    [{ everyone: false }, ['WRONG_VALUE_TYPE /everyone']],
    [{ everyone: true, why: 1 }, ['UNKNOWN_KEY /why']],
    [JSON.parse('{"everyone": true, "__proto__": {}}'), ['FORBIDDEN_KEY /__proto__']],
    [{ field: 'vists', operator: '>', value: 1 }, ['UNKNOWN_FIELD /field']],
    [{ field: '__proto__', operator: '=', value: 1 }, ['UNKNOWN_FIELD /field']],
    [{ field: 'constructor', operator: '=', value: 1 }, ['UNKNOWN_FIELD /field']],
    [{ field: 5, operator: '=', value: 1 }, ['BAD_SHAPE /field']],
    [{ field: 'visits', operator: 'contains', value: 'x' }, ['OPERATOR_NOT_FOR_TYPE /operator']],
    [{ field: 'visits', operator: 'toString', value: 1 }, ['UNKNOWN_OPERATOR /operator']],
    [{ field: 'visits', value: 1 }, ['UNKNOWN_OPERATOR /operator']],
    [{ field: 'visits', operator: '>' }, ['MISSING_VALUE ']],
    [{ field: 'visits', operator: 'isSet', value: null }, ['SUPERFLUOUS_VALUE /value']],
    [{ field: 'visits', operator: '>', value: '5' }, ['WRONG_VALUE_TYPE /value']],
    [{ field: 'visits', operator: '>', value: Number.NaN }, ['BAD_NUMBER /value']],
    [{ field: 'visits', operator: '>', value: Number.POSITIVE_INFINITY }, ['BAD_NUMBER /value']],
    [{ field: 'visits', operator: '>', value: 1234567890123456 }, ['BAD_NUMBER /value']],
    [{ field: 'visits', operator: '>', value: 0.1 + 0.2 }, ['BAD_NUMBER /value']],
    [{ field: 'spend', operator: '>', value: 1.005 }, ['BAD_NUMBER /value']],
    [{ field: 'spend', operator: '>', value: 1e13 }, ['BAD_NUMBER /value']],
    [{ field: 'visits', operator: 'between', value: [5, 1] }, ['BAD_RANGE /value']],
    [{ field: 'visits', operator: 'between', value: [1] }, ['WRONG_VALUE_TYPE /value']],
    [{ field: 'visits', operator: 'in', value: [] }, ['EMPTY_LIST /value']],
    [
      { field: 'visits', operator: 'in', value: [1, 'x', null] },
      ['WRONG_VALUE_TYPE /value/1', 'WRONG_VALUE_TYPE /value/2'],
    ],
    [{ field: 'city', operator: '=', value: '\ud800' }, ['BAD_TEXT /value']],
    [{ field: 'city', operator: '=', value: 'a\0' }, ['BAD_TEXT /value']],
    [{ field: 'city', operator: 'contains', value: '' }, ['BAD_TEXT /value']],
    [{ field: 'city', operator: '=', value: 'x'.repeat(1001) }, ['TEXT_TOO_LONG /value']],
    [{ field: 'gender', operator: '=', value: 'Female' }, ['UNKNOWN_VALUE /value']],
    [{ field: 'active', operator: '=', value: 1 }, ['WRONG_VALUE_TYPE /value']],
    [{ field: 'lastVisit', operator: 'before', value: '2026-02-29' }, ['BAD_DATE /value']],
    [{ field: 'lastVisit', operator: 'before', value: '1899-12-31' }, ['BAD_DATE /value']],
    [{ field: 'lastVisit', operator: 'before', value: '2026-01-31T10:00:00' }, ['BAD_DATE /value']],
    [{ field: 'lastVisit', operator: 'before', value: '2026-01-31T10:00:00.1234Z' }, ['BAD_DATE /value']],
    [{ field: 'lastVisit', operator: 'before', value: '' }, ['BAD_DATE /value']],
    [{ field: 'lastVisit', operator: 'before', value: 0 }, ['BAD_DURATION /value']],
    [{ field: 'lastVisit', operator: 'before', value: 1.5 }, ['BAD_DURATION /value']],
    [{ field: 'lastVisit', operator: 'before', value: { days: 1, hours: 2 } }, ['BAD_DURATION /value']],
    [{ field: 'lastVisit', operator: 'before', value: { day: 1 } }, ['UNKNOWN_KEY /value/day', 'BAD_DURATION /value']],
    [{ field: 'lastVisit', operator: 'withinLast', value: { hours: 876_601 } }, ['BAD_DURATION /value/hours']],
    [{ field: 'lastVisit', operator: 'on', value: '2026-01-31T10:00:00Z' }, ['BAD_DATE /value']],
    [{ field: 'lastVisit', operator: 'between', value: ['2026-01-31', '2026-01-31T10:00:00Z'] }, ['BAD_RANGE /value']],
    [{ field: 'birthday', operator: 'before', value: '2026-01-31T10:00:00Z' }, ['BAD_DATE /value']],
    [{ field: 'birthday', operator: 'withinLast', value: { hours: 5 } }, ['BAD_DURATION /value']],
    [{ field: 'birthday', operator: 'anniversaryWithinNext', value: 7 }, ['WRONG_VALUE_TYPE /value']],
    [{ field: 'birthday', operator: 'anniversaryWithinNext', value: { days: 367 } }, ['BAD_DURATION /value/days']],
    [{ field: 'birthday', operator: 'anniversaryIn', value: { month: 13 } }, ['BAD_PERIOD /value/month']],
    [
      { field: 'birthday', operator: 'anniversaryIn', value: { period: 'year', offset: 0 } },
      ['BAD_PERIOD /value/period'],
    ],
    [{ field: 'lastVisit', operator: 'during', value: { period: 'month' } }, ['MISSING_VALUE /value']],
    [
      { field: 'lastVisit', operator: 'during', value: { period: 'quarter', offset: 401 } },
      ['BAD_PERIOD /value/offset'],
    ],
    [{ field: 'tags', operator: 'hasAny', value: 'vip' }, ['WRONG_VALUE_TYPE /value']],
    [{ aggregate: 'count', of: 'order', operator: '>', value: 1 }, ['UNKNOWN_RELATION /of']],
    [{ aggregate: 'total', of: 'orders', operator: '>', value: 1 }, ['UNKNOWN_AGGREGATE /aggregate']],
    [{ aggregate: 'count', of: 'orders', field: 'total', operator: '>', value: 1 }, ['FIELD_NOT_FOR_AGGREGATE /field']],
    [{ aggregate: 'sum', of: 'orders', operator: '>', value: 1 }, ['FIELD_NOT_FOR_AGGREGATE ']],
    [{ aggregate: 'sum', of: 'orders', field: 'note', operator: '>', value: 1 }, ['FIELD_NOT_FOR_AGGREGATE /field']],
    [{ aggregate: 'avg', of: 'orders', field: 'total', operator: '>', value: 33.333 }, ['BAD_NUMBER /value']],
    [
      { aggregate: 'count', of: 'orders', where: { everyone: true }, operator: '>', value: 1 },
      ['NOT_OVER_ROOT /where'],
    ],
    [{ segment: 'nobody' }, ['UNKNOWN_SEGMENT ']],
    [{ segment: 5 }, ['WRONG_VALUE_TYPE /segment']],
  ])('%j is refused', (json, expected) => {
    expect(codesOf(json)).toEqual(expected)
  })

  it('reports all problems at once, each where it is', () => {
    const json = {
      logic: 'AND',
      conditions: [
        { field: 'vists', operator: '>', value: 1 },
        {
          logic: 'OR',
          conditions: [
            { field: 'city', operator: 'in', value: ['x', 7] },
            { field: 'spend', operator: '~', value: 1 },
          ],
        },
        {
          aggregate: 'sum',
          of: 'orders',
          field: 'totl',
          where: { field: 'status', operator: '=', value: 'completed' },
          operator: '>',
          value: 1,
        },
      ],
    }
    expect(codesOf(json)).toEqual([
      'UNKNOWN_FIELD /conditions/0/field',
      'WRONG_VALUE_TYPE /conditions/1/conditions/0/value/1',
      'UNKNOWN_OPERATOR /conditions/1/conditions/1/operator',
      'UNKNOWN_VALUE /conditions/2/where/value',
      'UNKNOWN_FIELD /conditions/2/field',
    ])
  })

  it('names the nearest known names', () => {
    const checked = checkRule({ field: 'vists', operator: '>', value: 1 }, peopleCatalog)
    expect(checked.ok ? undefined : checked.issues[0].nearest).toEqual(['visits'])
  })

  it('puts segments in place, and finds cycles and faults inside them', () => {
    const segments = new Map<string, unknown>([
      ['good', { field: 'visits', operator: '>', value: 1 }],
      ['twice', { logic: 'AND', conditions: [{ segment: 'good' }, { segment: 'good' }] }],
      ['bad', { logic: 'AND', conditions: [{ field: 'visits', operator: '>', value: 'x' }] }],
      ['a', { segment: 'b' }],
      ['b', { logic: 'NOT', conditions: [{ segment: 'a' }] }],
    ])
    expect(issuesOf({ segment: 'twice' }, segments)).toEqual([])
    expect(issuesOf({ segment: 'a' }, segments)).toEqual([{ code: 'SEGMENT_CYCLE', path: '' }])
    const checked = checkRule({ logic: 'OR', conditions: [{ segment: 'bad' }] }, peopleCatalog, { segments })
    expect(checked.ok ? [] : checked.issues).toMatchObject([
      { code: 'WRONG_VALUE_TYPE', path: '/conditions/0', segment: 'bad' },
    ])
  })

  it('holds the limits, also after segments are put in place', () => {
    const nested = (depth: number): unknown =>
      depth === 1 ? { everyone: true } : { logic: 'AND', conditions: [nested(depth - 1)] }
    expect(issuesOf(nested(16))).toEqual([])
    expect(issuesOf(nested(17)).map(({ code }) => code)).toEqual(['TOO_DEEP'])
    const segments = new Map([['deep', nested(16)]])
    expect(issuesOf({ segment: 'deep' }, segments)).toEqual([])
    expect(issuesOf({ logic: 'NOT', conditions: [{ segment: 'deep' }] }, segments).map(({ code }) => code)).toEqual([
      'TOO_DEEP',
    ])
    const wide = (count: number) => ({
      logic: 'OR',
      conditions: Array.from({ length: count }, () => ({ everyone: true })),
    })
    expect(issuesOf(wide(999))).toEqual([])
    expect(issuesOf(wide(1000)).map(({ code }) => code)).toEqual(['TOO_MANY_NODES'])
  })

  it('accepts every rule of the language, and what it returns is accepted again and means the same', () => {
    void fc.assert(
      fc.property(arbitraryRule(peopleCatalog), (json) => {
        const checked = checkRule(json, peopleCatalog)
        if (!checked.ok) throw new Error(JSON.stringify(checked.issues))
        expect(JSON.parse(JSON.stringify(checked.rule))).toEqual(JSON.parse(JSON.stringify(json)))
        expect(checkRule(JSON.parse(JSON.stringify(checked.rule)), peopleCatalog)).toEqual(checked)
        expect(say(checked.rule, peopleCatalog)).toMatch(/^(People|All people) .*\.$|^All people\.$/s)
      }),
      { numRuns: 1000 },
    )
  })
})

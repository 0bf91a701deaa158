import { describe, expect, it } from 'vitest'
import { canonicalRule } from '../src/canonical/canonical-rule.ts'
import { type CheckedRule, checkRule } from '../src/checking/check-rule.ts'
import { ruleFor } from '../src/checking/rule-for.ts'
import { fromJsonRulesEngine } from '../src/formats/from-json-rules-engine.ts'
import { fromQueryBuilder } from '../src/formats/from-query-builder.ts'
import { toConnectors } from '../src/formats/to-connectors.ts'
import { toQueryBuilder } from '../src/formats/to-query-builder.ts'
import { defineCatalog } from '../src/language/define-catalog.ts'
import { InvalidRuleError } from '../src/language/errors.ts'
import type { Rule } from '../src/language/rule.ts'
import { peopleCatalog as catalog } from './support/people-catalog.ts'

const canonicalOf = (checked: CheckedRule) => (checked.ok ? canonicalRule(checked.rule, catalog) : checked.issues)
const issuesOf = (checked: CheckedRule) => (checked.ok ? [] : checked.issues.map(({ code, path }) => `${code} ${path}`))
const visits: Rule = { field: 'visits', operator: '>', value: 1 }
const row = { field: 'visits', operator: '>', value: '1' }

describe('React Query Builder', () => {
  it.each<[string, unknown, Rule]>([
    ['texts that denote numbers', { combinator: 'and', rules: [{ ...row, id: 'x', valueSource: 'value' }] }, visits],
    [
      'not',
      { combinator: 'and', not: true, rules: [row, { field: 'active', operator: '=', value: 'true' }] },
      {
        logic: 'NOT',
        conditions: [{ logic: 'AND', conditions: [visits, { field: 'active', operator: '=', value: true }] }],
      },
    ],
    [
      'interleaved combinators',
      { rules: [row, 'or', row, 'and', { field: 'city', operator: 'null', value: null }] },
      {
        logic: 'OR',
        conditions: [visits, { logic: 'AND', conditions: [visits, { field: 'city', operator: 'isNotSet' }] }],
      },
    ],
    [
      'between in a text',
      { combinator: 'and', rules: [{ field: 'visits', operator: 'between', value: '1, 5' }] },
      { field: 'visits', operator: 'between', value: [1, 5] },
    ],
    [
      'does not begin with',
      { combinator: 'and', rules: [{ field: 'city', operator: 'doesNotBeginWith', value: 'M' }] },
      { logic: 'NOT', conditions: [{ field: 'city', operator: 'startsWith', value: 'M' }] },
    ],
    [
      'a date',
      { combinator: 'and', rules: [{ field: 'birthday', operator: '=', value: '2000-02-29' }] },
      { field: 'birthday', operator: 'on', value: '2000-02-29' },
    ],
    [
      'a date from which on',
      { combinator: 'and', rules: [{ field: 'lastVisit', operator: '>=', value: '2026-01-31' }] },
      {
        logic: 'AND',
        conditions: [
          { field: 'lastVisit', operator: 'isSet' },
          { logic: 'NOT', conditions: [{ field: 'lastVisit', operator: 'before', value: '2026-01-31' }] },
        ],
      },
    ],
    [
      'tags',
      { combinator: 'and', rules: [{ field: 'tags', operator: 'contains', value: 'vip' }] },
      { field: 'tags', operator: 'hasAny', value: ['vip'] },
    ],
  ])('reads %s', (_title, query, rule) => {
    expect(canonicalOf(fromQueryBuilder(query, catalog))).toEqual(canonicalRule(rule, catalog))
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', null, ['BAD_SHAPE ']],
    ['empty rules', { combinator: 'and', rules: [] }, ['EMPTY_CONDITIONS /rules']],
    [
      'another field as value',
      { combinator: 'and', rules: [{ ...row, valueSource: 'field' }] },
      ['UNSUPPORTED /rules/0/valueSource'],
    ],
    [
      'what is switched off',
      { combinator: 'and', rules: [{ ...row, disabled: true }] },
      ['UNSUPPORTED /rules/0/disabled'],
    ],
    [
      'a text that denotes no number',
      { combinator: 'and', rules: [row, { combinator: 'or', rules: [{ ...row, value: '1e3' }] }] },
      ['WRONG_VALUE_TYPE /rules/1/rules/0'],
    ],
    ['two rules in a row', { rules: [row, 'and', row, row] }, ['BAD_SHAPE /rules']],
    [
      'an unknown operator',
      { combinator: 'and', rules: [{ ...row, operator: 'like' }] },
      ['UNKNOWN_OPERATOR /rules/0/operator'],
    ],
  ])('refuses %s', (_title, query, expected) => {
    expect(issuesOf(fromQueryBuilder(query, catalog))).toEqual(expected)
  })

  it.each<[string, Rule]>([
    ['/conditions/1', { logic: 'OR', conditions: [visits, { field: 'lastVisit', operator: 'withinLast', value: 5 }] }],
    [
      '/conditions/0',
      { logic: 'OR', conditions: [{ aggregate: 'count', of: 'orders', operator: '>', value: 1 }, visits] },
    ],
    ['', { everyone: true }],
  ])('names the node %j that it has no words for', (path, rule) => {
    const written = toQueryBuilder(rule, catalog)
    expect(written.ok ? [] : written.issues.map((issue) => [issue.code, issue.path])).toEqual([['UNSUPPORTED', path]])
  })
})

describe('json-rules-engine', () => {
  const fact = { fact: 'visits', operator: 'greaterThan', value: 1 }
  it.each<[string, unknown, Rule]>([
    [
      'all and any',
      { all: [fact, { any: [fact, { fact: 'city', operator: 'equal', value: 'x' }] }] },
      {
        logic: 'AND',
        conditions: [visits, { logic: 'OR', conditions: [visits, { field: 'city', operator: '=', value: 'x' }] }],
      },
    ],
    ['not', { not: { all: [fact] } }, { logic: 'NOT', conditions: [visits] }],
    [
      'contains of tags',
      { all: [{ fact: 'tags', operator: 'contains', value: 'vip' }] },
      { field: 'tags', operator: 'hasAny', value: ['vip'] },
    ],
    [
      'contains of text',
      { all: [{ fact: 'city', operator: 'doesNotContain', value: 'x' }] },
      { field: 'city', operator: 'notContains', value: 'x' },
    ],
  ])('reads %s', (_title, conditions, rule) => {
    expect(canonicalOf(fromJsonRulesEngine(conditions, catalog))).toEqual(canonicalRule(rule, catalog))
  })

  it.each<[string, unknown, string[]]>([
    ['an empty group', { all: [] }, ['EMPTY_CONDITIONS /all']],
    ['a path', { all: [{ ...fact, path: '$.x' }] }, ['UNSUPPORTED /all/0/path']],
    ['params', { all: [{ ...fact, params: {} }] }, ['UNSUPPORTED /all/0/params']],
    ['a fact as value', { all: [{ ...fact, value: { fact: 'other' } }] }, ['UNSUPPORTED /all/0/value']],
    ['a named condition', { condition: 'x' }, ['UNSUPPORTED /condition', 'UNKNOWN_FIELD /fact']],
    ['a wrong value inside not', { not: { all: [fact, { ...fact, value: 'x' }] } }, ['WRONG_VALUE_TYPE /not/all/1']],
  ])('refuses %s', (_title, conditions, expected) => {
    expect(issuesOf(fromJsonRulesEngine(conditions, catalog))).toEqual(expected)
  })
})

describe('flat rules', () => {
  it.each<[string, Rule]>([
    [
      '/conditions/1',
      {
        logic: 'AND',
        conditions: [visits, { logic: 'OR', conditions: [visits, { field: 'city', operator: 'isSet' }] }],
      },
    ],
    ['', { aggregate: 'count', of: 'orders', operator: '>', value: 1 }],
    ['/conditions/0', { logic: 'OR', conditions: [{ logic: 'NOT', conditions: [visits, visits] }, visits] }],
  ])('name the node %j that they have no words for', (path, rule) => {
    const written = toConnectors(rule, catalog)
    expect(written.ok ? [] : written.issues.map((issue) => [issue.code, issue.path])).toEqual([['UNSUPPORTED', path]])
  })
})

describe('warnings', () => {
  const warned = (rule: Rule, now?: number) => {
    const checked = checkRule(rule, catalog, now === undefined ? {} : { now })
    return checked.ok ? checked.warnings.map(({ code, path }) => `${code} ${path}`) : checked.issues
  }
  const and = (...conditions: Rule[]): Rule => ({ logic: 'AND', conditions })
  const or = (...conditions: Rule[]): Rule => ({ logic: 'OR', conditions })
  it.each<[Rule, string[]]>([
    [
      and({ field: 'visits', operator: '>', value: 10 }, { field: 'visits', operator: '<', value: 5 }),
      ['NEVER_HOLDS '],
    ],
    [and({ field: 'city', operator: '=', value: 'A' }, { field: 'city', operator: '=', value: 'b' }), ['NEVER_HOLDS ']],
    [and({ field: 'city', operator: 'isNotSet' }, { field: 'city', operator: '=', value: 'b' }), ['NEVER_HOLDS ']],
    [
      or(
        { field: 'visits', operator: '>', value: 10 },
        { field: 'visits', operator: '<=', value: 10 },
        { field: 'visits', operator: 'isNotSet' },
      ),
      ['ALWAYS_HOLDS '],
    ],
    [
      or({ field: 'name', operator: 'contains', value: 'x' }, { field: 'name', operator: 'notContains', value: 'x' }),
      ['ALWAYS_HOLDS '],
    ],
    [or(visits, visits), ['REPEATED /conditions/1']],
    [
      and({ field: 'visits', operator: '>', value: 10 }, { field: 'visits', operator: '>', value: 5 }),
      ['IMPLIED /conditions/1'],
    ],
    [
      or({ field: 'visits', operator: '>', value: 10 }, { field: 'visits', operator: '>', value: 5 }),
      ['IMPLIED /conditions/0'],
    ],
    [{ field: 'visits', operator: '=', value: 2.5 }, ['NEVER_HOLDS ']],
    [{ aggregate: 'count', of: 'orders', operator: '>=', value: 0 }, ['ALWAYS_HOLDS ']],
    [{ field: 'lastVisit', operator: 'withinNext', value: { days: 3 } }, ['FUTURE_OF_PAST ']],
    [{ field: 'createdAt', operator: 'isNotSet' }, ['REQUIRED_IS_NOT_SET ']],
    [and({ field: 'city', operator: '!=', value: 'A' }, { field: 'visits', operator: '>', value: 1 }), []],
    [or({ field: 'visits', operator: '>', value: 10 }, { field: 'visits', operator: '<', value: 10 }), []],
  ])('%j', (rule, expected) => {
    expect(warned(rule)).toEqual(expected)
  })
  it('judge dates by now, where it is given', () => {
    const future: Rule = { field: 'lastVisit', operator: 'after', value: '2026-01-31' }
    expect(warned(future)).toEqual([])
    expect(warned(future, Date.UTC(2026, 0, 1))).toEqual(['FUTURE_OF_PAST '])
    expect(warned(future, Date.UTC(2027, 0, 1))).toEqual([])
  })
})

describe('rules in TypeScript', () => {
  it('are checked against the catalog by the compiler', () => {
    const rule = ruleFor(catalog, {
      logic: 'AND',
      conditions: [
        { field: 'gender', operator: 'in', value: ['female'] },
        { field: 'birthday', operator: 'anniversaryWithinNext', value: { days: 7 } },
        {
          aggregate: 'sum',
          of: 'orders',
          field: 'total',
          where: { field: 'status', operator: '=', value: 'COMPLETED' },
          operator: '>',
          value: 5,
        },
      ],
    })
    expect(rule).toHaveProperty('logic', 'AND')
    const wrong: readonly (() => Rule)[] = [
      // @ts-expect-error no field has this name
      () => ruleFor(catalog, { field: 'vists', operator: '>', value: 1 }),
      // @ts-expect-error the value is not one of the declared
      () => ruleFor(catalog, { field: 'gender', operator: '=', value: 'Female' }),
      // @ts-expect-error numbers are not contained
      () => ruleFor(catalog, { field: 'visits', operator: 'contains', value: 'x' }),
      // @ts-expect-error a note cannot be added up
      () => ruleFor(catalog, { aggregate: 'sum', of: 'orders', field: 'note', operator: '>', value: 1 }),
      // @ts-expect-error the operator needs a value
      () => ruleFor(catalog, { field: 'city', operator: '=' }),
    ]
    for (const write of wrong) expect(write).toThrow(InvalidRuleError)
  })
})

describe('defineCatalog', () => {
  it('names everything that is wrong', () => {
    const entity = { table: 'a b', primaryKey: 'id', label: { one: 'a', many: 'b' } } as const
    expect(() =>
      defineCatalog({
        root: 'nobody',
        timeZone: 'Mars/Olympus',
        currency: 'rupees',
        entities: {
          people: {
            ...entity,
            fields: {
              '1st': { type: 'text', column: 'x' },
              size: { type: 'enum', column: 'x"; DROP', values: [] },
              seen: { type: 'date', column: 'seen' },
              born: { type: 'date', column: 'born', stored: 'epochMs', dayOnly: true },
              rate: { type: 'number', column: 'rate', decimals: 1.5 },
              plan: { type: 'text', json: { column: 'attributes', key: "a'b" } },
            },
            relations: { orders: { entity: 'orders', foreignKey: 'x' } },
          },
        },
      }),
    ).toThrow(/root.*timeZone.*currency.*table.*1st.*size.*seen.*born.*rate.*plan.*orders/s)
  })
})

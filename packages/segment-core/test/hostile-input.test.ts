import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CheckedRule, checkRule } from '../src/checking/check-rule.ts'
import { fromConnectors } from '../src/formats/from-connectors.ts'
import { fromJsonRulesEngine } from '../src/formats/from-json-rules-engine.ts'
import { fromQueryBuilder } from '../src/formats/from-query-builder.ts'
import { compileSql } from '../src/targets/compile-sql.ts'
import { ours, peopleCatalog } from './support/people-catalog.ts'

function nestedText(depth: number, open: string, close: string): unknown {
  let json: unknown = { everyone: true }
  for (let level = 0; level < depth; level += 1)
    json = open === '[' ? [json] : { [open]: close === '' ? json : [json], logic: 'AND' }
  return json
}

const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index))

function nestedQuery(key: 'rules' | 'all', depth: number): unknown {
  let json: unknown = { field: 'visits', fact: 'visits', operator: '=', value: 1 }
  for (let level = 0; level < depth; level += 1) json = { combinator: 'and', [key]: [json] }
  return json
}

/** A tree in which every node has as many below it. */
function bushy(key: 'rules' | 'all', width: number, depth: number): unknown {
  if (depth === 0) return { field: 'nothing', fact: 'nothing', operator: '=', value: 1 }
  const inner = bushy(key, width, depth - 1)
  return { combinator: 'and', [key]: Array.from({ length: width }, () => inner) }
}

const hostile: readonly [string, () => unknown][] = [
  ['conditions 100,000 deep', () => nestedText(100_000, 'conditions', ']')],
  ['where 100,000 deep', () => nestedText(100_000, 'where', '')],
  ['a value 100,000 deep', () => ({ field: 'visits', operator: 'in', value: nestedText(100_000, '[', ']') })],
  ['a text of 1 MB', () => ({ field: 'city', operator: '=', value: 'x'.repeat(2 ** 20) })],
  ['a field name of 1 MB', () => ({ field: 'x'.repeat(2 ** 20), operator: '=', value: 1 })],
  ['an operator of 1 MB', () => ({ field: 'city', operator: '='.repeat(2 ** 20), value: 'x' })],
  ['a date of 1 MB', () => ({ field: 'lastVisit', operator: 'before', value: '2'.repeat(2 ** 20) })],
  ['a key of 1 MB', () => ({ everyone: true, ['k'.repeat(2 ** 20)]: 1 })],
  ['rules 100,000 deep', () => nestedQuery('rules', 100_000)],
  ['all 100,000 deep', () => nestedQuery('all', 100_000)],
  ['a million rules', () => bushy('rules', 100, 3)],
  ['a million conditions', () => bushy('all', 100, 3)],
  ['a list of 100,000', () => ({ field: 'visits', operator: 'in', value: many(100_000, (index) => index) })],
  ['a list of 10,000 of the wrong type', () => ({ field: 'visits', operator: 'in', value: many(10_000, String) })],
  [
    '10,000 misspelt words',
    () => ({ field: 'gender', operator: 'in', value: many(10_000, (index) => `femal${index}`) }),
  ],
  ['100,000 conditions', () => ({ logic: 'AND', conditions: many(100_000, () => ({ field: 'x' })) })],
  [
    '1,000 misspelt fields',
    () => ({ logic: 'AND', conditions: many(1_000, (index) => ({ field: `visit${index}`, operator: '=', value: 1 })) }),
  ],
  ['100,000 unknown keys', () => Object.fromEntries(many(100_000, (index) => [`k${index}`, index]))],
  [
    'keys of prototypes',
    () =>
      JSON.parse(
        '{"__proto__":{"everyone":true},"constructor":1,"toString":2,"logic":"AND","conditions":[{"__proto__":1}]}',
      ),
  ],
  ['a lone surrogate', () => ({ field: 'city', operator: 'in', value: ['\udc00', 'a\ud800'] })],
  ['NaN', () => ({ field: 'spend', operator: 'between', value: [Number.NaN, -Infinity] })],
  ['a symbol', () => ({ field: Symbol('x'), operator: Symbol('y'), value: 1 })],
  ['a bigint', () => ({ field: 'visits', operator: '=', value: 10n })],
  ['a function', () => ({ field: 'visits', operator: '=', value: () => 1 })],
  [
    'a circle',
    () => {
      const json: Record<string, unknown> = { logic: 'AND' }
      json['conditions'] = [json, json]
      return json
    },
  ],
]

function timed(read: (json: unknown, catalog: typeof peopleCatalog) => CheckedRule, json: unknown) {
  const start = process.cpuUsage()
  const checked = read(json, peopleCatalog)
  const { user, system } = process.cpuUsage(start)
  return { checked, tookMs: (user + system) / 1000 }
}

/** What ends a text, a name or a comment in some database, or stands for a value in some driver, before what could follow. */
const metastrings = [
  ...["'", '"', '`', '\\', "\\'", "''", "')", '"))', '*/', '\n', ';', '%', '?', '$1', ':x'].flatMap((end) =>
    [
      '',
      ' OR 1=1',
      '; DROP TABLE people; --',
      ' UNION SELECT * FROM users #',
      '/*!50000 or 1=1*/',
      ' AND SLEEP(9)',
      '|| pg_sleep(9) ||',
      '; ATTACH DATABASE x AS y',
      ' -- {}',
      ' INTO OUTFILE x',
      "' or '",
      ' ?? @x := 1',
      ' \\g',
      ' LIMIT 0',
    ].map((rest) => `${end}${rest}`),
  ),
]

describe('hostile input', () => {
  it.each(hostile)('%s is answered with a list of faults, soon', (_title, make) => {
    for (const read of [checkRule, fromConnectors, fromQueryBuilder, fromJsonRulesEngine]) {
      // Time of the processor, the best of three: other processes of the machine are not what is measured.
      const tries = [1, 2, 3].map(() => timed(read, make()))
      expect(Math.min(...tries.map(({ tookMs }) => tookMs))).toBeLessThan(50)
      for (const { checked } of tries) {
        expect(checked.ok).toBe(false)
        if (!checked.ok) expect(JSON.stringify(checked.issues).length).toBeLessThan(2 ** 20)
      }
    }
  })

  it('anything at all is answered, never with an exception', () => {
    const key = fc.constantFrom(
      'logic',
      'conditions',
      'field',
      'operator',
      'value',
      'aggregate',
      'of',
      'where',
      'segment',
      'everyone',
      '__proto__',
    )
    const anything = fc.anything({
      key,
      withBigInt: true,
      withDate: true,
      withNullPrototype: true,
      withSparseArray: true,
      maxDepth: 6,
    })
    void fc.assert(
      fc.property(anything, (json) => {
        checkRule(json, peopleCatalog)
        fromQueryBuilder(json, peopleCatalog)
        fromJsonRulesEngine(json, peopleCatalog)
        fromConnectors(json, peopleCatalog)
      }),
      { numRuns: 3000 },
    )
  })

  it('no text of a rule becomes SQL', () => {
    const compiled = (text: string) => {
      const rule = {
        logic: 'AND',
        conditions: [
          { field: 'city', operator: '=', value: text },
          { field: 'code', operator: 'in', value: [text, `${text}2`] },
          { field: 'name', operator: 'contains', value: text },
          { field: 'tags', operator: 'hasAll', value: [text, `${text}2`] },
          { field: 'hobbies', operator: 'hasAny', value: [text] },
          {
            aggregate: 'count',
            of: 'orders',
            where: { field: 'note', operator: '=', value: text },
            operator: '>',
            value: 1,
          },
        ],
      } as const
      return (['sqlite', 'mysql', 'mariadb', 'postgresql'] as const).map(
        (dialect) => compileSql(rule, { catalog: peopleCatalog, dialect, now: 0, scope: text }).sql,
      )
    }
    const expected = compiled('harmless')
    expect(metastrings.length).toBeGreaterThan(200)
    for (const text of metastrings) {
      expect(compiled(text)).toEqual(expected)
    }
    expect(expected.join()).not.toContain('harmless')
    expect(
      compileSql({ everyone: true }, { catalog: peopleCatalog, dialect: 'sqlite', now: 0, scope: ours }).bindings,
    ).toEqual([ours])
  })
})

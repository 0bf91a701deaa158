import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalRule, ruleHash } from '../src/canonical/canonical-rule.ts'
import { type CheckedRule, checkRule, parseRule } from '../src/checking/check-rule.ts'
import { explain } from '../src/explaining/explain.ts'
import type { ExplainedNode } from '../src/explaining/explanation.ts'
import { fromConnectors } from '../src/formats/from-connectors.ts'
import { fromJsonRulesEngine } from '../src/formats/from-json-rules-engine.ts'
import { fromQueryBuilder } from '../src/formats/from-query-builder.ts'
import { toConnectors } from '../src/formats/to-connectors.ts'
import { toJsonRulesEngine } from '../src/formats/to-json-rules-engine.ts'
import { toQueryBuilder } from '../src/formats/to-query-builder.ts'
import { createRulesEngine } from '../src/json-rules-engine.ts'
import type { Rule } from '../src/language/rule.ts'
import { compilePredicate } from '../src/targets/compile-predicate.ts'
import { ruleJsonSchema } from '../src/targets/rule-json-schema.ts'
import { describe as say } from '../src/words/describe.ts'
import { arbitraryPerson } from './support/arbitrary-person.ts'
import { arbitraryRule } from './support/arbitrary-rule.ts'
import { peopleCatalog as catalog } from './support/people-catalog.ts'
import { moments, zones } from './support/pools.ts'

const rules = arbitraryRule(catalog)
const moment = fc.record({ now: fc.constantFrom(...moments), timeZone: fc.constantFrom(...zones) })
const people = fc.array(arbitraryPerson(true), { minLength: 20, maxLength: 20 })
const runs = { numRuns: Number(process.env['SEGMENT_LAW_RUNS'] ?? 600) }

function ruleOf(checked: CheckedRule): Rule {
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues))
  return checked.rule
}

function chosen(
  rule: Rule,
  records: readonly Record<string, unknown>[],
  at: { now: number; timeZone: string },
): number[] {
  const holds = compilePredicate(rule, { catalog, ...at })
  return records.flatMap((record, index) => (holds(record) ? [index] : []))
}

describe('laws', () => {
  it('a rule and its negation part the audience', () => {
    void fc.assert(
      fc.property(rules, people, moment, (rule, records, at) => {
        const inside = chosen(rule, records, at)
        const outside = chosen({ logic: 'NOT', conditions: [rule] }, records, at)
        expect([...inside, ...outside].sort((one, other) => one - other)).toEqual(records.map((_, index) => index))
      }),
      runs,
    )
  })

  it('the canonical form keeps the audience, is a fixed point, and is a rule', () => {
    void fc.assert(
      fc.property(rules, people, moment, (rule, records, at) => {
        const canonical = canonicalRule(rule, catalog)
        expect(chosen(canonical, records, at)).toEqual(chosen(rule, records, at))
        const readAgain = parseRule(JSON.parse(JSON.stringify(canonical)), catalog)
        expect(chosen(readAgain, records, at)).toEqual(chosen(rule, records, at))
        expect(canonicalRule(readAgain, catalog)).toEqual(canonical)
        expect(ruleHash(readAgain, catalog)).toBe(ruleHash(rule, catalog))
      }),
      runs,
    )
  })

  it('writings of one rule share the canonical form', () => {
    const shuffled = (rule: Rule): Rule =>
      'conditions' in rule
        ? { ...rule, conditions: [...[...rule.conditions].reverse(), rule.conditions[0]!].map(shuffled) }
        : { logic: 'NOT', conditions: [{ logic: 'NOT', conditions: [rule] }] }
    void fc.assert(
      fc.property(arbitraryRule(catalog, 3), (rule) => {
        expect(ruleHash(shuffled(rule), catalog)).toBe(ruleHash(rule, catalog))
      }),
      runs,
    )
  })

  it.each<[Rule, Rule]>([
    [
      { field: 'city', operator: 'in', value: ['MUMBAI', 'mumbai'] },
      { field: 'city', operator: '=', value: 'Mumbai' },
    ],
    [
      { field: 'lastVisit', operator: 'before', value: 7 },
      { field: 'lastVisit', operator: 'before', value: { weeks: 1 } },
    ],
    [
      { field: 'lastVisit', operator: 'before', value: { hours: 48 } },
      { field: 'lastVisit', operator: 'before', value: { days: 2 } },
    ],
    [
      { field: 'lastVisit', operator: 'before', value: { years: 2 } },
      { field: 'lastVisit', operator: 'before', value: { months: 24 } },
    ],
    [
      { field: 'lastVisit', operator: 'between', value: ['2026-01-01T01:00:00+01:00', '2026-01-02T00:00:00Z'] },
      { field: 'lastVisit', operator: 'between', value: ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.0Z'] },
    ],
    [
      { field: 'visits', operator: 'notIn', value: [3, 1, 3] },
      { logic: 'NOT', conditions: [{ field: 'visits', operator: 'in', value: [1, 3] }] },
    ],
    [
      { field: 'spend', operator: '=', value: -0 },
      { field: 'spend', operator: '=', value: 0 },
    ],
    [
      { logic: 'OR', conditions: [{ everyone: true }, { field: 'visits', operator: '>', value: 1 }] },
      { everyone: true },
    ],
  ])('%j is %j', (one, other) => {
    expect(canonicalRule(one, catalog)).toEqual(canonicalRule(other, catalog))
  })

  it('an explanation ends in the predicate, and turning the named conditions round turns it round', () => {
    void fc.assert(
      fc.property(rules, people, moment, (rule, records, at) => {
        const holds = compilePredicate(rule, { catalog, ...at })
        for (const record of records.slice(0, 5)) {
          const { verdict, tree, flips } = explain(rule, record, { catalog, ...at })
          expect(verdict).toBe(holds(record))
          const isConstant = verdictWith(tree, new Set(), 'all') === verdictWith(tree, new Set(), 'none')
          if (flips.length === 0) expect(isConstant).toBe(true)
          else expect(verdictWith(tree, new Set(flips.map(({ number }) => number)))).toBe(!verdict)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('no smaller set of conditions turns an explanation round', () => {
    void fc.assert(
      fc.property(arbitraryRule(catalog, 3), arbitraryPerson(true), moment, (rule, record, at) => {
        const { tree, flips, verdict } = explain(rule, record, { catalog, ...at })
        const numbers = leavesOf(tree)
        fc.pre(numbers.length <= 9)
        for (let mask = 0; mask < 2 ** numbers.length; mask += 1) {
          const turned = new Set(numbers.filter((_, index) => mask & (1 << index)))
          if (turned.size < flips.length) expect(verdictWith(tree, turned)).toBe(verdict)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('every rule is said in one sentence', () => {
    void fc.assert(
      fc.property(rules, (rule) => {
        const sentence = say(rule, catalog)
        expect(sentence).toMatch(/^(People|All people).*\.$/s)
        expect(sentence).not.toMatch(/undefined|NaN|\[object/)
      }),
      runs,
    )
  })

  it('every rule is valid under the JSON Schema', () => {
    const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(ruleJsonSchema(catalog))
    void fc.assert(
      fc.property(rules, (rule) => {
        expect([isValid(rule), isValid.errors]).toEqual([true, null])
      }),
      runs,
    )
    for (const json of [
      {},
      { field: 'city', operator: '>', value: 1 },
      { field: 'nothing', operator: 'isSet' },
      { everyone: true, x: 1 },
    ]) {
      expect(isValid(json)).toBe(false)
    }
  })

  it('a rule in json-rules-engine gives the same answer, and comes back the same', async () => {
    await fc.assert(
      fc.asyncProperty(rules, people, moment, async (rule, records, at) => {
        const holds = compilePredicate(rule, { catalog, ...at })
        const engine = createRulesEngine(rule, { catalog, ...at })
        for (const record of records.slice(0, 4)) {
          const { events } = await engine.run(record)
          expect(events.length === 1).toBe(holds(record))
        }
        if (!JSON.stringify(rule).includes('everyone')) {
          const back = ruleOf(
            fromJsonRulesEngine(JSON.parse(JSON.stringify(toJsonRulesEngine(rule, catalog))), catalog),
          )
          expect(ruleHash(back, catalog)).toBe(ruleHash(rule, catalog))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('what React Query Builder can say comes back the same', () => {
    let said = 0
    void fc.assert(
      fc.property(arbitraryRule(catalog, 2), people, moment, (rule, records, at) => {
        const written = toQueryBuilder(rule, catalog)
        if (!written.ok) return
        said += 1
        const back = ruleOf(fromQueryBuilder(JSON.parse(JSON.stringify(written.value)), catalog))
        expect(chosen(back, records, at)).toEqual(chosen(rule, records, at))
        // All of some tags is written as each of them.
        if (!JSON.stringify(rule).includes('hasAll')) expect(ruleHash(back, catalog)).toBe(ruleHash(rule, catalog))
      }),
      runs,
    )
    expect(said).toBeGreaterThan(runs.numRuns / 10)
  })

  it('what flat rules can say comes back the same', () => {
    let said = 0
    void fc.assert(
      fc.property(arbitraryRule(catalog, 3), (rule) => {
        const written = toConnectors(rule, catalog)
        if (!written.ok) return
        said += 1
        expect(ruleHash(ruleOf(fromConnectors(written.value, catalog)), catalog)).toBe(ruleHash(rule, catalog))
      }),
      runs,
    )
    expect(said).toBeGreaterThan(runs.numRuns / 10)
  })

  it('warnings never stand in the way', () => {
    void fc.assert(
      fc.property(rules, moment, (rule, at) => checkRule(rule, catalog, at).ok),
      runs,
    )
  })

  it('what is said to hold never or always does so', () => {
    void fc.assert(
      fc.property(arbitraryRule(catalog, 2), people, moment, (rule, records, at) => {
        const checked = checkRule(rule, catalog, at)
        const warnings = checked.ok ? checked.warnings : []
        for (const { code, path } of warnings.filter((warning) => warning.path === '')) {
          const count = chosen(rule, records, at).length
          if (code === 'NEVER_HOLDS') expect([path, count]).toEqual(['', 0])
          if (code === 'ALWAYS_HOLDS') expect([path, count]).toEqual(['', records.length])
        }
      }),
      runs,
    )
  })
})

function leavesOf(node: ExplainedNode): number[] {
  return node.kind === 'condition' ? [node.number] : node.parts.flatMap(leavesOf)
}

/** The verdict of an explained tree if the conditions of some numbers, or all or none of them, had the other verdict. */
function verdictWith(node: ExplainedNode, turned: ReadonlySet<number>, constant?: 'all' | 'none'): boolean {
  if (node.kind === 'condition') {
    if (constant !== undefined) return constant === 'all'
    return node.verdict !== turned.has(node.number)
  }
  const verdicts = node.parts.map((part) => verdictWith(part, turned, constant))
  if (node.logic === 'NOT') return !verdicts.includes(true)
  return node.logic === 'OR' ? verdicts.includes(true) : !verdicts.includes(false)
}

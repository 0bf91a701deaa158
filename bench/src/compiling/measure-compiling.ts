import { compilePredicate, compileSql, type DialectName, parseRule, type Rule } from '@muster/segment-core'
import { type Contender, measure } from '../measuring/measure.ts'
import { say, sayTable, short, verdict } from '../measuring/print.ts'
import { nowMs } from '../predicates/customers/records.ts'
import { catalog, musterRule } from '../predicates/engines/muster.ts'
import { threeRules } from '../predicates/rules/three-rules.ts'

/** How much is measured. */
export interface CompilingSizes {
  readonly rounds: number
}

const dialects: readonly DialectName[] = ['sqlite', 'mariadb', 'mysql', 'postgresql']

/** What a marketer asks: who has spent, where they live, and what they have bought lately. */
const typicalRule: Rule = {
  logic: 'AND',
  conditions: [
    { field: 'totalSpending', operator: '>', value: 5000 },
    { field: 'city', operator: 'in', value: ['Mumbai', 'Delhi', 'Pune'] },
    { field: 'emailConsent', operator: '=', value: true },
    { field: 'lastVisit', operator: 'withinLast', value: { days: 90 } },
    {
      aggregate: 'sum',
      of: 'orders',
      field: 'total',
      where: {
        logic: 'AND',
        conditions: [
          { field: 'status', operator: '=', value: 'COMPLETED' },
          { field: 'createdAt', operator: 'withinLast', value: { days: 90 } },
        ],
      },
      operator: '>',
      value: 1000,
    },
  ],
}

/** Measures parsing and compiling and prints the table; each target is that of one rule, in microseconds. */
export async function measureCompiling({ rounds }: CompilingSizes): Promise<void> {
  const twelve = musterRule(threeRules[2]!.rule)
  const checked = parseRule(twelve, catalog)
  const works: readonly Work[] = [
    {
      name: 'compile the rule of 12 conditions, parsed before, to a predicate',
      mostUs: 25,
      once: () => compilePredicate(checked, { catalog, now: nowMs }),
    },
    {
      name: 'parse and compile the rule of 12 conditions to a predicate',
      mostUs: 100,
      once: () => compilePredicate(parseRule(twelve, catalog), { catalog, now: nowMs }),
    },
    { name: 'parse a typical rule', mostUs: 100, once: () => parseRule(typicalRule, catalog) },
    ...dialects.map((dialect) => ({
      name: `parse and compile a typical rule to SQL for ${dialect}`,
      mostUs: 100,
      once: () => compileSql(parseRule(typicalRule, catalog), { catalog, dialect, now: nowMs, scope: 'workspace' }),
    })),
  ]
  const measured = await measure(works.map(contenderOf), rounds)
  say()
  sayTable(
    ['', 'µs min', 'median', 'max', 'target'],
    measured.map(({ name, ns }, index) => [
      name,
      short(ns.min / 1000),
      short(ns.median / 1000),
      short(ns.max / 1000),
      verdict(ns.median / 1000 <= works[index]!.mostUs, `at most ${works[index]!.mostUs} µs`),
    ]),
  )
}

interface Work {
  readonly name: string
  readonly mostUs: number
  once(): unknown
}

const timesAtOnce = 2_000

function contenderOf({ name, once }: Work): Contender {
  return {
    name,
    run: () => {
      for (let time = 0; time < timesAtOnce; time++) once()
      return timesAtOnce
    },
  }
}

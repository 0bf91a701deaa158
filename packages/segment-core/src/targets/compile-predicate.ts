import { treeOf } from '../checking/check-rule.ts'
import type { Segments } from '../checking/reading.ts'
import type { Catalog } from '../language/catalog.ts'
import type { Rule } from '../language/rule.ts'
import { settle } from '../language/settle.ts'
import type { DataRecord } from '../memory/read-value.ts'
import { createClock } from '../time/clock.ts'
import { conditionTest } from './condition-test.ts'

/** What compiling to a function goes by. */
export interface PredicateOptions {
  readonly catalog: Catalog
  /** The moment at which the rule is asked, in epoch milliseconds. */
  readonly now: number
  /** IANA name of the zone in which days are counted; the catalog's without it. */
  readonly timeZone?: string
  /** The rules of saved segments, needed when the rule refers to some and was not checked with them. */
  readonly segments?: Segments
}

/**
 * Compiles a rule to a function that says whether it holds for a plain object: fields under their names, related
 * records as lists under the names of their relations, dates as ISO text or `Date`, money as a number of major units,
 * tags as a list of texts. The answer is the one that the database gives for the same data.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function compilePredicate(rule: Rule, options: PredicateOptions): (record: DataRecord) => boolean {
  const { catalog, now, timeZone, segments } = options
  const clock = createClock(now, timeZone ?? catalog.timeZone)
  return conditionTest(settle(treeOf(rule, catalog, segments)), clock)
}

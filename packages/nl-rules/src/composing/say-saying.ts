import { type Catalog, checkRule, describe, type Rule } from '@muster/segment-core'
import type { Clause, Subject } from '../reading/clause.ts'
import type { When } from '../reading/when.ts'
import { certain, type Outcome, unclear } from './outcome.ts'
import { assumption } from './say-parts.ts'
import { sayWhen } from './say-when.ts'

/** A phrase that states a whole condition; one of the glossary may come with a period of its own. */
export function saySaying(
  clause: Clause,
  about: Subject & { is: 'saying' },
  catalog: Catalog,
  isDenied: boolean,
): Outcome {
  const { saying, isGlossary, words } = about
  if (!isGlossary) return certain(saying.means)
  if (clause.periods === null)
    return certain(saying.means, [assumption(clause, `"${words}" means ${inWords(saying.means, catalog)}`)])
  const [when] = clause.periods.whens
  const rule = when === undefined || clause.periods.whens.length > 1 ? null : withPeriod(saying.means, when, isDenied)
  return rule === null
    ? unclear(clause.periods, `"${words}" does not go with this period`)
    : certain(rule, [assumption(clause, `"${words}" here means ${inWords(rule, catalog)}`)])
}

/** What the glossary means, in words. */
function inWords(rule: Rule, catalog: Catalog): string {
  const checked = checkRule(rule, catalog)
  // A glossary that speaks of fields which are not there is reported with the whole rule.
  if (!checked.ok) return 'what the catalog cannot say'
  const said = describe(checked.rule, catalog).replace(/\.$/, '')
  return said.charAt(0).toLowerCase() + said.slice(1)
}

/** The glossary's rule with another period in place of its own. */
function withPeriod(rule: Rule, when: When, isDenied: boolean): Rule | null {
  if (!('operator' in rule) || 'aggregate' in rule) return null
  const isNegative = rule.operator === 'notWithinLast'
  if (rule.operator !== 'withinLast' && !isNegative) return null
  const dated = sayWhen(rule.field, { type: 'date', recordsPast: true, column: '' }, when, isNegative || isDenied)
  if ('why' in dated || !('operator' in dated.rule) || 'aggregate' in dated.rule) return null
  if (!isNegative) return dated.rule
  if (dated.rule.operator === 'withinLast') return { ...dated.rule, operator: 'notWithinLast' }
  if (dated.rule.operator === 'during') return { ...dated.rule, operator: 'notDuring' }
  return { logic: 'NOT', conditions: [dated.rule] }
}

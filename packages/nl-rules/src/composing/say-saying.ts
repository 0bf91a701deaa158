import type { Duration, Rule } from '@muster/segment-core'
import type { Clause, Subject } from '../reading/clause.ts'
import { sayDuration } from '../reading/durations.ts'
import type { When } from '../reading/when.ts'
import { certain, type Outcome, unclear } from './outcome.ts'
import { assumption } from './say-parts.ts'
import { sayWhen } from './say-when.ts'

/** A phrase that states a whole condition; one of the glossary may come with a period of its own. */
export function saySaying(clause: Clause, about: Subject & { is: 'saying' }, isDenied: boolean): Outcome {
  const { saying, isGlossary, words } = about
  if (!isGlossary) return certain(saying.means)
  if (clause.periods === null)
    return certain(saying.means, [assumption(clause, `"${words}" means ${sayMeaning(saying.means)}`)])
  const [when] = clause.periods.whens
  const rule = when === undefined || clause.periods.whens.length > 1 ? null : withPeriod(saying.means, when, isDenied)
  return rule === null
    ? unclear(clause.periods, `"${words}" does not go with this period`)
    : certain(rule, [assumption(clause, `"${words}" is about ${fieldsIn(rule).join(' and ')}`)])
}

/** A glossary rule in a few words, without a catalog's labels. */
function sayMeaning(rule: Rule): string {
  if ('logic' in rule) return rule.conditions.map(sayMeaning).join(rule.logic === 'OR' ? ' or ' : ' and ')
  if (!('field' in rule) || rule.field === undefined) return 'what the glossary says'
  const { value } = rule
  const said =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? sayDuration(value as Duration)
      : String(value)
  return `${rule.field} ${rule.operator} ${said}`
}

/** The fields that a rule speaks of. */
function fieldsIn(rule: Rule): string[] {
  if ('logic' in rule) return rule.conditions.flatMap(fieldsIn)
  return 'field' in rule && rule.field !== undefined && !('aggregate' in rule) ? [rule.field] : []
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

import { type Catalog, compilePredicate, defineCatalog, parseRule, type Rule } from '@muster/segment-core'
import { crmCatalog } from '@muster/server/catalog'
import { nowMs } from '../customers/records.ts'
import type { PlainCondition, PlainRule } from '../rules/plain-rule.ts'
import type { Engine } from './engine.ts'

/** segment-core with the CRM's catalog. */
export const muster: Engine = {
  name: 'segment-core',
  prepare: (rule) => compilePredicate(parseRule(musterRule(rule), catalog), { catalog, now: nowMs }),
}

export const catalog: Catalog = defineCatalog(crmCatalog)

/** A rule in the language of segment-core. */
export function musterRule(rule: PlainRule): Rule {
  if ('all' in rule) return { logic: 'AND', conditions: rule.all.map(musterRule) }
  if ('any' in rule) return { logic: 'OR', conditions: rule.any.map(musterRule) }
  if ('not' in rule) return { logic: 'NOT', conditions: [musterRule(rule.not)] }
  return musterCondition(rule)
}

function musterCondition(condition: PlainCondition): Rule {
  const { field } = condition
  switch (condition.is) {
    case 'equal':
      return { field, operator: '=', value: condition.to }
    case 'not equal':
      return { field, operator: '!=', value: condition.to }
    case 'at least':
      return { field, operator: '>=', value: condition.than }
    case 'above':
      return { field, operator: '>', value: condition.than }
    case 'at most':
      return { field, operator: '<=', value: condition.than }
    case 'below':
      return { field, operator: '<', value: condition.than }
    case 'one of':
      return { field, operator: 'in', value: condition.of }
    case 'tagged':
      return { field, operator: 'hasAny', value: condition.of }
    case 'within last days':
      return { field, operator: 'withinLast', value: { days: condition.days } }
    case 'before last days':
      return { field, operator: 'before', value: { days: condition.days } }
  }
}

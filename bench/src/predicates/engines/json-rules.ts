import { Engine as RulesEngine, type TopLevelCondition } from 'json-rules-engine'
import { dayMs, type Moment, type MomentForm, nowMs } from '../customers/records.ts'
import type { PlainCondition, PlainRule } from '../rules/plain-rule.ts'
import type { Engine } from './engine.ts'

/** json-rules-engine: one rule an engine, one run a customer. */
export const jsonRules: Engine = {
  name: 'json-rules-engine',
  prepare: (rule, form) => {
    const engine = new RulesEngine([], { allowUndefinedFacts: true })
    engine.addOperator('taggedAny', (tags: readonly string[], wanted: readonly string[]) =>
      tags.some((tag) => wanted.includes(tag)),
    )
    engine.addOperator('notBefore', (moment: Moment | null, bound: Moment) => moment !== null && moment >= bound)
    engine.addOperator('before', (moment: Moment | null, bound: Moment) => moment !== null && moment < bound)
    engine.addOperator('notAfter', (moment: Moment | null, bound: Moment) => moment !== null && moment <= bound)
    engine.addRule({ conditions: { all: [nestedOf(rule, form)] } as TopLevelCondition, event: { type: 'chosen' } })
    return { later: async (customer) => (await engine.run(customer)).events.length > 0 }
  },
}

function nestedOf(rule: PlainRule, form: MomentForm): unknown {
  if ('all' in rule) return { all: rule.all.map((part) => nestedOf(part, form)) }
  if ('any' in rule) return { any: rule.any.map((part) => nestedOf(part, form)) }
  if ('not' in rule) return { not: nestedOf(rule.not, form) }
  return conditionOf(rule, form)
}

function conditionOf(condition: PlainCondition, form: MomentForm): unknown {
  const of = (operator: string, value: unknown) => ({ fact: condition.field, operator, value })
  switch (condition.is) {
    case 'equal':
      return of('equal', condition.to)
    case 'not equal':
      return of('notEqual', condition.to)
    case 'at least':
      return of('greaterThanInclusive', condition.than)
    case 'above':
      return of('greaterThan', condition.than)
    case 'at most':
      return of('lessThanInclusive', condition.than)
    case 'below':
      return of('lessThan', condition.than)
    case 'one of':
      return of('in', condition.of)
    case 'tagged':
      return of('taggedAny', condition.of)
    case 'within last days':
      return {
        all: [of('notBefore', form(nowMs - condition.days * dayMs)), of('notAfter', form(nowMs))],
      }
    case 'before last days':
      return of('before', form(nowMs - condition.days * dayMs))
  }
}

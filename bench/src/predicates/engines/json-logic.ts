import { LogicEngine } from 'json-logic-engine'
import { dayMs, type MomentForm, nowMs } from '../customers/records.ts'
import type { PlainCondition, PlainRule } from '../rules/plain-rule.ts'
import type { Ask, Engine } from './engine.ts'

/** json-logic-engine, compiled to generated code. It cannot compare a `Date`, so it gets milliseconds in its place. */
export const jsonLogic: Engine = {
  name: 'json-logic-engine',
  form: (instantMs) => instantMs,
  prepare: (rule, form) => new LogicEngine().build(jsonLogicOf(rule, form)) as Ask,
}

function jsonLogicOf(rule: PlainRule, form: MomentForm): unknown {
  if ('all' in rule) return { and: rule.all.map((part) => jsonLogicOf(part, form)) }
  if ('any' in rule) return { or: rule.any.map((part) => jsonLogicOf(part, form)) }
  if ('not' in rule) return { '!': [jsonLogicOf(rule.not, form)] }
  return conditionOf(rule, form)
}

function conditionOf(condition: PlainCondition, form: MomentForm): unknown {
  const value = { var: condition.field }
  switch (condition.is) {
    case 'equal':
      return { '===': [value, condition.to] }
    case 'not equal':
      return { '!==': [value, condition.to] }
    case 'at least':
      return { '>=': [value, condition.than] }
    case 'above':
      return { '>': [value, condition.than] }
    case 'at most':
      return { '<=': [value, condition.than] }
    case 'below':
      return { '<': [value, condition.than] }
    case 'one of':
      return { in: [value, condition.of] }
    case 'tagged':
      return { some: [value, { in: [{ var: '' }, condition.of] }] }
    case 'within last days':
      return { '<=': [form(nowMs - condition.days * dayMs), value, form(nowMs)] }
    case 'before last days':
      return { and: [{ '!==': [value, null] }, { '<': [value, form(nowMs - condition.days * dayMs)] }] }
  }
}

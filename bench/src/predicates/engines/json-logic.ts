import { LogicEngine } from 'json-logic-engine'
import { dayMs, type Moment, type MomentForm, nowMs } from '../customers/records.ts'
import type { PlainCondition, PlainRule } from '../rules/plain-rule.ts'
import type { Ask, Engine } from './engine.ts'

/** json-logic-engine, compiled to generated code. It cannot compare a `Date`, so it gets milliseconds in its place. */
export const jsonLogic: Engine = {
  name: 'json-logic-engine',
  form: (instantMs) => instantMs,
  prepare: (rule, form) => new LogicEngine().build(jsonLogicOf(rule, { ...asTheyStand, form })) as Ask,
}

/** The same with the meaning of segment-core: texts folded, instants read. Such steps it calls as functions. */
export const jsonLogicFolded: Engine = {
  name: 'json-logic-engine, same meaning',
  prepare: (rule) => {
    const engine = new LogicEngine()
    engine.addMethod('folded', ([text]: readonly unknown[]) => (typeof text === 'string' ? fold(text) : ''), {
      deterministic: true,
    })
    engine.addMethod('milliseconds', readMoment, { deterministic: true })
    engine.addMethod('isWithin', isWithin, { deterministic: true })
    const wording: Wording = {
      text: (value) => ({ folded: value }),
      wanted: (text) => (typeof text === 'string' ? fold(text) : text),
      moment: (value) => ({ milliseconds: value }),
      // Its own chained comparison fails around a function.
      within: (value, low, high) => ({ isWithin: [value, low, high] }),
      form: (instantMs) => instantMs,
    }
    return engine.build(jsonLogicOf(rule, wording)) as Ask
  },
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** Never within any range where there is no moment. */
function readMoment([moment]: readonly unknown[]): number {
  if (typeof moment === 'string') return Date.parse(moment)
  return moment instanceof Date ? moment.getTime() : Number.NEGATIVE_INFINITY
}

function isWithin([moment, low, high]: readonly [unknown, number, number]): boolean {
  const instantMs = readMoment([moment])
  return instantMs >= low && instantMs <= high
}

/** How values and what they are compared with are written. */
interface Wording {
  readonly text: (value: unknown) => unknown
  readonly wanted: (value: string | boolean) => string | boolean
  readonly moment: (value: unknown) => unknown
  readonly within: (value: unknown, low: Moment, high: Moment) => unknown
  readonly form: MomentForm
}

const asTheyStand: Omit<Wording, 'form'> = {
  text: (value) => value,
  wanted: (value) => value,
  moment: (value) => value,
  within: (value, low, high) => ({ '<=': [low, value, high] }),
}

function jsonLogicOf(rule: PlainRule, wording: Wording): unknown {
  if ('all' in rule) return { and: rule.all.map((part) => jsonLogicOf(part, wording)) }
  if ('any' in rule) return { or: rule.any.map((part) => jsonLogicOf(part, wording)) }
  if ('not' in rule) return { '!': [jsonLogicOf(rule.not, wording)] }
  return conditionOf(rule, wording)
}

function conditionOf(condition: PlainCondition, { text, wanted, moment, within, form }: Wording): unknown {
  const value = { var: condition.field }
  switch (condition.is) {
    case 'equal':
      return { '===': [typeof condition.to === 'string' ? text(value) : value, wanted(condition.to)] }
    case 'not equal':
      return { '!==': [typeof condition.to === 'string' ? text(value) : value, wanted(condition.to)] }
    case 'at least':
      return { '>=': [value, condition.than] }
    case 'above':
      return { '>': [value, condition.than] }
    case 'at most':
      return { '<=': [value, condition.than] }
    case 'below':
      return { '<': [value, condition.than] }
    case 'one of':
      // An enum is compared exactly by both.
      return condition.field === 'gender'
        ? { in: [value, condition.of] }
        : { in: [text(value), condition.of.map(wanted)] }
    case 'tagged':
      return { some: [value, { in: [text({ var: '' }), condition.of.map(wanted)] }] }
    case 'within last days':
      return within(value, form(nowMs - condition.days * dayMs), form(nowMs))
    case 'before last days':
      return { and: [{ '!==': [value, null] }, { '<': [moment(value), form(nowMs - condition.days * dayMs)] }] }
  }
}

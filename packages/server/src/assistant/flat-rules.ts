import type { AggregateCondition, FieldCondition, Rule } from '@muster/segment-core'
import { type DayClock, dayAgo, dayOf, neighbour, periodDays } from './flat-days.ts'

/** One row of the rule builder. */
export interface FlatCondition {
  readonly field: 'totalSpending' | 'visitCount' | 'lastVisit' | 'email'
  readonly operator: '>' | '>=' | '<' | '<=' | '=' | 'before' | 'after' | 'contains'
  readonly value: string | number
}

/** What the rule builder can show: rows and the words between them; "and" binds tighter than "or". */
export interface FlatRules {
  readonly logic: 'AND' | 'OR'
  readonly conditions: readonly FlatCondition[]
  readonly connectors?: readonly ('AND' | 'OR')[]
}

/** Rules for the builder, and what they say less exactly than the rule, in sentences. */
export interface FlatAnswer {
  readonly rules: FlatRules
  readonly remarks: readonly string[]
}

/** As many rows as the builder's rules may have. */
const mostConditions = 50

/** Rows joined by "and", within rows joined by "or". */
type Alternatives = readonly (readonly FlatCondition[])[]

/** Says a rule in rows of the builder; null when rows cannot say all of it. Never a part of the meaning. */
export function flatRules(rule: Rule, clock: DayClock): FlatAnswer | null {
  const remarks = new Set<string>()
  const alternatives = alternativesOf(rule, false, { clock, remarks })
  if (alternatives === null || alternatives.length === 0) return null
  const conditions = alternatives.flat()
  if (conditions.length > mostConditions || alternatives.some((rows) => rows.length === 0)) return null
  const connectors = alternatives.flatMap((rows, at) => [
    ...rows.slice(1).map(() => 'AND' as const),
    ...(at < alternatives.length - 1 ? (['OR'] as const) : []),
  ])
  const logic = connectors[0] ?? 'AND'
  const rules: FlatRules = conditions.length === 1 ? { logic, conditions } : { logic, conditions, connectors }
  return { rules, remarks: [...remarks] }
}

interface Flattening {
  readonly clock: DayClock
  readonly remarks: Set<string>
}

function alternativesOf(rule: Rule, isNegated: boolean, flattening: Flattening): Alternatives | null {
  if ('logic' in rule) {
    const isNone = rule.logic === 'NOT'
    const inner = rule.conditions.map((part) => alternativesOf(part, isNone !== isNegated, flattening))
    if (inner.some((part) => part === null)) return null
    const parts = inner.flatMap((part) => (part === null ? [] : [part]))
    // Not all is any not, and none is all not.
    const isAll = isNone ? !isNegated : (rule.logic === 'AND') !== isNegated
    return isAll ? parts.reduce(bothOf, [[]]) : parts.flat()
  }
  if ('field' in rule && !('aggregate' in rule)) return factOf(rule, isNegated, flattening)
  return null
}

/** Every alternative of one together with every alternative of the other, as far as the builder has rows. */
function bothOf(one: Alternatives, other: Alternatives): Alternatives {
  return one
    .slice(0, mostConditions)
    .flatMap((rows) => other.slice(0, mostConditions).map((more) => [...rows, ...more]))
}

function factOf(rule: FieldCondition, isNegated: boolean, flattening: Flattening): Alternatives | null {
  switch (rule.field) {
    case 'totalSpending':
    case 'visitCount':
      return numberRows(rule.field, rule, isNegated)
    case 'email':
      return rule.operator === 'contains' && !isNegated && typeof rule.value === 'string'
        ? [[{ field: 'email', operator: 'contains', value: rule.value }]]
        : null
    case 'lastVisit':
      return visitRows(rule, isNegated, flattening)
    default:
      return null
  }
}

type Sign = '>' | '>=' | '<' | '<=' | '='
const opposite = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' } as const

/** These figures are never missing, so the opposite comparison is the complement. */
function numberRows(
  field: 'totalSpending' | 'visitCount',
  { operator, value }: FieldCondition,
  isNegated: boolean,
): Alternatives | null {
  const row = (sign: Sign, number: number): FlatCondition => ({ field, operator: sign, value: number })
  const numbers = [value].flat().filter((number): number is number => typeof number === 'number')
  const [low, high] = numbers
  if (low === undefined) return null
  const other = (number: number) => [[row('<', number)], [row('>', number)]]
  switch (operator) {
    case '>':
    case '>=':
    case '<':
    case '<=':
      return [[row(isNegated ? opposite[operator] : operator, low)]]
    case '=':
    case '!=':
      return (operator === '=') !== isNegated ? [[row('=', low)]] : other(low)
    case 'in':
    case 'notIn':
      return (operator === 'in') !== isNegated
        ? numbers.map((number) => [row('=', number)])
        : numbers.map(other).reduce(bothOf, [[]])
    case 'between':
    case 'notBetween':
      if (high === undefined) return null
      return (operator === 'between') !== isNegated
        ? [[row('>=', low), row('<=', high)]]
        : [[row('<', low)], [row('>', high)]]
    default:
      return null
  }
}

/** Days take the place of durations and periods, and are fixed from then on. */
function visitRows(
  { operator, value }: FieldCondition,
  isNegated: boolean,
  { clock, remarks }: Flattening,
): Alternatives | null {
  const negative: FieldCondition['operator'][] = ['notWithinLast', 'notDuring', 'notBetween']
  const isOutside = negative.includes(operator) !== isNegated
  const within = daysOf(operator, value, clock)
  if (within === null) return null
  const { from, to, isMoving } = within
  const since: FlatCondition[] =
    from === null ? [] : [{ field: 'lastVisit', operator: 'after', value: neighbour(from, -1) }]
  const until: FlatCondition[] =
    to === null ? [] : [{ field: 'lastVisit', operator: 'before', value: neighbour(to, 1) }]
  if (isMoving) {
    const said = [...(from === null ? [] : [`from ${from}`]), ...(to === null ? [] : [`up to ${to}`])].join(' ')
    remarks.add(`The builder works with fixed days: visits ${said} are meant, and do not move on as time passes.`)
  }
  if (!isOutside) return [[...since, ...until]]
  remarks.add('Customers who have never visited are left out, because the builder cannot name them.')
  const before: FlatCondition[] = from === null ? [] : [{ field: 'lastVisit', operator: 'before', value: from }]
  const after: FlatCondition[] = to === null ? [] : [{ field: 'lastVisit', operator: 'after', value: to }]
  return [before, after].filter((rows) => rows.length > 0)
}

interface Days {
  readonly from: string | null
  readonly to: string | null
  readonly isMoving: boolean
}

/** The days of a condition on a date, both included; null where it is none that days can say. */
function daysOf(
  operator: FieldCondition['operator'],
  value: AggregateCondition['value'],
  clock: DayClock,
): Days | null {
  const ago = typeof value === 'object' || typeof value === 'number' ? dayAgo(value, clock) : null
  switch (operator) {
    case 'withinLast':
    case 'notWithinLast':
      return ago === null ? null : { from: ago, to: null, isMoving: true }
    case 'before':
      if (ago !== null) return { from: null, to: neighbour(ago, -1), isMoving: true }
      return dayOf(value) === null ? null : { from: null, to: neighbour(dayOf(value)!, -1), isMoving: false }
    case 'after':
      return dayOf(value) === null ? null : { from: neighbour(dayOf(value)!, 1), to: null, isMoving: false }
    case 'on':
      return dayOf(value) === null ? null : { from: dayOf(value), to: dayOf(value), isMoving: false }
    case 'between':
    case 'notBetween': {
      const [from, to] = Array.isArray(value) ? value.map(dayOf) : []
      return from == null || to == null ? null : { from, to, isMoving: false }
    }
    case 'during':
    case 'notDuring': {
      const days = periodDays(value, clock)
      return days === null ? null : { ...days, isMoving: true }
    }
    default:
      return null
  }
}

import * as fc from 'fast-check'
import type { Catalog, Entity, Field } from '../../src/language/catalog.ts'
import { allOperators, fieldTypesOf, type OperandShape, operatorsOf } from '../../src/language/operator-table.ts'
import type { Aggregate, Operator, Rule, Value } from '../../src/language/rule.ts'
import { writeDay, writeInstant } from '../../src/time/calendar-day.ts'
import { amounts, moments, ruleNumbers, tagTexts, texts } from './pools.ts'

/** Rules over a catalog: every operator, every type, nested groups and aggregates, values at the edges. */
export function arbitraryRule(catalog: Catalog, deepest = 4): fc.Arbitrary<Rule> {
  return node(catalog, catalog.entities[catalog.root]!, deepest, true)
}

function node(catalog: Catalog, entity: Entity, deepest: number, isOverRoot: boolean): fc.Arbitrary<Rule> {
  const choices: fc.WeightedArbitrary<Rule>[] = [{ weight: 6, arbitrary: condition(entity) }]
  if (isOverRoot) choices.push({ weight: 1, arbitrary: fc.constant({ everyone: true }) })
  if (deepest > 1) {
    const inner = fc.constant(null).chain(() => node(catalog, entity, deepest - 1, isOverRoot))
    choices.push({
      weight: 3,
      arbitrary: fc.record({
        logic: fc.constantFrom('AND', 'OR', 'NOT'),
        conditions: fc.array(inner, { minLength: 1, maxLength: 3 }),
      }),
    })
    for (const [name, relation] of Object.entries(entity.relations ?? {})) {
      const related = catalog.entities[relation.entity]!
      choices.push({ weight: 2, arbitrary: figure(catalog, name, related, deepest) })
      if (deepest > 2) choices.push({ weight: 1, arbitrary: figuresOverTheSame(catalog, name, related, deepest - 1) })
    }
  }
  return fc.oneof(...choices)
}

function condition(entity: Entity): fc.Arbitrary<Rule> {
  return fc
    .constantFrom(...Object.entries(entity.fields))
    .chain(([name, field]) => comparison(field).map((compared) => ({ field: name, ...compared })))
}

/** Figures joined by AND over related records that all fulfil one condition, and some of them others too. */
function figuresOverTheSame(catalog: Catalog, of: string, related: Entity, deepest: number): fc.Arbitrary<Rule> {
  const shared = condition(related)
  const figures = fc.array(figure(catalog, of, related, deepest), { minLength: 2, maxLength: 3 })
  return fc.tuple(shared, figures).map(([common, rules]) => ({
    logic: 'AND',
    conditions: rules.map((rule, index) => {
      if (!('aggregate' in rule)) return rule
      const others = index === 0 || rule.where === undefined ? [] : [rule.where]
      return { ...rule, where: { logic: 'AND', conditions: [common, ...others] } }
    }),
  }))
}

function figure(catalog: Catalog, of: string, related: Entity, deepest: number): fc.Arbitrary<Rule> {
  const where = fc.option(
    fc.constant(null).chain(() => node(catalog, related, deepest - 1, false)),
    { nil: undefined },
  )
  return fc.constantFrom(...(Object.keys(fieldTypesOf) as Aggregate[])).chain((aggregate) => {
    const withWhere = (rest: fc.Arbitrary<object>): fc.Arbitrary<Rule> =>
      fc.tuple(rest, where).map(([rule, inner]) => ({ aggregate, of, ...rule, ...(inner && { where: inner }) }) as Rule)
    if (aggregate === 'count') return withWhere(comparison(count))
    const fields = Object.entries(related.fields).filter(([, field]) => fieldTypesOf[aggregate].includes(field.type))
    if (fields.length === 0)
      return withWhere(comparison(count)).map((rule) => ({ ...rule, aggregate: 'count' }) as Rule)
    return withWhere(
      fc.constantFrom(...fields).chain(([name, field]) =>
        comparison(aggregate === 'countDistinct' ? count : field, aggregate === 'sum' || aggregate === 'avg').map(
          (compared) => ({
            field: name,
            ...compared,
          }),
        ),
      ),
    )
  })
}

const count: Field = { type: 'number', column: 'count' }

function comparison(field: Field, isFigure = false): fc.Arbitrary<{ operator: Operator; value?: Value }> {
  const row = operatorsOf[field.type]
  const operators = allOperators.filter((operator) => row[operator] !== undefined)
  return fc.constantFrom(...operators).chain((operator) => {
    const shape = row[operator]!
    if (shape === 'nothing') return fc.constant({ operator })
    return value(shape, field, isFigure).map((given) => ({ operator, value: given }))
  })
}

function value(shape: Exclude<OperandShape, 'nothing'>, field: Field, isFigure: boolean): fc.Arbitrary<Value> {
  const number = numberFor(field, isFigure)
  const text = fc.constantFrom(...(field.type === 'tags' ? tagTexts : texts))
  switch (shape) {
    case 'number':
      return number
    case 'numberList':
      return fc.array(number, { minLength: 1, maxLength: 4 })
    case 'numberRange':
      return fc.tuple(number, number).map(([one, other]) => [Math.min(one, other), Math.max(one, other)])
    case 'text':
      return text
    case 'textPiece':
      return fc.oneof(
        text.filter((one) => one !== ''),
        fc.constantFrom('a', 'mum', 'b', 'i', '%', 's', 'e', '\u0301'),
      )
    case 'textList':
      return fc.oneof(
        { weight: 9, arbitrary: fc.array(text, { minLength: 1, maxLength: 4 }) },
        {
          weight: 1,
          arbitrary: fc
            .array(text, { minLength: 1, maxLength: 2 })
            .map((some) => [...some, ...Array.from({ length: 300 }, (_, index) => `n${index}`)]),
        },
      )
    case 'word':
      return fc.constantFrom(...enumValues(field))
    case 'wordList':
      return fc.array(fc.constantFrom(...enumValues(field)), { minLength: 1, maxLength: 3 })
    case 'truth':
      return fc.boolean()
    case 'day':
      return day
    case 'dateRange':
      return isDayOnly(field) ? ordered(day) : fc.oneof(ordered(day), orderedInstants)
    case 'moment':
      return isDayOnly(field) ? fc.oneof(day, duration(true)) : fc.oneof(day, instant, duration(false))
    case 'duration':
      return duration(isDayOnly(field))
    case 'period':
      return period('day', 'week', 'month', 'quarter', 'year')
    case 'daysAhead':
      return fc.record({ days: fc.oneof(fc.constantFrom(0, 1, 7, 30, 365, 366), fc.nat(366)) })
    case 'monthOrPeriod':
      return fc.oneof(fc.record({ month: fc.integer({ min: 1, max: 12 }) }), period('week', 'month'))
  }
}

function numberFor(field: Field, isFigure: boolean): fc.Arbitrary<number> {
  if (field.type === 'money') return fc.constantFrom(...amounts)
  return isFigure
    ? fc.constantFrom(...ruleNumbers)
    : fc.oneof(fc.constantFrom(...ruleNumbers), fc.integer({ min: -1, max: 4 }))
}

function enumValues(field: Field): readonly string[] {
  return field.type === 'enum' ? field.values : []
}

function isDayOnly(field: Field): boolean {
  return field.type === 'date' && field.dayOnly === true
}

const dayMs = 86_400_000
const daysAround = moments.map((ms) => Math.floor(ms / dayMs))

const day = fc
  .tuple(fc.constantFrom(...daysAround), fc.constantFrom(0, 0, 1, -1, 2, -7, 30, -365))
  .map(([base, shift]) => writeDay(base + shift))

const instantMs = fc
  .tuple(fc.constantFrom(...moments), fc.constantFrom(0, 0, 1, -1, 1000, -dayMs, dayMs, -30 * dayMs))
  .map(([base, shift]) => base + shift)

const instant = fc.tuple(instantMs, fc.constantFrom(0, 330, -570, 60)).map(([ms, offset]) => withOffset(ms, offset))

function withOffset(ms: number, minutes: number): string {
  if (minutes === 0) return writeInstant(ms)
  const size = Math.abs(minutes)
  const zone = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
  return writeInstant(ms + minutes * 60_000).replace('Z', zone)
}

function ordered(dates: fc.Arbitrary<string>): fc.Arbitrary<Value> {
  return fc.tuple(dates, dates).map(([one, other]) => (one <= other ? [one, other] : [other, one]))
}

const orderedInstants: fc.Arbitrary<Value> = fc
  .tuple(instantMs, instantMs)
  .map(([one, other]) => [writeInstant(Math.min(one, other)), withOffset(Math.max(one, other), 330)])

function duration(isDayOnly: boolean): fc.Arbitrary<Value> {
  const few = fc.oneof(fc.constantFrom(1, 2, 3, 7, 12, 30, 90), fc.integer({ min: 1, max: 100 }))
  const units = [
    fc.record({ days: fc.oneof(few, fc.constant(36_525)) }),
    fc.record({ weeks: few }),
    fc.record({ months: few }),
    fc.record({ years: few }),
    few,
  ]
  return isDayOnly ? fc.oneof(...units) : fc.oneof(...units, fc.record({ hours: few }))
}

function period(...periods: readonly ('day' | 'week' | 'month' | 'quarter' | 'year')[]): fc.Arbitrary<Value> {
  return fc.record({
    period: fc.constantFrom(...periods),
    offset: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-100, 100)),
  })
}

import type { Catalog } from '../language/catalog.ts'
import { groupBy } from '../language/group-by.ts'
import { type KnownEntity, type KnownField, knownCatalog } from '../language/known-catalog.ts'
import { defaultLimits } from '../language/limits.ts'
import { fieldTypesOf, type OperandShape, operatorsOf } from '../language/operator-table.ts'
import type { Aggregate, Operator } from '../language/rule.ts'
import { type ValueType, wholeNumber } from '../language/value-type.ts'

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/**
 * The JSON Schema (draft 2020-12) of the rules over a catalog, for editors, for request validation and for the
 * structured output of a language model. Every valid rule is valid under it; `checkRule` has the last word.
 */
export function ruleJsonSchema(catalog: Catalog): JsonSchema {
  const { root } = knownCatalog(catalog)
  const definitions: Record<string, JsonSchema> = { rule: ruleOver(root, 'rule', true) }
  const reachable = new Map<string, KnownEntity>()
  collectRelated(root, reachable)
  for (const [name, entity] of reachable) {
    definitions[whereName(name)] = ruleOver(entity, whereName(name), false)
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Who is chosen among ${root.entity.label.many}`,
    $ref: '#/$defs/rule',
    $defs: { ...definitions, ...shapes },
  }
}

function whereName(entity: string): string {
  return `where_${entity}`
}

function collectRelated(entity: KnownEntity, found: Map<string, KnownEntity>): void {
  for (const { target } of entity.relations.values()) {
    if (found.has(target.name)) continue
    found.set(target.name, target)
    collectRelated(target, found)
  }
}

function ruleOver(entity: KnownEntity, name: string, isOverRoot: boolean): JsonSchema {
  const own = { $ref: `#/$defs/${name}` }
  return {
    description: `A rule over ${entity.entity.label.many}`,
    anyOf: [
      closed({
        logic: { enum: ['AND', 'OR', 'NOT'], description: 'All, any or none of the conditions hold' },
        conditions: { type: 'array', items: own, minItems: 1, maxItems: defaultLimits.nodes },
      }),
      ...[...entity.fields.values()].flatMap(fieldConditions),
      ...[...entity.relations].flatMap(([of, { target }]) => figureConditions(of, target)),
      ...(isOverRoot
        ? [
            closed({ segment: { type: 'string', description: 'The id of a saved segment' } }),
            closed({ everyone: { const: true, description: 'Everybody, said on purpose' } }),
          ]
        : []),
    ],
  }
}

function fieldConditions({ name, label, field, valueType }: KnownField): JsonSchema[] {
  const subject = { field: { const: name, description: [label, ...(field.synonyms ?? [])].join(', ') } }
  return comparisons(valueType, subject, {})
}

function figureConditions(of: string, related: KnownEntity): JsonSchema[] {
  const where = { where: { $ref: `#/$defs/${whereName(related.name)}` } }
  const aggregates = Object.keys(fieldTypesOf) as Aggregate[]
  return aggregates.flatMap((aggregate) => {
    const subject = { aggregate: { const: aggregate }, of: { const: of } }
    if (aggregate === 'count') return comparisons(wholeNumber, subject, where)
    const fields = [...related.fields.values()].filter(({ valueType }) =>
      fieldTypesOf[aggregate].includes(valueType.type),
    )
    return fields.flatMap(({ name, valueType }) =>
      comparisons(
        aggregate === 'countDistinct' ? wholeNumber : valueType,
        { ...subject, field: { const: name } },
        where,
      ),
    )
  })
}

type Properties = Readonly<Record<string, JsonSchema>>

/** One object for all operators that take a value of the same shape. */
function comparisons(valueType: ValueType, subject: Properties, optional: Properties): JsonSchema[] {
  const row = Object.entries(operatorsOf[valueType.type]) as [Operator, OperandShape][]
  return [...groupBy(row, ([, shape]) => shape)].map(([shape, operators]) => {
    const operator = { enum: operators.map(([name]) => name) }
    const value = shape === 'nothing' ? {} : { value: valueSchema(shape, valueType) }
    return closed({ ...subject, operator, ...value }, optional)
  })
}

function closed(properties: Properties, optional: Properties = {}): JsonSchema {
  return {
    type: 'object',
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` })
const listOf = (items: JsonSchema): JsonSchema => ({
  type: 'array',
  items,
  minItems: 1,
  maxItems: defaultLimits.listLength,
})
const pairOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items, minItems: 2, maxItems: 2 })

function valueSchema(shape: OperandShape, valueType: ValueType): JsonSchema {
  const isDayOnly = valueType.type === 'date' && valueType.dayOnly
  const number: JsonSchema = { type: 'number' }
  const word: JsonSchema = { enum: valueType.type === 'enum' ? valueType.values : [] }
  switch (shape) {
    case 'number':
      return number
    case 'numberList':
      return listOf(number)
    case 'numberRange':
      return pairOf(number)
    case 'text':
      return ref('text')
    case 'textPiece':
      return ref('textPiece')
    case 'textList':
      return listOf(ref('text'))
    case 'word':
      return word
    case 'wordList':
      return listOf(word)
    case 'truth':
      return { type: 'boolean' }
    case 'day':
      return ref('day')
    case 'dateRange':
      return isDayOnly ? pairOf(ref('day')) : { anyOf: [pairOf(ref('day')), pairOf(ref('instant'))] }
    case 'moment':
      return { anyOf: [ref('day'), ...(isDayOnly ? [] : [ref('instant')]), durationFor(isDayOnly)] }
    case 'duration':
      return durationFor(isDayOnly)
    case 'period':
      return ref('period')
    case 'daysAhead':
      return closed({ days: { type: 'integer', minimum: 0, maximum: 366 } })
    case 'monthOrPeriod':
      return { anyOf: [closed({ month: { type: 'integer', minimum: 1, maximum: 12 } }), ref('weekOrMonth')] }
    case 'nothing':
      return {}
  }
}

function durationFor(isDayOnly: boolean): JsonSchema {
  return isDayOnly ? ref('durationOfDays') : ref('duration')
}

const count = (maximum: number): JsonSchema => ({ type: 'integer', minimum: 1, maximum })
const days = [
  closed({ days: count(36_525) }),
  closed({ weeks: count(5_217) }),
  closed({ months: count(1_200) }),
  closed({ years: count(100) }),
  { ...count(36_525), description: 'So many days' },
]
const offset: JsonSchema = {
  type: 'integer',
  minimum: -36_525,
  maximum: 36_525,
  description: '-1 the last, 0 this, 1 the next',
}

/** Shapes of values that many conditions share. */
const shapes: Readonly<Record<string, JsonSchema>> = {
  textPiece: { type: 'string', minLength: 1, maxLength: defaultLimits.textLength },
  text: { type: 'string', maxLength: defaultLimits.textLength },
  day: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'A day: 2026-01-31' },
  instant: {
    type: 'string',
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?(Z|[+-][0-9]{2}:[0-9]{2})$',
    description: 'An instant with offset: 2026-01-31T10:00:00Z',
  },
  duration: { description: 'That long', anyOf: [closed({ hours: count(876_600) }), ...days] },
  durationOfDays: { description: 'That long', anyOf: days },
  period: closed({ period: { enum: ['day', 'week', 'month', 'quarter', 'year'] }, offset }),
  weekOrMonth: closed({ period: { enum: ['week', 'month'] }, offset }),
}

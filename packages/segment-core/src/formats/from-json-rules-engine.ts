import type { CheckedRule, CheckOptions } from '../checking/check-rule.ts'
import { below, type Place, shown } from '../checking/faults.ts'
import { plainObject } from '../checking/plain-object.ts'
import type { Catalog } from '../language/catalog.ts'
import { type KnownField, knownCatalog } from '../language/known-catalog.ts'
import { ownOperator } from './json-rules-engine-operators.ts'
import { type Translating, translated } from './translated.ts'

/**
 * Reads the conditions of json-rules-engine: `all`, `any`, `not`, and facts that are fields of the catalog's root.
 * Answers as `checkRule` does, with paths into the conditions. `path`, `params`, named conditions and values that are
 * facts are issues.
 */
export function fromJsonRulesEngine(conditions: unknown, catalog: Catalog, options: CheckOptions = {}): CheckedRule {
  const { fields } = knownCatalog(catalog).root
  return translated(catalog, options, (translating) =>
    readNode(conditions, { path: '', segment: undefined }, '', 1, { fields, translating }),
  )
}

interface Context {
  readonly fields: ReadonlyMap<string, KnownField>
  readonly translating: Translating
}

type JsonObject = Readonly<Record<string, unknown>>

const logics = { all: 'AND', any: 'OR', not: 'NOT' } as const

function readNode(json: unknown, at: Place, written: string, depth: number, context: Context): unknown {
  const { faults, from, isTooMuch } = context.translating
  if (isTooMuch(depth, at)) return undefined
  const node = plainObject(json)
  if (node === undefined) {
    faults.add('BAD_SHAPE', at, `A condition is needed here, not ${shown(json)}`)
    return undefined
  }
  const kinds = (Object.keys(logics) as (keyof typeof logics)[]).filter((kind) => Object.hasOwn(node, kind))
  if (kinds.length === 0) return from(written, at, readFact(node, at, context))
  const [kind] = kinds as [keyof typeof logics]
  checkKeys(node, [kind, 'name', 'priority'], at, context)
  return from(written, at, readGroup(kind, node[kind], below(at, kind), written, depth, context))
}

function readGroup(
  kind: keyof typeof logics,
  json: unknown,
  at: Place,
  written: string,
  depth: number,
  context: Context,
): unknown {
  const { faults } = context.translating
  if (kind === 'not') {
    return { logic: 'NOT', conditions: [readNode(json, at, `${written}/conditions/0`, depth + 1, context)] }
  }
  if (!Array.isArray(json)) {
    faults.add('BAD_SHAPE', at, `A list of conditions is needed here, not ${shown(json)}`)
    return undefined
  }
  if (json.length === 0) {
    faults.add('EMPTY_CONDITIONS', at, 'The group has no conditions; it never means everybody')
    return undefined
  }
  if (json.length > mostConditions) {
    faults.add('TOO_MANY_NODES', at, `The group has more than ${mostConditions} conditions`)
    return undefined
  }
  const conditions = json.map((part, index) =>
    readNode(part, below(at, index), `${written}/conditions/${index}`, depth + 1, context),
  )
  return { logic: logics[kind], conditions }
}

const mostConditions = 1_000

function checkKeys(node: JsonObject, known: readonly string[], at: Place, { translating }: Context): void {
  for (const key of Object.keys(node)) {
    if (translating.faults.isFull()) return
    if (known.includes(key)) continue
    const code = ['path', 'params', 'condition'].includes(key) ? 'UNSUPPORTED' : 'UNKNOWN_KEY'
    translating.faults.add(code, below(at, key), `${shown(key)} cannot be read here`)
  }
}

function readFact(node: JsonObject, at: Place, context: Context): unknown {
  const { faults } = context.translating
  checkKeys(node, ['fact', 'operator', 'value', 'name', 'priority'], at, context)
  const { fact, operator, value } = node
  if (operator === ownOperator) return value
  if (Object.hasOwn(plainObject(value) ?? {}, 'fact')) {
    faults.add('UNSUPPORTED', below(at, 'value'), 'Values alone can be compared with, not other facts')
    return undefined
  }
  const field = typeof fact === 'string' ? context.fields.get(fact) : undefined
  if (field === undefined) {
    const misspelt = typeof fact === 'string' ? { given: fact, known: context.fields.keys() } : undefined
    faults.add('UNKNOWN_FIELD', below(at, 'fact'), `There is no field ${shown(fact)}`, misspelt)
    return undefined
  }
  return readOperator(field, operator, value, at, context)
}

const operators: Readonly<Record<string, string>> = {
  equal: '=',
  notEqual: '!=',
  lessThan: '<',
  lessThanInclusive: '<=',
  greaterThan: '>',
  greaterThanInclusive: '>=',
  in: 'in',
  notIn: 'notIn',
  contains: 'contains',
  doesNotContain: 'notContains',
}

function readOperator(
  field: KnownField,
  operator: unknown,
  value: unknown,
  at: Place,
  { translating }: Context,
): unknown {
  const isTags = field.valueType.type === 'tags'
  if (isTags && operator === 'contains') return { field: field.name, operator: 'hasAny', value: [value] }
  if (isTags && operator === 'doesNotContain') return { field: field.name, operator: 'hasNone', value: [value] }
  const known = typeof operator === 'string' && Object.hasOwn(operators, operator) ? operators[operator] : undefined
  if (known !== undefined) return { field: field.name, operator: known, value }
  const misspelt = typeof operator === 'string' ? { given: operator, known: Object.keys(operators) } : undefined
  translating.faults.add('UNKNOWN_OPERATOR', below(at, 'operator'), `${shown(operator)} is not an operator`, misspelt)
  return undefined
}

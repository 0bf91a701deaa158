import type { KnownCatalog, KnownEntity, KnownField, KnownRelation } from '../language/known-catalog.ts'
import type { RuleLimits } from '../language/limits.ts'
import { allOperators, complementOf, fieldTypesOf, isNegative, operatorsOf } from '../language/operator-table.ts'
import type { Aggregate, Operator } from '../language/rule.ts'
import type { Comparison, Tree, TreeGroup } from '../language/tree.ts'
import { type ValueType, wholeNumber } from '../language/value-type.ts'
import { below, type Faults, type Place, shown } from './faults.ts'
import { plainObject, readOperand } from './read-operand.ts'

/** Where the rules of saved segments are found: by id, `undefined` for an unknown one. */
export type Segments = ReadonlyMap<string, unknown> | ((id: string) => unknown)

/** What reading depends on, and what it counts. */
export interface Reading {
  readonly catalog: KnownCatalog
  readonly limits: RuleLimits
  readonly faults: Faults
  readonly segments: Segments | undefined
  /** Rule objects met so far, those of segments included. */
  nodes: number
}

/** Where in a rule a node stands. */
interface Standing {
  readonly entity: KnownEntity
  readonly depth: number
  readonly at: Place
  /** Segments that are being put in place, the outermost first. */
  readonly within: readonly string[]
  /** The node asks about related records, of which nobody can be a segment's member. */
  readonly isInWhere: boolean
}

/** Reads a rule over the root entity, noting every fault. `undefined` exactly when there is one. */
export function readRule(json: unknown, reading: Reading): Tree | undefined {
  const at = { path: '', segment: undefined }
  return readNode(json, { entity: reading.catalog.root, depth: 1, at, within: [], isInWhere: false }, reading)
}

type JsonObject = Readonly<Record<string, unknown>>

const kinds = ['logic', 'aggregate', 'field', 'segment', 'everyone'] as const

/** The depth is checked before a node is entered, so no rule can exhaust the stack. */
function readNode(json: unknown, standing: Standing, reading: Reading): Tree | undefined {
  const { at, depth } = standing
  const { faults, limits } = reading
  if (reading.nodes > limits.nodes || faults.isFull()) return undefined
  reading.nodes += 1
  if (reading.nodes > limits.nodes) {
    faults.add('TOO_MANY_NODES', at, `The rule has more than ${limits.nodes} conditions and groups`)
    return undefined
  }
  if (depth > limits.depth) {
    faults.add('TOO_DEEP', at, `Groups are nested more than ${limits.depth} deep`)
    return undefined
  }
  const node = plainObject(json)
  if (node === undefined) {
    faults.add('BAD_SHAPE', at, `A condition or group is needed here, not ${shown(json)}`)
    return undefined
  }
  return readKind(node, standing, reading)
}

function readKind(node: JsonObject, standing: Standing, reading: Reading): Tree | undefined {
  const present = kinds.filter((kind) => has(node, kind) || (kind === 'logic' && has(node, 'conditions')))
  // An aggregate has a field of its own.
  const named = present.filter((kind) => kind !== 'field' || !present.includes('aggregate'))
  switch (named.length === 1 ? named[0] : undefined) {
    case 'logic':
      return readGroup(node, standing, reading)
    case 'field':
      return readFact(node, standing, reading)
    case 'aggregate':
      return readFigure(node, standing, reading)
    case 'segment':
      return readSegment(node, standing, reading)
    case 'everyone':
      return readEveryone(node, standing, reading)
    default:
      reading.faults.add('BAD_SHAPE', standing.at, shapeMessage(named))
      checkKeys(node, [...kinds, 'conditions', 'of', 'where', 'operator', 'value'], standing, reading)
      return undefined
  }
}

function shapeMessage(named: readonly string[]): string {
  if (named.length > 1) return `${named.map((key) => `"${key}"`).join(' and ')} cannot stand in one object`
  return 'A rule has either "logic" and "conditions", or "field", "aggregate", "segment" or "everyone"'
}

function readGroup(node: JsonObject, standing: Standing, reading: Reading): TreeGroup | undefined {
  const { at } = standing
  const { faults } = reading
  const areKeysFine = checkKeys(node, ['logic', 'conditions'], standing, reading)
  const kind = readLogic(node, standing, reading)
  const conditions = node['conditions']
  if (!Array.isArray(conditions)) {
    faults.add('BAD_SHAPE', below(at, 'conditions'), `"conditions" must be a list of rules, not ${shown(conditions)}`)
    return undefined
  }
  if (conditions.length === 0) {
    faults.add('EMPTY_CONDITIONS', below(at, 'conditions'), 'The group has no conditions; it never means everybody')
    return undefined
  }
  const parts: Tree[] = []
  const inside = below(at, 'conditions')
  for (let index = 0; index < conditions.length; index += 1) {
    if (reading.nodes > reading.limits.nodes || faults.isFull()) return undefined
    const deeper = { ...standing, at: below(inside, index), depth: standing.depth + 1 }
    const part = readNode(conditions[index], deeper, reading)
    if (part !== undefined) parts.push(part)
  }
  const isWhole = kind !== undefined && areKeysFine && parts.length === conditions.length
  return isWhole ? { kind, parts, path: at.path } : undefined
}

function readLogic(node: JsonObject, { at }: Standing, { faults }: Reading): TreeGroup['kind'] | undefined {
  const logic = node['logic']
  if (logic === 'AND') return 'all'
  if (logic === 'OR') return 'any'
  if (logic === 'NOT') return 'none'
  const misspelt = typeof logic === 'string' ? { given: logic, known: ['AND', 'OR', 'NOT'] } : undefined
  faults.add('UNKNOWN_LOGIC', below(at, 'logic'), `"logic" is AND, OR or NOT, not ${shown(logic)}`, misspelt)
  return undefined
}

function readFact(node: JsonObject, standing: Standing, reading: Reading): Tree | undefined {
  const areKeysFine = checkKeys(node, ['field', 'operator', 'value'], standing, reading)
  const field = readField(node, standing.entity, standing, reading)
  if (field === undefined) {
    checkOperatorName(node, standing, reading)
    return undefined
  }
  const comparison = readComparison(node, field.valueType, field.label, standing, reading)
  return comparison && areKeysFine ? { kind: 'fact', field, ...comparison } : undefined
}

function readField(
  node: JsonObject,
  entity: KnownEntity,
  { at }: Standing,
  { faults }: Reading,
): KnownField | undefined {
  const name = node['field']
  if (typeof name !== 'string') {
    faults.add('BAD_SHAPE', below(at, 'field'), `"field" must be the name of a field, not ${shown(name)}`)
    return undefined
  }
  const field = entity.fields.get(name)
  if (field !== undefined) return field
  const misspelt = { given: name, known: entity.fields.keys() }
  faults.add('UNKNOWN_FIELD', below(at, 'field'), `${entity.entity.label.many} have no field ${shown(name)}`, misspelt)
  return undefined
}

function readFigure(node: JsonObject, standing: Standing, reading: Reading): Tree | undefined {
  const keys = ['aggregate', 'of', 'field', 'where', 'operator', 'value']
  const areKeysFine = checkKeys(node, keys, standing, reading)
  const aggregate = readAggregate(node, standing, reading)
  const relation = readRelation(node, standing, reading)
  if (relation === undefined) {
    checkOperatorName(node, standing, reading)
    return undefined
  }
  const where = readWhere(node, relation, standing, reading)
  if (aggregate === undefined) return undefined
  const measured = readMeasured(node, aggregate, relation, standing, reading)
  if (measured === undefined) return undefined
  const label = `${aggregate} of ${relation.target.entity.label.many}`
  const comparison = readComparison(node, measured.valueType, label, standing, reading)
  if (comparison === undefined || where === 'faulty' || !areKeysFine) return undefined
  return { kind: 'figure', aggregate, relation, field: measured.field, where, ...comparison }
}

function readAggregate(node: JsonObject, { at }: Standing, { faults }: Reading): Aggregate | undefined {
  const name = node['aggregate']
  const known = Object.keys(fieldTypesOf) as Aggregate[]
  const found = known.find((aggregate) => aggregate === name)
  if (found !== undefined) return found
  const misspelt = typeof name === 'string' ? { given: name, known } : undefined
  faults.add('UNKNOWN_AGGREGATE', below(at, 'aggregate'), `${shown(name)} is not one of ${known.join(', ')}`, misspelt)
  return undefined
}

function readRelation(node: JsonObject, { at, entity }: Standing, { faults }: Reading): KnownRelation | undefined {
  const name = node['of']
  const relation = typeof name === 'string' ? entity.relations.get(name) : undefined
  if (relation !== undefined) return relation
  const misspelt = typeof name === 'string' ? { given: name, known: entity.relations.keys() } : undefined
  const message = has(node, 'of') ? `${entity.entity.label.many} have no ${shown(name)}` : '"of" is missing'
  faults.add('UNKNOWN_RELATION', below(at, 'of'), message, misspelt)
  return undefined
}

function readWhere(
  node: JsonObject,
  relation: KnownRelation,
  standing: Standing,
  reading: Reading,
): Tree | undefined | 'faulty' {
  if (!has(node, 'where')) return undefined
  const { depth, at, within } = standing
  const inside = { entity: relation.target, depth: depth + 1, at: below(at, 'where'), within, isInWhere: true }
  return readNode(node['where'], inside, reading) ?? 'faulty'
}

function readMeasured(
  node: JsonObject,
  aggregate: Aggregate,
  relation: KnownRelation,
  standing: Standing,
  reading: Reading,
): { field: KnownField | undefined; valueType: ValueType } | undefined {
  const { faults } = reading
  const at = below(standing.at, 'field')
  if (aggregate === 'count') {
    if (!has(node, 'field')) return { field: undefined, valueType: wholeNumber }
    faults.add('FIELD_NOT_FOR_AGGREGATE', at, '"count" counts records and takes no field')
    return undefined
  }
  if (!has(node, 'field')) {
    faults.add('FIELD_NOT_FOR_AGGREGATE', standing.at, `"${aggregate}" needs a "field"`)
    return undefined
  }
  const field = readField(node, relation.target, standing, reading)
  if (field === undefined) return undefined
  if (fieldTypesOf[aggregate].includes(field.valueType.type)) {
    return { field, valueType: aggregate === 'countDistinct' ? wholeNumber : field.valueType }
  }
  faults.add(
    'FIELD_NOT_FOR_AGGREGATE',
    at,
    `"${aggregate}" cannot be taken of ${field.label}, which is of type ${field.valueType.type}`,
  )
  return undefined
}

function readComparison(
  node: JsonObject,
  valueType: ValueType,
  label: string,
  standing: Standing,
  reading: Reading,
): Comparison | undefined {
  const { at } = standing
  const { faults, limits } = reading
  const operator = checkOperatorName(node, standing, reading)
  if (operator === undefined) return undefined
  const shape = operatorsOf[valueType.type][operator]
  if (shape === undefined) {
    const known = Object.keys(operatorsOf[valueType.type]).join(', ')
    const message = `"${operator}" cannot be asked of ${label}, which is of type ${valueType.type} and takes ${known}`
    faults.add('OPERATOR_NOT_FOR_TYPE', below(at, 'operator'), message)
    return undefined
  }
  const hasValue = has(node, 'value')
  if (shape === 'nothing' && hasValue) {
    faults.add('SUPERFLUOUS_VALUE', below(at, 'value'), `"${operator}" takes no value`)
    return undefined
  }
  if (shape !== 'nothing' && !hasValue) {
    faults.add('MISSING_VALUE', at, `"${operator}" needs a value`)
    return undefined
  }
  const operand = readOperand(shape, node['value'], below(at, 'value'), { valueType, limits, faults })
  if (operand === undefined) return undefined
  const negated = isNegative(operator)
  return { valueType, operator: negated ? complementOf[operator] : operator, negated, operand, path: at.path }
}

function checkOperatorName(node: JsonObject, { at }: Standing, { faults }: Reading): Operator | undefined {
  const name = node['operator']
  const found = allOperators.find((operator) => operator === name)
  if (found !== undefined) return found
  const misspelt = typeof name === 'string' ? { given: name, known: allOperators } : undefined
  const message = has(node, 'operator') ? `${shown(name)} is not an operator` : '"operator" is missing'
  faults.add('UNKNOWN_OPERATOR', below(at, 'operator'), message, misspelt)
  return undefined
}

function readEveryone(node: JsonObject, standing: Standing, reading: Reading): TreeGroup | undefined {
  const { at } = standing
  const areKeysFine = checkKeys(node, ['everyone'], standing, reading)
  const isOverRoot = checkOverRoot('everyone', standing, reading)
  if (node['everyone'] !== true) {
    reading.faults.add(
      'WRONG_VALUE_TYPE',
      below(at, 'everyone'),
      `"everyone" is true or absent, not ${shown(node['everyone'])}`,
    )
    return undefined
  }
  return areKeysFine && isOverRoot ? { kind: 'all', parts: [], path: at.path } : undefined
}

function readSegment(node: JsonObject, standing: Standing, reading: Reading): Tree | undefined {
  const { at, within } = standing
  const { faults } = reading
  const areKeysFine = checkKeys(node, ['segment'], standing, reading)
  const isOverRoot = checkOverRoot('segment', standing, reading)
  const id = node['segment']
  if (typeof id !== 'string') {
    faults.add('WRONG_VALUE_TYPE', below(at, 'segment'), `"segment" is the id of a segment, not ${shown(id)}`)
    return undefined
  }
  if (within.includes(id)) {
    faults.add(
      'SEGMENT_CYCLE',
      at,
      `The segment ${shown(id)} refers to itself, by way of ${within.map(shown).join(', ')}`,
    )
    return undefined
  }
  if (within.length >= reading.limits.depth) {
    faults.add('TOO_DEEP', at, `Segments refer to one another more than ${reading.limits.depth} deep`)
    return undefined
  }
  const json = segmentRule(id, reading.segments)
  if (json === undefined) {
    const known = typeof reading.segments === 'object' ? { given: id, known: reading.segments.keys() } : undefined
    faults.add('UNKNOWN_SEGMENT', at, `There is no segment ${shown(id)}`, known)
    return undefined
  }
  // The referenced rule takes the place of the reference, which therefore does not count itself.
  reading.nodes -= 1
  const rule = readNode(json, { ...standing, at: { path: at.path, segment: id }, within: [...within, id] }, reading)
  return rule && areKeysFine && isOverRoot ? { kind: 'segment', id, rule, path: at.path } : undefined
}

function segmentRule(id: string, segments: Segments | undefined): unknown {
  return typeof segments === 'function' ? segments(id) : segments?.get(id)
}

function checkOverRoot(what: 'segment' | 'everyone', { at, isInWhere }: Standing, reading: Reading): boolean {
  const { root } = reading.catalog
  if (!isInWhere) return true
  reading.faults.add(
    'NOT_OVER_ROOT',
    at,
    `"${what}" can be asked of ${root.entity.label.many} only, not inside a "where"`,
  )
  return false
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

function checkKeys(node: JsonObject, known: readonly string[], { at }: Standing, { faults }: Reading): boolean {
  let areFine = true
  for (const key of Object.keys(node)) {
    if (faults.isFull()) return false
    if (known.includes(key)) continue
    areFine = false
    const isForbidden = forbiddenKeys.has(key)
    const message = `${shown(key)} ${isForbidden ? 'is not allowed as a key' : 'does not belong here'}`
    faults.add(isForbidden ? 'FORBIDDEN_KEY' : 'UNKNOWN_KEY', below(at, key), message, { given: key, known })
  }
  return areFine
}

/** A key that is there with a value; `undefined`, which JSON does not have, counts as absent. */
function has(node: JsonObject, key: string): boolean {
  return Object.hasOwn(node, key) && node[key] !== undefined
}

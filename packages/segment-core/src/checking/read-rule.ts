import type { Tree, TreeGroup } from '../language/tree.ts'
import { below, shown } from './faults.ts'
import { plainObject } from './plain-object.ts'
import { checkOperatorName, readComparison, readField } from './read-comparison.ts'
import { readFigure } from './read-figure.ts'
import { readEveryone, readSegment } from './read-segment.ts'
import { checkKeys, has, type JsonObject, type Reading, type Standing } from './reading.ts'

/** Reads a rule over the root entity, noting every fault. `undefined` exactly when there is one. */
export function readRule(json: unknown, reading: Reading): Tree | undefined {
  const at = { path: '', segment: undefined }
  return readNode(json, { entity: reading.catalog.root, depth: 1, at, within: [], isInWhere: false }, reading)
}

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
      return readFigure(node, standing, reading, readNode)
    case 'segment':
      return readSegment(node, standing, reading, readNode)
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

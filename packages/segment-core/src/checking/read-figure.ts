import type { KnownField, KnownRelation } from '../language/known-catalog.ts'
import { fieldTypesOf } from '../language/operator-table.ts'
import type { Aggregate } from '../language/rule.ts'
import type { Tree } from '../language/tree.ts'
import { type ValueType, wholeNumber } from '../language/value-type.ts'
import { below, shown } from './faults.ts'
import { checkOperatorName, readComparison, readField } from './read-comparison.ts'
import { checkKeys, has, type JsonObject, type Reading, type ReadNode, type Standing } from './reading.ts'

/** Reads a condition over a figure of related records; `readNode` reads its `where`. */
export function readFigure(
  node: JsonObject,
  standing: Standing,
  reading: Reading,
  readNode: ReadNode,
): Tree | undefined {
  const keys = ['aggregate', 'of', 'field', 'where', 'operator', 'value']
  const areKeysFine = checkKeys(node, keys, standing, reading)
  const aggregate = readAggregate(node, standing, reading)
  const relation = readRelation(node, standing, reading)
  if (relation === undefined) {
    checkOperatorName(node, standing, reading)
    return undefined
  }
  const where = readWhere(node, relation, standing, reading, readNode)
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
  readNode: ReadNode,
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

import type { KnownEntity, KnownField } from '../language/known-catalog.ts'
import { allOperators, complementOf, isNegative, operatorsOf } from '../language/operator-table.ts'
import type { Operator } from '../language/rule.ts'
import type { Comparison } from '../language/tree.ts'
import type { ValueType } from '../language/value-type.ts'
import { below, shown } from './faults.ts'
import { readOperand } from './read-operand.ts'
import { has, type JsonObject, type Reading, type Standing } from './reading.ts'

/** Reads the name of a field of an entity. */
export function readField(
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

/** Reads an operator and its value, for a field or figure of a type. */
export function readComparison(
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

/** Reads the name of an operator; also where nothing else can be read, so that its fault is noted too. */
export function checkOperatorName(node: JsonObject, { at }: Standing, { faults }: Reading): Operator | undefined {
  const name = node['operator']
  const found = allOperators.find((operator) => operator === name)
  if (found !== undefined) return found
  const misspelt = typeof name === 'string' ? { given: name, known: allOperators } : undefined
  const message = has(node, 'operator') ? `${shown(name)} is not an operator` : '"operator" is missing'
  faults.add('UNKNOWN_OPERATOR', below(at, 'operator'), message, misspelt)
  return undefined
}

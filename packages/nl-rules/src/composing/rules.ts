import type { AggregateCondition, Entity, FieldCondition, Operator, Rule } from '@muster/segment-core'

/** All of the rules; flat, and a rule alone stays alone. */
export function allOf(rules: readonly Rule[]): Rule {
  return group('AND', rules)
}

/** Any of the rules; flat, and a rule alone stays alone. */
export function anyOf(rules: readonly Rule[]): Rule {
  return group('OR', rules)
}

function group(logic: 'AND' | 'OR', rules: readonly Rule[]): Rule {
  const flat = rules.flatMap((rule) => ('logic' in rule && rule.logic === logic ? rule.conditions : [rule]))
  const unique = [...new Map(flat.map((rule) => [JSON.stringify(rule), rule])).values()]
  return unique.length === 1 ? unique[0]! : { logic, conditions: unique }
}

const complements: readonly (readonly [Operator, Operator])[] = [
  ['=', '!='],
  ['in', 'notIn'],
  ['between', 'notBetween'],
  ['contains', 'notContains'],
  ['withinLast', 'notWithinLast'],
  ['during', 'notDuring'],
  ['hasAny', 'hasNone'],
  ['isSet', 'isNotSet'],
]
const complementOf = new Map(complements.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]))
const opposites: ReadonlyMap<Operator, Operator> = new Map([
  ['>', '<='],
  ['<=', '>'],
  ['<', '>='],
  ['>=', '<'],
])

/** The exact complement of a rule over the root, said as simply as the language allows. */
export function not(rule: Rule, root: Entity): Rule {
  if ('logic' in rule) {
    if (rule.logic === 'OR') return { logic: 'NOT', conditions: rule.conditions }
    if (rule.logic === 'NOT') return anyOf(rule.conditions)
    return { logic: 'NOT', conditions: [rule] }
  }
  if ('aggregate' in rule) return notFigure(rule) ?? { logic: 'NOT', conditions: [rule] }
  if ('field' in rule) return notFact(rule, root) ?? { logic: 'NOT', conditions: [rule] }
  return { logic: 'NOT', conditions: [rule] }
}

/** Where a figure is never missing, the opposite comparison is the complement. */
function notFigure(rule: AggregateCondition): Rule | null {
  if (rule.aggregate !== 'count' && rule.aggregate !== 'sum') return null
  if (rule.aggregate === 'count' && rule.operator === '>=' && rule.value === 1)
    return { ...rule, operator: '=', value: 0 }
  if (rule.aggregate === 'count' && rule.operator === '=' && rule.value === 0)
    return { ...rule, operator: '>=', value: 1 }
  const operator = complementOf.get(rule.operator) ?? opposites.get(rule.operator)
  return operator === undefined ? null : { ...rule, operator }
}

function notFact(rule: FieldCondition, root: Entity): Rule | null {
  const field = root.fields[rule.field]
  const isNumber = field?.type === 'number' || field?.type === 'money'
  if (field?.type === 'number' && field.required === true) {
    if (rule.operator === '>=' && rule.value === 1) return { ...rule, operator: '=', value: 0 }
  }
  const operator =
    complementOf.get(rule.operator) ?? (isNumber && field.required === true ? opposites.get(rule.operator) : undefined)
  return operator === undefined ? null : { ...rule, operator }
}

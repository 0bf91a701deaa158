import type { CheckedRule, CheckOptions } from '../checking/check-rule.ts'
import { below, type Place, shown } from '../checking/faults.ts'
import { plainObject } from '../checking/plain-object.ts'
import type { Catalog } from '../language/catalog.ts'
import { type KnownField, knownCatalog } from '../language/known-catalog.ts'
import { listValue, meanings, oneValue } from './query-builder-operators.ts'
import { type Translating, translated } from './translated.ts'

/**
 * Reads a React Query Builder query, with or without interleaved combinators. Answers as `checkRule` does, with paths
 * into the query. Texts that denote exactly one value of the field's type are converted; nothing else is.
 */
export function fromQueryBuilder(query: unknown, catalog: Catalog, options: CheckOptions = {}): CheckedRule {
  const { fields } = knownCatalog(catalog).root
  return translated(catalog, options, (translating) => {
    const context = { fields, translating }
    return readGroup(query, { path: '', segment: undefined }, '', 1, context)
  })
}

interface Context {
  readonly fields: ReadonlyMap<string, KnownField>
  readonly translating: Translating
}

type JsonObject = Readonly<Record<string, unknown>>

function readNode(json: unknown, at: Place, written: string, depth: number, context: Context): unknown {
  const node = plainObject(json)
  if (context.translating.isTooMuch(depth, at)) return undefined
  const isGroup = node !== undefined && Object.hasOwn(node, 'rules')
  return isGroup ? readGroup(json, at, written, depth, context) : readRow(json, at, written, context)
}

const groupKeys = ['id', 'path', 'combinator', 'not', 'rules', 'disabled', 'muted']

function readGroup(json: unknown, at: Place, written: string, depth: number, context: Context): unknown {
  const { faults, from } = context.translating
  const group = plainObject(json)
  const rules = group?.['rules']
  if (group === undefined || !Array.isArray(rules)) {
    faults.add('BAD_SHAPE', at, `A query with a list of "rules" is needed here, not ${shown(json)}`)
    return undefined
  }
  checkKeys(group, groupKeys, at, context)
  if (rules.length === 0) {
    faults.add('EMPTY_CONDITIONS', below(at, 'rules'), 'The group has no rules; it never means everybody')
    return undefined
  }
  if (rules.length > mostEntries) {
    faults.add('TOO_MANY_NODES', below(at, 'rules'), `The group has more than ${mostEntries} rules`)
    return undefined
  }
  const isNegated = readNot(group, at, context)
  // `not` puts a group around the group.
  const inner = isNegated ? `${written}/conditions/0` : written
  const isInterleaved = rules.some((rule) => typeof rule === 'string')
  const joined = isInterleaved
    ? readInterleaved(rules, at, inner, depth, context)
    : joinedBy(readCombinator(group['combinator'], below(at, 'combinator'), context), rules, at, inner, depth, context)
  return from(written, at, isNegated ? { logic: 'NOT', conditions: [from(inner, at, joined)] } : joined)
}

/** With interleaved combinators half of the entries are no rules. */
const mostEntries = 2_000

function joinedBy(
  logic: 'AND' | 'OR' | undefined,
  rules: readonly unknown[],
  at: Place,
  written: string,
  depth: number,
  context: Context,
): unknown {
  const conditions = rules.map((rule, index) =>
    readNode(rule, below(below(at, 'rules'), index), `${written}/conditions/${index}`, depth + 1, context),
  )
  return { logic, conditions }
}

/** Rule, combinator, rule …: AND binds tighter than OR. */
function readInterleaved(
  entries: readonly unknown[],
  at: Place,
  written: string,
  depth: number,
  context: Context,
): unknown {
  const { faults } = context.translating
  const inside = below(at, 'rules')
  if (entries.length % 2 === 0) {
    faults.add('BAD_SHAPE', inside, 'Rules and combinators must alternate, a rule first and last')
    return undefined
  }
  const groups: { rule: unknown; index: number }[][] = [[]]
  entries.forEach((entry, index) => {
    if (index % 2 === 0) groups.at(-1)!.push({ rule: entry, index })
    else if (readCombinator(entry, below(inside, index), context) === 'OR') groups.push([])
  })
  const isOne = groups.length === 1
  const conditions = groups.map((group, groupIndex) => {
    const place = isOne ? written : `${written}/conditions/${groupIndex}`
    if (group.length === 1 && !isOne)
      return readNode(group[0]!.rule, below(inside, group[0]!.index), place, depth + 1, context)
    const parts = group.map(({ rule, index }, part) =>
      readNode(rule, below(inside, index), `${place}/conditions/${part}`, depth + 2, context),
    )
    return { logic: 'AND', conditions: parts }
  })
  return isOne ? conditions[0] : { logic: 'OR', conditions }
}

function readCombinator(given: unknown, at: Place, { translating }: Context): 'AND' | 'OR' | undefined {
  const word = typeof given === 'string' ? given.toUpperCase() : given
  if (word === 'AND' || word === 'OR') return word
  translating.faults.add('UNKNOWN_LOGIC', at, `and or or is needed here, not ${shown(given)}`)
  return undefined
}

function readNot(group: JsonObject, at: Place, { translating }: Context): boolean {
  const not = group['not']
  if (not === undefined || typeof not === 'boolean') return not === true
  translating.faults.add('WRONG_VALUE_TYPE', below(at, 'not'), `"not" is true or false, not ${shown(not)}`)
  return false
}

const rowKeys = ['id', 'path', 'field', 'operator', 'value', 'valueSource', 'disabled', 'muted']

function readRow(json: unknown, at: Place, written: string, context: Context): unknown {
  const { faults, from } = context.translating
  const row = plainObject(json)
  if (row === undefined) {
    faults.add('BAD_SHAPE', at, `A rule is needed here, not ${shown(json)}`)
    return undefined
  }
  checkKeys(row, rowKeys, at, context)
  const source = row['valueSource']
  if (source !== undefined && source !== 'value') {
    faults.add('UNSUPPORTED', below(at, 'valueSource'), `Values alone can be compared with, not ${shown(source)}`)
    return undefined
  }
  const name = row['field']
  const field = typeof name === 'string' ? context.fields.get(name) : undefined
  if (field === undefined) {
    const misspelt = typeof name === 'string' ? { given: name, known: context.fields.keys() } : undefined
    faults.add('UNKNOWN_FIELD', below(at, 'field'), `There is no field ${shown(name)}`, misspelt)
    return undefined
  }
  return from(written, at, readOperator(row, field, at, context))
}

function checkKeys(node: JsonObject, known: readonly string[], at: Place, { translating }: Context): void {
  for (const key of Object.keys(node)) {
    if (translating.faults.isFull()) return
    if (!known.includes(key)) {
      translating.faults.add('UNKNOWN_KEY', below(at, key), `${shown(key)} does not belong here`, { given: key, known })
    }
  }
  // What is switched off in the editor would have to be dropped, and nothing is.
  for (const key of ['disabled', 'muted'].filter((name) => node[name] === true)) {
    translating.faults.add('UNSUPPORTED', below(at, key), `A rule that is ${key} cannot be read`)
  }
}

const ofMany = ['in', 'notIn', 'between', 'notBetween']

function readOperator(row: JsonObject, field: KnownField, at: Place, context: Context): unknown {
  const { faults } = context.translating
  const name = row['operator']
  const meaning = typeof name === 'string' && Object.hasOwn(meanings, name) ? meanings[name] : undefined
  if (meaning === undefined || typeof name !== 'string') {
    const misspelt = typeof name === 'string' ? { given: name, known: Object.keys(meanings) } : undefined
    faults.add('UNKNOWN_OPERATOR', below(at, 'operator'), `${shown(name)} is not an operator`, misspelt)
    return undefined
  }
  const value = ofMany.includes(name)
    ? listValue(row['value'], field.valueType)
    : oneValue(row['value'], field.valueType)
  return meaning(field.name, value, field.valueType)
}

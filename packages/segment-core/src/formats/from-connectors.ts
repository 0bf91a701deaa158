import { type CheckedRule, type CheckOptions, checkRule } from '../checking/check-rule.ts'
import { below, createFaults, type Faults, type Place, shown } from '../checking/faults.ts'
import { nearestNames } from '../checking/nearest-names.ts'
import { plainObject } from '../checking/plain-object.ts'
import type { Catalog } from '../language/catalog.ts'
import type { RuleIssue, RuleIssues } from '../language/errors.ts'

/** How flat rules are read. */
export interface ConnectorsOptions extends CheckOptions {
  /**
   * What stands for a condition on a field that the catalog does not have under this name, such as a count of messages:
   * a rule made of the condition's operator and value. What it returns is checked; faults are reported at the condition.
   */
  readonly expand?: Readonly<Record<string, (condition: FlatCondition) => unknown>>
  /** At most so many conditions. Default 50: what a person fills in row by row. */
  readonly mostConditions?: number
}

/** One row of a flat rule, unchecked but for its shape. */
export interface FlatCondition {
  readonly field: string
  readonly operator: unknown
  readonly value: unknown
}

/**
 * Reads flat rules with a connector in every gap: `connectors[i]` joins the conditions `i` and `i + 1`, AND binds tighter
 * than OR, and without connectors `logic` joins all. Answers as `checkRule` does, with paths into the flat rules.
 */
export function fromConnectors(json: unknown, catalog: Catalog, options: ConnectorsOptions = {}): CheckedRule {
  const faults = createFaults(nearestNames)
  const flat = readFlat(json, faults, options.mostConditions ?? 50)
  if (flat === undefined) return { ok: false, issues: faults.issues as RuleIssues }
  const groups = splitAtOr(
    flat.rows.map((row) => expanded(row, options)),
    flat.connectors,
  )
  const checked = checkRule(ruleOf(groups), catalog, options)
  if (checked.ok) return faults.issues.length === 0 ? checked : { ok: false, issues: faults.issues as RuleIssues }
  const issues = [
    ...faults.issues,
    ...checked.issues.map((issue) => ({ ...issue, path: flatPath(issue, groups, flat, options) })),
  ]
  return { ok: false, issues: issues as unknown as RuleIssues }
}

interface Flat {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly connectors: readonly ('AND' | 'OR')[]
}

const top: Place = { path: '', segment: undefined }

function readFlat(json: unknown, faults: Faults, mostConditions: number): Flat | undefined {
  const rules = plainObject(json)
  const conditions = rules?.['conditions']
  if (rules === undefined || !Array.isArray(conditions)) {
    faults.add('BAD_SHAPE', top, `Rules with "logic" and a list of "conditions" are needed, not ${shown(json)}`)
    return undefined
  }
  for (const key of Object.keys(rules).filter((name) => !['logic', 'conditions', 'connectors'].includes(name))) {
    const known = ['logic', 'conditions', 'connectors']
    faults.add('UNKNOWN_KEY', below(top, key), `${shown(key)} does not belong here`, { given: key, known })
  }
  if (conditions.length === 0) {
    faults.add('EMPTY_CONDITIONS', below(top, 'conditions'), 'There are no conditions; that never means everybody')
    return undefined
  }
  if (conditions.length > mostConditions) {
    faults.add('TOO_MANY_NODES', below(top, 'conditions'), `There are more than ${mostConditions} conditions`)
    return undefined
  }
  const connectors = readConnectors(rules, conditions.length, faults)
  const rows = conditions
    .map((condition, index) => readRow(condition, index, faults))
    .filter((row) => row !== undefined)
  return rows.length === conditions.length && connectors !== undefined ? { rows, connectors } : undefined
}

function readRow(condition: unknown, index: number, faults: Faults): Readonly<Record<string, unknown>> | undefined {
  const row = plainObject(condition)
  const at = below(below(top, 'conditions'), index)
  if (row === undefined) faults.add('BAD_SHAPE', at, `A condition is needed here, not ${shown(condition)}`)
  else if (typeof row['field'] !== 'string') {
    faults.add('BAD_SHAPE', below(at, 'field'), `"field" must be the name of a field, not ${shown(row['field'])}`)
    return undefined
  }
  return row
}

function readConnectors(
  rules: Readonly<Record<string, unknown>>,
  conditions: number,
  faults: Faults,
): ('AND' | 'OR')[] | undefined {
  const given = rules['connectors']
  const at = below(top, 'connectors')
  const isAbsent = given === undefined || (Array.isArray(given) && given.length === 0)
  if (isAbsent) {
    const logic = readWord(rules['logic'], below(top, 'logic'), faults)
    return logic === undefined ? undefined : Array.from({ length: conditions - 1 }, () => logic)
  }
  // A `logic` that connectors overrule must still be one of the words.
  if (rules['logic'] !== undefined) readWord(rules['logic'], below(top, 'logic'), faults)
  if (!Array.isArray(given) || given.length !== conditions - 1) {
    const wanted = `${conditions - 1} connectors for ${conditions} conditions`
    faults.add('BAD_SHAPE', at, `There must be ${wanted}, not ${shown(given)}`)
    return undefined
  }
  const words = given.map((word, index) => readWord(word, below(at, index), faults))
  return words.every((word) => word !== undefined) ? words : undefined
}

function readWord(given: unknown, at: Place, faults: Faults): 'AND' | 'OR' | undefined {
  const word = typeof given === 'string' ? given.toUpperCase() : given
  if (word === 'AND' || word === 'OR') return word
  faults.add('UNKNOWN_LOGIC', at, `AND or OR is needed here, not ${shown(given)}`)
  return undefined
}

function expanded(row: Readonly<Record<string, unknown>>, options: ConnectorsOptions): unknown {
  const field = String(row['field'])
  const expand = expanderOf(field, options)
  return expand === undefined ? row : expand({ field, operator: row['operator'], value: row['value'] })
}

function expanderOf(field: string, { expand }: ConnectorsOptions): ((condition: FlatCondition) => unknown) | undefined {
  return expand !== undefined && Object.hasOwn(expand, field) ? expand[field] : undefined
}

/** AND binds tighter: the list falls apart at each OR. */
function splitAtOr(rules: readonly unknown[], connectors: readonly ('AND' | 'OR')[]): unknown[][] {
  const groups: unknown[][] = [[]]
  rules.forEach((rule, index) => {
    if (index > 0 && connectors[index - 1] === 'OR') groups.push([])
    groups.at(-1)!.push(rule)
  })
  return groups
}

function ruleOf(groups: readonly (readonly unknown[])[]): unknown {
  const parts = groups.map((group) => (group.length === 1 ? group[0] : { logic: 'AND', conditions: group }))
  return parts.length === 1 ? parts[0] : { logic: 'OR', conditions: parts }
}

/** Leads a path in the nested rule back to the row of the flat one. */
function flatPath(
  { path }: RuleIssue,
  groups: readonly (readonly unknown[])[],
  flat: Flat,
  options: ConnectorsOptions,
): string {
  const steps = path.split('/').slice(1)
  const groupIndex = groups.length === 1 ? 0 : Number(steps.splice(0, 2)[1])
  const group = groups[groupIndex] ?? []
  const inGroup = group.length === 1 ? 0 : Number(steps.splice(0, 2)[1])
  const index = groups.slice(0, groupIndex).reduce((count, { length }) => count + length, 0) + inGroup
  if (!Number.isInteger(index)) return ''
  const row = `/conditions/${index}`
  const isExpanded = expanderOf(String(flat.rows[index]?.['field']), options) !== undefined
  return isExpanded || steps.length === 0 ? row : `${row}/${steps.join('/')}`
}

import {
  type Catalog,
  type CheckedRule,
  checkRule,
  describe,
  type FlatCondition,
  fromConnectors,
  InvalidRuleError,
  type Rule,
  type RuleWarning,
} from '@muster/segment-core'

/** A rule as it was understood, and what to tell its author about it. */
export interface ReadRules {
  readonly rule: Rule
  readonly sentence: string
  /** Valid, but surely not meant. */
  readonly warnings: readonly RuleWarning[]
}

/** Fields of the row editor that the rule language says in another way. */
const expand = {
  /** Messages that this customer has been sent. */
  emailCount: ({ operator, value }: FlatCondition) => ({
    aggregate: 'count',
    of: 'messages',
    where: { field: 'status', operator: 'in', value: ['SENT', 'DELIVERED'] },
    operator,
    value,
  }),
} as const

/**
 * The one door for rules: the rows of the row editor, joined by connectors or by one `logic`, and the full language.
 * @throws InvalidRuleError with everything that is wrong, each with its place
 */
export function readRules(
  json: unknown,
  catalog: Catalog,
  nowMs: number,
  segments: ReadonlyMap<string, Rule> = new Map(),
): ReadRules {
  const options = { now: nowMs, segments }
  const checked: CheckedRule = isFlat(json)
    ? fromConnectors(json, catalog, { ...options, expand })
    : checkRule(json, catalog, options)
  if (!checked.ok) throw new InvalidRuleError(checked.issues)
  return { rule: checked.rule, sentence: describe(checked.rule, catalog), warnings: checked.warnings }
}

/** Rows of facts and nothing else. `NOT`, nested groups, aggregates and references belong to the full language. */
function isFlat(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('conditions' in json)) return false
  if ('logic' in json && json.logic === 'NOT') return false
  return 'connectors' in json || (Array.isArray(json.conditions) && json.conditions.every(isRow))
}

function isRow(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return true
  return !['logic', 'conditions', 'aggregate', 'segment', 'everyone'].some((key) => key in condition)
}

import {
  type Catalog,
  type CheckedRule,
  checkRule,
  describe,
  type FlatCondition,
  fromConnectors,
  fromJsonRulesEngine,
  fromQueryBuilder,
  InvalidRuleError,
  type Rule,
  type RuleIssue,
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
 * The one door for rules: the rows of the row editor, joined by connectors or by one `logic`, the full language, the
 * conditions of json-rules-engine and the groups of React Query Builder. Their keys tell them apart.
 * @throws InvalidRuleError with everything that is wrong, each with its place
 */
export function readRules(
  json: unknown,
  catalog: Catalog,
  nowMs: number,
  segments: ReadonlyMap<string, Rule> = new Map(),
): ReadRules {
  const options = { now: nowMs, segments }
  const checked = checkAs(formatOf(json), json, catalog, options)
  if (!checked.ok) throw new InvalidRuleError(checked.issues)
  return { rule: checked.rule, sentence: describe(checked.rule, catalog), warnings: checked.warnings }
}

type Format = 'connectors' | 'language' | 'json-rules-engine' | 'query-builder'

function checkAs(
  format: Format,
  json: unknown,
  catalog: Catalog,
  options: { readonly now: number; readonly segments: ReadonlyMap<string, Rule> },
): CheckedRule {
  switch (format) {
    case 'connectors':
      return refuseBlanks(json, fromConnectors(json, catalog, { ...options, expand }))
    case 'json-rules-engine':
      return fromJsonRulesEngine(json, catalog, options)
    case 'query-builder':
      return fromQueryBuilder(json, catalog, options)
    case 'language':
      return checkRule(json, catalog, options)
  }
}

/** A row of blanks is one that was not filled in: in the language it is a text like any other, here it is none. */
function refuseBlanks(json: unknown, checked: CheckedRule): CheckedRule {
  const conditions: unknown = Object(json).conditions
  const blank = (Array.isArray(conditions) ? conditions : []).flatMap((row: unknown, index): RuleIssue[] => {
    const { operator, value } = Object(row)
    const isBlank = operator === 'contains' && typeof value === 'string' && value !== '' && value.trim() === ''
    return isBlank
      ? [{ code: 'BAD_TEXT', path: `/conditions/${index}/value`, message: 'The text to look for is blank' }]
      : []
  })
  const [first, ...others] = [...(checked.ok ? [] : checked.issues), ...blank]
  return first === undefined ? checked : { ok: false, issues: [first, ...others] }
}

function formatOf(json: unknown): Format {
  if (typeof json !== 'object' || json === null) return 'language'
  if ('combinator' in json || 'rules' in json) return 'query-builder'
  if (['all', 'any', 'not', 'fact'].some((key) => key in json)) return 'json-rules-engine'
  return isFlat(json) ? 'connectors' : 'language'
}

/** Rows of facts and nothing else. `NOT`, nested groups, aggregates and references belong to the full language. */
function isFlat(json: object): boolean {
  if (!('conditions' in json)) return false
  if ('logic' in json && json.logic === 'NOT') return false
  return 'connectors' in json || (Array.isArray(json.conditions) && json.conditions.every(isRow))
}

function isRow(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return true
  return !['logic', 'conditions', 'aggregate', 'segment', 'everyone'].some((key) => key in condition)
}

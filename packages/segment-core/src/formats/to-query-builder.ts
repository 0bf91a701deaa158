import { treeOf } from '../checking/check-rule.ts'
import { createFaults, type Faults } from '../checking/faults.ts'
import { nearestNames } from '../checking/nearest-names.ts'
import type { Segments } from '../checking/reading.ts'
import type { Catalog } from '../language/catalog.ts'
import type { Operator, Rule, Value } from '../language/rule.ts'
import type { Fact, Tree, TreeGroup } from '../language/tree.ts'
import { writeRule } from '../writing/write-rule.ts'
import { cannotSay, type Written, writtenOr } from './translated.ts'

/** A React Query Builder query. */
export interface QueryBuilderGroup {
  readonly combinator: 'and' | 'or'
  readonly not?: boolean
  readonly rules: readonly (QueryBuilderGroup | QueryBuilderRule)[]
}

/** One row of a React Query Builder query. */
export interface QueryBuilderRule {
  readonly field: string
  readonly operator: string
  readonly value: unknown
}

type Node = QueryBuilderGroup | QueryBuilderRule

/**
 * Writes a rule as a React Query Builder query. What that cannot say (figures over related records, segments, windows
 * that move with time, everybody) is an issue that names the node.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function toQueryBuilder(
  rule: Rule,
  catalog: Catalog,
  options: { readonly segments?: Segments } = {},
): Written<QueryBuilderGroup> {
  const faults = createFaults(nearestNames)
  const node = writeNode(treeOf(rule, catalog, options.segments), faults)
  const group = node === undefined || 'rules' in node ? node : { combinator: 'and' as const, rules: [node] }
  return writtenOr(group, faults)
}

function writeNode(tree: Tree, faults: Faults): Node | undefined {
  switch (tree.kind) {
    case 'fact':
      return writeFact(tree, faults)
    case 'figure':
      return cannotSay(faults, tree.path, 'React Query Builder has no words for figures over related records')
    case 'segment':
      return cannotSay(faults, tree.path, 'React Query Builder has no words for segments')
    default:
      return writeGroup(tree, faults)
  }
}

function writeGroup({ kind, parts, path }: TreeGroup, faults: Faults): QueryBuilderGroup | undefined {
  if (parts.length === 0) return cannotSay(faults, path, 'React Query Builder has no words for everybody')
  const rules = parts.map((part) => writeNode(part, faults)).filter((part) => part !== undefined)
  const combinator = kind === 'all' ? 'and' : 'or'
  return kind === 'none' ? { combinator, not: true, rules } : { combinator, rules }
}

/** Operators that have the same meaning under another, or the same, name. */
const names: Readonly<Partial<Record<Operator, string>>> = {
  '=': '=',
  '!=': '!=',
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
  in: 'in',
  notIn: 'notIn',
  between: 'between',
  notBetween: 'notBetween',
  contains: 'contains',
  notContains: 'doesNotContain',
  startsWith: 'beginsWith',
  endsWith: 'endsWith',
  on: '=',
  before: '<',
  after: '>',
  hasAny: 'in',
  hasNone: 'notIn',
  isSet: 'notNull',
  isNotSet: 'null',
}

function writeFact(fact: Fact, faults: Faults): Node | undefined {
  const rule = writeRule(fact)
  if (!('field' in rule)) return writeNegated(fact, faults)
  const { field, operator, value } = rule as { field: string; operator: Operator; value?: Value }
  if (operator === 'hasAll' && Array.isArray(value)) {
    return { combinator: 'and', rules: value.map((tag) => ({ field, operator: 'contains', value: tag })) }
  }
  const name = names[operator]
  const isMoving = fact.operand.kind === 'duration' || fact.operand.kind === 'period' || fact.operand.kind === 'month'
  if (name === undefined || isMoving) {
    return cannotSay(faults, fact.path, `React Query Builder has no words for "${operator}" with such a value`)
  }
  return { field, operator: name, value: value ?? null }
}

/** A complement that the language writes with `NOT` is a negated group there too. */
function writeNegated(fact: Fact, faults: Faults): QueryBuilderGroup | undefined {
  const inner = writeFact({ ...fact, negated: false }, faults)
  return inner && { combinator: 'or', not: true, rules: [inner] }
}

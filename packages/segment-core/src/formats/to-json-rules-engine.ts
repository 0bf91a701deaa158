import { treeOf } from '../checking/check-rule.ts'
import type { Segments } from '../checking/reading.ts'
import type { Catalog } from '../language/catalog.ts'
import type { FieldCondition, Rule } from '../language/rule.ts'
import type { Fact, Figure, Tree } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { writeRule } from '../writing/write-rule.ts'
import { factOf, ownOperator } from './json-rules-engine-operators.ts'

/** Conditions of json-rules-engine, as a rule of it has them at the top. */
export type EngineConditions =
  | { readonly all: readonly EngineCondition[] }
  | { readonly any: readonly EngineCondition[] }
  | { readonly not: EngineCondition }

/** A group, or a comparison of one fact. */
export type EngineCondition =
  | EngineConditions
  | { readonly fact: string; readonly operator: string; readonly value: unknown }

/**
 * Writes a rule as conditions of json-rules-engine. It runs there, with `registerOperators` and undefined facts allowed,
 * with the answer that `compilePredicate` gives. Every rule can be written; segments are put in place.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function toJsonRulesEngine(
  rule: Rule,
  catalog: Catalog,
  options: { readonly segments?: Segments } = {},
): EngineConditions {
  const condition = writeNode(treeOf(rule, catalog, options.segments))
  return 'fact' in condition ? { all: [condition] } : condition
}

function writeNode(tree: Tree): EngineCondition {
  switch (tree.kind) {
    case 'segment':
      return writeNode(tree.rule)
    case 'all':
      // To the engine the empty `all` holds, as everybody does here.
      return { all: tree.parts.map(writeNode) }
    case 'any':
      return { any: tree.parts.map(writeNode) }
    case 'none':
      return { not: { any: tree.parts.map(writeNode) } }
    case 'fact':
    case 'figure':
      return writeCondition(tree)
    default:
      return unreachable(tree)
  }
}

function writeCondition(leaf: Fact | Figure<Tree>): EngineCondition {
  if (leaf.negated) {
    const complement = writeRule(leaf)
    if ('logic' in complement) return { not: writeCondition({ ...leaf, negated: false }) }
  }
  const condition = writeRule(leaf)
  const native = leaf.kind === 'fact' ? nativeOperator(leaf, condition as FieldCondition) : undefined
  if (native !== undefined)
    return {
      fact: leaf.kind === 'fact' ? leaf.field.name : '',
      operator: native,
      value: (condition as FieldCondition).value,
    }
  return { fact: factOf(condition), operator: ownOperator, value: condition }
}

const natives: Readonly<Record<string, string>> = {
  '=': 'equal',
  '!=': 'notEqual',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  in: 'in',
  notIn: 'notIn',
}

/** The engine's own operator where it means the same: it compares by identity, and is false on a missing number. */
function nativeOperator({ field, valueType }: Fact, { operator }: FieldCondition): string | undefined {
  const isExact =
    valueType.type !== 'date' && valueType.type !== 'tags' && (valueType.type !== 'text' || valueType.caseSensitive)
  return isExact && field.field.json === undefined && Object.hasOwn(natives, operator) ? natives[operator] : undefined
}

import { treeOf } from '../checking/check-rule.ts'
import { createFaults, type Faults } from '../checking/faults.ts'
import { nearestNames } from '../checking/nearest-names.ts'
import type { Segments } from '../checking/reading.ts'
import type { Catalog } from '../language/catalog.ts'
import type { FieldCondition, Rule } from '../language/rule.ts'
import type { Tree } from '../language/tree.ts'
import { writeRule } from '../writing/write-rule.ts'
import { cannotSay, type Written, writtenOr } from './translated.ts'

/** Flat rules: `connectors[i]` joins the conditions `i` and `i + 1`, and AND binds tighter than OR. */
export interface ConnectorRules {
  readonly logic: 'AND' | 'OR'
  readonly conditions: readonly FieldCondition[]
  readonly connectors: readonly ('AND' | 'OR')[]
}

/**
 * Writes a rule as flat rules with connectors, where it can be said so: conditions on fields joined by AND, such groups
 * by OR. Anything else is an issue that names the node.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function toConnectors(
  rule: Rule,
  catalog: Catalog,
  options: { readonly segments?: Segments } = {},
): Written<ConnectorRules> {
  const faults = createFaults(nearestNames)
  const groups = partsOf(treeOf(rule, catalog, options.segments), 'any').map((part) =>
    partsOf(part, 'all').map((condition) => flatCondition(condition, faults)),
  )
  const conditions = groups.flat().filter((condition) => condition !== undefined)
  const connectors = groups.flatMap((group, index) => [
    ...(index > 0 ? (['OR'] as const) : []),
    ...group.slice(1).map(() => 'AND' as const),
  ])
  const logic = connectors.every((connector) => connector === 'OR') && connectors.length > 0 ? 'OR' : 'AND'
  return writtenOr({ logic, conditions, connectors }, faults)
}

/** What a group of one kind joins, groups of the same kind inside it included. */
function partsOf(tree: Tree, kind: 'all' | 'any'): Tree[] {
  const isJoined = (tree.kind === 'all' || tree.kind === 'any') && tree.parts.length > 0
  if (!isJoined || (tree.kind !== kind && tree.parts.length > 1)) return [tree]
  return tree.parts.flatMap((part) => partsOf(part, kind))
}

function flatCondition(tree: Tree, faults: Faults): FieldCondition | undefined {
  const rule = writeRule(tree)
  if ('field' in rule && !('aggregate' in rule)) return rule
  return cannotSay(faults, tree.path, 'Flat rules hold conditions on fields alone, joined by AND before OR')
}

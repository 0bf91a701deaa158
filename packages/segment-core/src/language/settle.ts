import type { Fact, Figure, Tree } from './tree.ts'
import { unreachable } from './unreachable.ts'

/**
 * A rule without negated groups: every negation stands at a leaf, as its exact complement. Where everything is
 * two-valued, memory and database can agree; with a `not` node the first missing value would tell them apart.
 */
export type Settled = SettledGroup | Fact | Figure<Settled>

/** `all` without parts always holds, `any` without parts never does. */
export interface SettledGroup {
  readonly kind: 'all' | 'any'
  readonly parts: readonly Settled[]
  /** JSON Pointer to the group in the rule as given. */
  readonly path: string
}

/** Pushes every negation down to the leaves and puts segments' rules in place. Chooses the same audience. */
export function settle(tree: Tree, negated = false): Settled {
  switch (tree.kind) {
    case 'segment':
      return settle(tree.rule, negated)
    case 'fact':
      return negated ? { ...tree, negated: !tree.negated } : tree
    case 'figure': {
      const where = tree.where === undefined ? undefined : settle(tree.where)
      return { ...tree, where, negated: tree.negated !== negated }
    }
    case 'all':
    case 'any':
    case 'none': {
      const partsNegated = (tree.kind === 'none') !== negated
      const isAll = tree.kind === 'none' ? !negated : (tree.kind === 'all') !== negated
      return {
        kind: isAll ? 'all' : 'any',
        parts: tree.parts.map((part) => settle(part, partsNegated)),
        path: tree.path,
      }
    }
    default:
      return unreachable(tree)
  }
}

/** Whether a settled rule is a group and not a condition. */
export function isGroup(rule: Settled): rule is SettledGroup {
  return rule.kind === 'all' || rule.kind === 'any'
}

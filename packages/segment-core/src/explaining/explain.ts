import { treeOf } from '../checking/check-rule.ts'
import { knownCatalog } from '../language/known-catalog.ts'
import type { Rule } from '../language/rule.ts'
import { settle } from '../language/settle.ts'
import type { Tree } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import type { DataRecord } from '../memory/read-value.ts'
import type { PredicateOptions } from '../targets/compile-predicate.ts'
import { type Clock, createClock } from '../time/clock.ts'
import { sayCondition } from '../words/describe.ts'
import { writeRule } from '../writing/write-rule.ts'
import { boundOf } from './bound-of.ts'
import type { ExplainedNode, Explanation } from './explanation.ts'
import { seeLeaf } from './see-leaf.ts'
import { smallestFlip } from './smallest-flip.ts'

/**
 * Explains the answer of a rule for one record: the whole tree with the value seen, the bound used and the verdict at
 * each condition, and the smallest change of conditions that would turn the answer round.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function explain(rule: Rule, record: DataRecord, options: PredicateOptions): Explanation {
  const { catalog, now, timeZone, segments } = options
  const clock = createClock(now, timeZone ?? catalog.timeZone)
  const tree = explained(treeOf(rule, catalog, segments), {
    record,
    clock,
    currency: catalog.currency,
    count: 0,
    root: knownCatalog(catalog),
  })
  return { verdict: tree.verdict, tree, flips: smallestFlip(tree), now, timeZone: clock.timeZone }
}

interface Explaining {
  readonly record: DataRecord
  readonly clock: Clock
  readonly currency: string | undefined
  readonly root: ReturnType<typeof knownCatalog>
  count: number
}

function explained(tree: Tree, explaining: Explaining): ExplainedNode {
  switch (tree.kind) {
    case 'segment': {
      const inner = explained(tree.rule, explaining)
      const { path, id } = tree
      return { kind: 'group', logic: 'SEGMENT', segment: id, path, verdict: inner.verdict, parts: [inner] }
    }
    case 'all':
    case 'any':
    case 'none': {
      const parts = tree.parts.map((part) => explained(part, explaining))
      const isAny = parts.some(({ verdict }) => verdict)
      const verdict = tree.kind === 'all' ? parts.every((part) => part.verdict) : isAny === (tree.kind === 'any')
      const logic = parts.length === 0 ? 'EVERYONE' : logicOf[tree.kind]
      return { kind: 'group', logic, path: tree.path, verdict, parts }
    }
    case 'fact':
    case 'figure': {
      const { record, clock, currency, root } = explaining
      explaining.count += 1
      const leaf = settle(tree)
      const { seen, verdict } = seeLeaf(leaf, record, clock)
      return {
        kind: 'condition',
        number: explaining.count,
        path: tree.path,
        rule: writeRule(tree),
        words: sayCondition(tree, root.root, currency),
        verdict,
        seen,
        bound: boundOf(tree, clock),
      }
    }
    default:
      return unreachable(tree)
  }
}

const logicOf = { all: 'AND', any: 'OR', none: 'NOT' } as const

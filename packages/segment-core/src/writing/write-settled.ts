import type { Rule } from '../language/rule.ts'
import type { Settled } from '../language/settle.ts'
import type { Tree } from '../language/tree.ts'
import { writeRule } from './write-rule.ts'

/** Writes a settled rule as JSON: two parts with one writing are the same. */
export function writeSettled(rule: Settled): Rule {
  return writeRule(asTree(rule))
}

/** A settled rule is a tree already, but for the type of what stands inside figures. */
function asTree(rule: Settled): Tree {
  if (rule.kind === 'fact') return rule
  if (rule.kind === 'figure') return { ...rule, where: rule.where === undefined ? undefined : asTree(rule.where) }
  return { ...rule, parts: rule.parts.map(asTree) }
}

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { rememberedRule, treeOf } from '../checking/check-rule.ts'
import type { Segments } from '../checking/reading.ts'
import type { Catalog } from '../language/catalog.ts'
import type { Rule } from '../language/rule.ts'
import { writeRule } from '../writing/write-rule.ts'
import { canonicalTree } from './canonical-tree.ts'

/** What the canonical form of a rule depends on besides the catalog. */
export interface CanonicalOptions {
  /** The rules of saved segments, needed when the rule refers to some and was not checked with them. */
  readonly segments?: Segments
}

/**
 * The canonical form of a rule: it chooses the same audience, and rules that differ only in their writing share it.
 * Segments are put in place, so the form is that of the audience as it is defined now.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function canonicalRule(rule: Rule, catalog: Catalog, options: CanonicalOptions = {}): Rule {
  const tree = canonicalTree(treeOf(rule, catalog, options.segments))
  return rememberedRule(writeRule(tree), catalog, tree)
}

/**
 * A stable hash of the canonical form: 64 hexadecimal digits of SHA-256. Two rules with one hash choose the same
 * audience of one catalog.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function ruleHash(rule: Rule, catalog: Catalog, options: CanonicalOptions = {}): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(canonicalRule(rule, catalog, options)))))
}

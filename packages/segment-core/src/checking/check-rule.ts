import type { Catalog } from '../language/catalog.ts'
import type { RuleIssues } from '../language/errors.ts'
import { InvalidRuleError } from '../language/errors.ts'
import { knownCatalog } from '../language/known-catalog.ts'
import { defaultLimits, type RuleLimits } from '../language/limits.ts'
import type { Rule } from '../language/rule.ts'
import type { Tree } from '../language/tree.ts'
import { createFaults } from './faults.ts'
import { nearestNames } from './nearest-names.ts'
import { readRule } from './read-rule.ts'
import type { Segments } from './reading.ts'
import { findWarnings, type RuleWarning } from './warnings.ts'

/** What a rule is checked against besides the catalog. */
export interface CheckOptions {
  /** The rules of saved segments by id. Without it every reference is an unknown segment. */
  readonly segments?: Segments
  /** Other bounds than the default ones. */
  readonly limits?: Partial<RuleLimits>
  /** Epoch milliseconds; with it, warnings about time windows are more exact. */
  readonly now?: number
  /** IANA name; the catalog's zone without it. */
  readonly timeZone?: string
}

/** The rule, or everything that is wrong with it. */
export type CheckedRule =
  | { readonly ok: true; readonly rule: Rule; readonly warnings: readonly RuleWarning[] }
  | { readonly ok: false; readonly issues: RuleIssues }

/**
 * Reads JSON as a rule over a catalog. Never throws on any JSON, and never guesses: either all of it is understood, or
 * all faults are listed. The rule that is returned is a frozen copy.
 */
export function checkRule(json: unknown, catalog: Catalog, options: CheckOptions = {}): CheckedRule {
  const read = readTree(json, catalog, options)
  if (!read.ok) return read
  const rule = rememberedCopy(json, catalog, read.tree, options.segments)
  const { now, timeZone } = options
  return { ok: true, rule, warnings: findWarnings(read.tree, { catalog, now, timeZone }) }
}

/**
 * `checkRule` for those who want to stop at a fault, and to hear of no warnings.
 * @throws InvalidRuleError with every fault
 */
export function parseRule(json: unknown, catalog: Catalog, options: CheckOptions = {}): Rule {
  const read = readTree(json, catalog, options)
  if (!read.ok) throw new InvalidRuleError(read.issues)
  return rememberedCopy(json, catalog, read.tree, options.segments)
}

type TreeRead = { readonly ok: true; readonly tree: Tree } | { readonly ok: false; readonly issues: RuleIssues }

function readTree(json: unknown, catalog: Catalog, options: CheckOptions): TreeRead {
  const faults = createFaults(nearestNames)
  const limits = { ...defaultLimits, ...options.limits }
  const reading = { catalog: knownCatalog(catalog), limits, faults, segments: options.segments, nodes: 0 }
  const tree = readRule(json, reading)
  const [first, ...others] = faults.issues
  if (first !== undefined) return { ok: false, issues: [first, ...others] }
  if (tree === undefined) throw new TypeError('A rule was refused without a reason')
  return { ok: true, tree }
}

/** Rules that came out of `checkRule`: what they were read as, so that no target reads them again. */
const trees = new WeakMap<Rule, { catalog: Catalog; segments: Segments | undefined; tree: Tree }>()

/**
 * What a rule means over a catalog. A rule that was checked against the same catalog is not read again; any other is.
 * @throws InvalidRuleError when it is not a rule over this catalog
 */
export function treeOf(rule: Rule, catalog: Catalog, segments?: Segments): Tree {
  const before = trees.get(rule)
  const isSame = before?.catalog === catalog && (segments === undefined || before.segments === segments)
  if (before !== undefined && isSame) return before.tree
  const read = readTree(rule, catalog, segments === undefined ? {} : { segments })
  if (!read.ok) throw new InvalidRuleError(read.issues)
  return read.tree
}

/** A rule that was made of a tree: frozen, and never read again. */
export function rememberedRule(rule: Rule, catalog: Catalog, tree: Tree): Rule {
  return rememberedCopy(rule, catalog, tree, undefined)
}

function rememberedCopy(json: unknown, catalog: Catalog, tree: Tree, segments: Segments | undefined): Rule {
  const rule = frozenCopy(json) as Rule
  trees.set(rule, { catalog, segments, tree })
  return rule
}

/** A copy without `undefined` and −0, which JSON does not have either. The depth of a checked rule is bounded. */
function frozenCopy(json: unknown): unknown {
  if (Array.isArray(json)) return Object.freeze(json.map(frozenCopy))
  if (typeof json === 'number') return json + 0
  if (typeof json !== 'object' || json === null) return json
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(json)) if (value !== undefined) copy[key] = frozenCopy(value)
  return Object.freeze(copy)
}

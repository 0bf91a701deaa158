import { type CheckedRule, type CheckOptions, checkRule } from '../checking/check-rule.ts'
import { createFaults, type Faults, type Place } from '../checking/faults.ts'
import { nearestNames } from '../checking/nearest-names.ts'
import type { Catalog } from '../language/catalog.ts'
import type { RuleIssue, RuleIssues } from '../language/errors.ts'
import { defaultLimits } from '../language/limits.ts'

/** What a rule was written as in another format, or every node that the format has no words for. */
export type Written<Format> =
  | { readonly ok: true; readonly value: Format }
  | { readonly ok: false; readonly issues: RuleIssues }

/** The translation of another format into the rule language, under way. */
export interface Translating {
  readonly faults: Faults
  /** Notes that what is written to one path comes from another, and hands the written on. */
  from(written: string, given: Place, rule: unknown): unknown
  /** Counts a node, and says whether it is deeper than any rule, or one too many: then it must not be entered. */
  isTooMuch(depth: number, at: Place): boolean
}

/**
 * Translates and checks. Faults of the translation and of the check are reported together, each with the path into what
 * was given. A translator must enter nothing that is too deep.
 */
export function translated(
  catalog: Catalog,
  options: CheckOptions,
  translate: (translating: Translating) => unknown,
): CheckedRule {
  const faults = createFaults(nearestNames)
  const givenPaths = new Map<string, string>()
  const limits = { ...defaultLimits, ...options.limits }
  let nodes = 0
  const rule = translate({
    faults,
    from: (written, given, part) => {
      givenPaths.set(written, given.path)
      return part
    },
    isTooMuch: (depth, at) => {
      nodes += 1
      // Some formats need two of their levels, or nodes, for one of ours, and the reverse.
      if (depth > 2 * limits.depth) {
        faults.add('TOO_DEEP', at, `Groups are nested more than ${limits.depth} deep`)
        return true
      }
      if (nodes === 2 * limits.nodes + 1) {
        faults.add('TOO_MANY_NODES', at, `There are more than ${limits.nodes} conditions and groups`)
      }
      return nodes > 2 * limits.nodes || faults.isFull()
    },
  })
  const [first, ...others] = faults.issues
  if (first !== undefined) return { ok: false, issues: [first, ...others] }
  const checked = checkRule(rule, catalog, options)
  return checked.ok
    ? checked
    : { ok: false, issues: checked.issues.map((issue) => moved(issue, givenPaths)) as unknown as RuleIssues }
}

/** An issue with the path of the nearest node that was given. */
function moved(issue: RuleIssue, givenPaths: ReadonlyMap<string, string>): RuleIssue {
  for (let path = issue.path; ; path = path.slice(0, path.lastIndexOf('/'))) {
    const given = givenPaths.get(path)
    if (given !== undefined) return { ...issue, path: given }
    if (path === '') return { ...issue, path: '' }
  }
}

/** A rule has something for which the other format has no words. */
export function cannotSay(faults: Faults, path: string, message: string): undefined {
  faults.add('UNSUPPORTED', { path, segment: undefined }, message)
  return undefined
}

/** The answer of a writer. */
export function writtenOr<Format>(value: Format | undefined, faults: Faults): Written<Format> {
  const [first, ...others] = faults.issues
  if (first !== undefined) return { ok: false, issues: [first, ...others] }
  if (value === undefined) throw new TypeError('Nothing was written, and no reason given')
  return { ok: true, value }
}

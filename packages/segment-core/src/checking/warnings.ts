import type { Catalog } from '../language/catalog.ts'
import type { Tree } from '../language/tree.ts'

/** The kinds of thing that a valid rule can say and surely does not mean. */
export type RuleWarningCode =
  | 'NEVER_HOLDS'
  | 'ALWAYS_HOLDS'
  | 'REPEATED'
  | 'IMPLIED'
  | 'FUTURE_OF_PAST'
  | 'REQUIRED_IS_NOT_SET'

/** Something valid that is surely not meant. */
export interface RuleWarning {
  readonly code: RuleWarningCode
  /** JSON Pointer to the condition or group. */
  readonly path: string
  readonly message: string
}

/** What warnings are judged by besides the rule. */
export interface WarningContext {
  readonly catalog: Catalog
  readonly now: number | undefined
  readonly timeZone: string | undefined
}

/** Everything in a valid rule that is surely not meant. */
export function findWarnings(_tree: Tree, _context: WarningContext): RuleWarning[] {
  return []
}

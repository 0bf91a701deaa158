import type { Catalog } from '../language/catalog.ts'
import { InvalidRuleError } from '../language/errors.ts'
import type { Rule } from '../language/rule.ts'
import { type CheckOptions, checkRule } from './check-rule.ts'

/**
 * `checkRule` for those who want to stop at a fault.
 * @throws InvalidRuleError with every fault
 */
export function parseRule(json: unknown, catalog: Catalog, options: CheckOptions = {}): Rule {
  const checked = checkRule(json, catalog, options)
  if (!checked.ok) throw new InvalidRuleError(checked.issues)
  return checked.rule
}

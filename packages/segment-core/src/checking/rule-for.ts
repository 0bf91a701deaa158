import type { Catalog } from '../language/catalog.ts'
import type { Rule } from '../language/rule.ts'
import type { RuleOf } from '../language/rule-of.ts'
import { type CheckOptions, parseRule } from './check-rule.ts'

/**
 * `parseRule` for rules that are written in TypeScript: the compiler checks the names of fields and relations, enum
 * values, and that each operator has a value of its shape, from the type of the catalog.
 * @throws InvalidRuleError for what the compiler cannot see, such as a date that does not exist
 */
export function ruleFor<const C extends Catalog>(catalog: C, rule: RuleOf<C>, options: CheckOptions = {}): Rule {
  return parseRule(rule, catalog, options)
}

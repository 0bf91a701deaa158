import type { Rule } from '../language/rule.ts'
import { compilePredicate, type PredicateOptions } from '../targets/compile-predicate.ts'

/** The operator under which conditions stand that the engine's own operators cannot answer. Its value is the condition. */
export const ownOperator = 'muster'

/** What registering operators needs of an engine: json-rules-engine's `Engine` is one. */
export interface OperatorRegistry {
  addOperator(name: string, test: (factValue: unknown, value: unknown) => boolean): void
}

/**
 * Registers with an engine what rules written by `toJsonRulesEngine` need. The engine must allow undefined facts, since a
 * missing value is none, and facts are the fields and relations of the record.
 */
export function registerOperators(engine: OperatorRegistry, options: PredicateOptions): void {
  // Each condition object of the engine's rules is compiled once.
  const compiled = new WeakMap<object, (record: Readonly<Record<string, unknown>>) => boolean>()
  engine.addOperator(ownOperator, (factValue, value) => {
    if (typeof value !== 'object' || value === null) throw new TypeError(`"${ownOperator}" takes a condition`)
    const condition = value as Rule
    const before = compiled.get(value)
    const test = before ?? compilePredicate(condition, options)
    if (before === undefined) compiled.set(value, test)
    return test({ [factOf(condition)]: factValue })
  })
}

/** The fact that a condition is asked of: its field, or the relation of its figure. */
export function factOf(condition: Rule): string {
  if ('aggregate' in condition) return condition.of
  if ('field' in condition) return condition.field
  throw new TypeError('Only a condition is asked of a fact')
}

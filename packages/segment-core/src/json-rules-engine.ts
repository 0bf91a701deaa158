/** json-rules-engine, ready for rules of this language. An entry point of its own, so that the main one knows no engine. */

import { Engine, Rule as EngineRule } from 'json-rules-engine'
import { registerOperators } from './formats/json-rules-engine-operators.ts'
import { toJsonRulesEngine } from './formats/to-json-rules-engine.ts'
import type { Rule } from './language/rule.ts'
import type { PredicateOptions } from './targets/compile-predicate.ts'

/**
 * An engine that holds one rule, with an event of the given type. Its facts are the fields and relations of a record:
 * `await createRulesEngine(rule, options).run(record)` has the event exactly when the rule holds for the record.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function createRulesEngine(rule: Rule, options: PredicateOptions, eventType = 'chosen'): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true })
  registerOperators(engine, options)
  const conditions = toJsonRulesEngine(
    rule,
    options.catalog,
    options.segments === undefined ? {} : { segments: options.segments },
  )
  // As JSON, because the engine's types want lists that can be changed.
  engine.addRule(new EngineRule(JSON.stringify({ conditions, event: { type: eventType } })))
  return engine
}

/** Audience rules: read them, explain them, and ask them of a database or of memory. */

// Say what there is

export type {
  BooleanField,
  Catalog,
  DateField,
  Entity,
  EnumField,
  Field,
  FieldType,
  JsonPlace,
  KeptRows,
  MoneyField,
  NumberField,
  Relation,
  Storage,
  TagsField,
  TextField,
} from './language/catalog.ts'
export { defineCatalog } from './language/define-catalog.ts'
export type {
  Activity,
  Contents,
  EnglishVocabulary,
  Measure,
  Named,
  Noun,
  Records,
  Saying,
  Verb,
} from './language/english.ts'

// The rule as data

export type {
  Aggregate,
  AggregateCondition,
  Duration,
  Everyone,
  FieldCondition,
  Group,
  Logic,
  MonthValue,
  Operator,
  Period,
  PeriodValue,
  Rule,
  SegmentReference,
  Value,
} from './language/rule.ts'
export type { RuleOf, RuleOver } from './language/rule-of.ts'

// Read

export { type CheckedRule, type CheckOptions, checkRule, parseRule } from './checking/check-rule.ts'
export type { Segments } from './checking/reading.ts'
export { ruleFor } from './checking/rule-for.ts'
export type { RuleWarning, RuleWarningCode } from './checking/warnings.ts'

// Ask

export type { DataRecord } from './memory/read-value.ts'
export type { DialectName } from './sql/dialect.ts'
export type { Binding } from './sql/sql-fragment.ts'
export { compilePredicate, type PredicateOptions } from './targets/compile-predicate.ts'
export { type CompiledSql, compileSql, compileWhere, type SqlOptions } from './targets/compile-sql.ts'
export { type ConditionCounts, type CountedNode, countConditions } from './targets/count-conditions.ts'

// Say and explain

export type { BoundRange, BoundUsed } from './explaining/bound-of.ts'
export { explain } from './explaining/explain.ts'
export type { ExplainedCondition, ExplainedGroup, ExplainedNode, Explanation } from './explaining/explanation.ts'
export type { SeenValue } from './explaining/see-leaf.ts'
export { describe } from './words/describe.ts'

// One form for all writings

export { type CanonicalOptions, canonicalRule, ruleHash } from './canonical/canonical-rule.ts'

// Other formats

export { type ConnectorsOptions, type FlatCondition, fromConnectors } from './formats/from-connectors.ts'
export { fromJsonRulesEngine } from './formats/from-json-rules-engine.ts'
export { fromQueryBuilder } from './formats/from-query-builder.ts'
export { type OperatorRegistry, registerOperators } from './formats/json-rules-engine-operators.ts'
export { type ConnectorRules, toConnectors } from './formats/to-connectors.ts'
export { type EngineCondition, type EngineConditions, toJsonRulesEngine } from './formats/to-json-rules-engine.ts'
export { type QueryBuilderGroup, type QueryBuilderRule, toQueryBuilder } from './formats/to-query-builder.ts'
export type { Written } from './formats/translated.ts'
export { type JsonSchema, ruleJsonSchema } from './targets/rule-json-schema.ts'

// Errors and bounds

export {
  CannotCompileError,
  InvalidCatalogError,
  InvalidRuleError,
  type RuleIssue,
  type RuleIssueCode,
  type RuleIssues,
} from './language/errors.ts'
export { defaultLimits, type RuleLimits } from './language/limits.ts'

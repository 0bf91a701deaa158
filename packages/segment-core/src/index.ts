/** Audience rules: read them, explain them, and ask them of a database or of memory. */

// Read
export { type CheckedRule, type CheckOptions, checkRule } from './checking/check-rule.ts'
export { parseRule } from './checking/parse-rule.ts'
export type { Segments } from './checking/read-rule.ts'
export type { RuleWarning, RuleWarningCode } from './checking/warnings.ts'
// Other formats
export { type ConnectorsOptions, type FlatCondition, fromConnectors } from './formats/from-connectors.ts'
export type {
  BooleanField,
  Catalog,
  DateField,
  Entity,
  EnumField,
  Field,
  FieldType,
  JsonPlace,
  MoneyField,
  NumberField,
  Relation,
  Storage,
  TagsField,
  TextField,
} from './language/catalog.ts'
// Say what there is
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
export type { DataRecord } from './memory/read-field.ts'
export type { DialectName } from './sql/dialect.ts'
export type { Binding } from './sql/sql-fragment.ts'
export { compilePredicate, type PredicateOptions } from './targets/compile-predicate.ts'
// Ask
export { type CompiledSql, compileSql, compileWhere, type SqlOptions } from './targets/compile-sql.ts'
// Say
export { describe } from './words/describe.ts'

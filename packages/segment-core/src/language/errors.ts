/** The kinds of fault a rule can have. They are stable: clients may rely on them. */
export type RuleIssueCode =
  | 'BAD_SHAPE'
  | 'UNKNOWN_KEY'
  | 'FORBIDDEN_KEY'
  | 'UNKNOWN_LOGIC'
  | 'EMPTY_CONDITIONS'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_RELATION'
  | 'UNKNOWN_AGGREGATE'
  | 'FIELD_NOT_FOR_AGGREGATE'
  | 'UNKNOWN_OPERATOR'
  | 'OPERATOR_NOT_FOR_TYPE'
  | 'MISSING_VALUE'
  | 'SUPERFLUOUS_VALUE'
  | 'WRONG_VALUE_TYPE'
  | 'BAD_NUMBER'
  | 'BAD_TEXT'
  | 'BAD_DATE'
  | 'BAD_DURATION'
  | 'BAD_PERIOD'
  | 'BAD_RANGE'
  | 'EMPTY_LIST'
  | 'UNKNOWN_VALUE'
  | 'NOT_OVER_ROOT'
  | 'UNKNOWN_SEGMENT'
  | 'SEGMENT_CYCLE'
  | 'BAD_SEGMENT'
  | 'TOO_DEEP'
  | 'TOO_MANY_NODES'
  | 'LIST_TOO_LONG'
  | 'TEXT_TOO_LONG'
  | 'TOO_MANY_ISSUES'
  | 'UNSUPPORTED'

/** One fault in a rule. Clients may rely on `code` and `path`; `message` is for people and may change. */
export interface RuleIssue {
  readonly code: RuleIssueCode
  /** JSON Pointer into the value that was given, such as `/conditions/2/value`. Empty for the whole value. */
  readonly path: string
  readonly message: string
  /** Known names close to a misspelt one, the closest first. */
  readonly nearest?: readonly string[]
  /** The segment in whose rule the fault lies, when it is not in the rule that was given. */
  readonly segment?: string
}

/** All faults of a rule: at least one. */
export type RuleIssues = readonly [RuleIssue, ...RuleIssue[]]

/** The JSON is not a rule over this catalog. Carries every fault found, not only the first. */
export class InvalidRuleError extends Error {
  override readonly name = 'InvalidRuleError'
  readonly code = 'INVALID_RULE'
  readonly issues: RuleIssues

  constructor(issues: RuleIssues) {
    const [first] = issues
    super(
      `${first.message} (at ${first.path || 'the top'}${issues.length > 1 ? `, and ${issues.length - 1} more` : ''})`,
    )
    this.issues = issues
  }
}

/** The catalog contradicts itself or names something that cannot be an identifier. */
export class InvalidCatalogError extends Error {
  override readonly name = 'InvalidCatalogError'
  readonly code = 'INVALID_CATALOG'
  /** What is wrong, each with the place in the catalog where it is. */
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The catalog is not usable: ${faults.join('; ')}`)
    this.faults = faults
  }
}

/** The rule is valid, but this target cannot answer it exactly, and an approximation is never given. */
export class CannotCompileError extends Error {
  override readonly name = 'CannotCompileError'
  readonly code = 'CANNOT_COMPILE'
}

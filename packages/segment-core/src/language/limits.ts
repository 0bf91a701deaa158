/** The bounds of a rule. They hold again after segments have been put in place of their references. */
export interface RuleLimits {
  /** A rule alone is 1; each `conditions` and each `where` adds 1. */
  readonly depth: number
  /** Every rule object counts as one. */
  readonly nodes: number
  /** Entries of one list. */
  readonly listLength: number
  /** Code points of one text. */
  readonly textLength: number
}

/** Deep enough for any rule a person has written, small enough that a rule cannot exhaust a stack or a database. */
export const defaultLimits: RuleLimits = { depth: 16, nodes: 1_000, listLength: 10_000, textLength: 1_000 }

/** After so many faults a reader stops: the answer would be longer than anybody reads, and costs time to build. */
export const mostIssues = 1_000

/** Numbers in rules have at most this many significant digits: those that binary floating point carries unharmed. */
export const mostSignificantDigits = 15

/** Amounts of money lie below this, either side of zero, in major units. */
export const moneyBound = 10_000_000_000_000

/** Years that dates in rules may have. */
export const firstYear = 1900
/** The last year that dates in rules may have. */
export const lastYear = 9999

import type { Clause, Span } from '../reading/clause.ts'

/** How statements are joined, before each is turned into a rule. */
export type Expression =
  | { readonly is: 'clause'; readonly clause: Clause }
  | { readonly is: 'all'; readonly of: readonly Expression[] }
  | { readonly is: 'any'; readonly of: readonly Expression[] }
  /** None of them. */
  | { readonly is: 'none'; readonly of: readonly Expression[] }

/** Where an expression stands in the text. */
export function spanOf(expression: Expression): Span {
  if (expression.is === 'clause') return { start: expression.clause.start, end: expression.clause.end }
  const spans = expression.of.map(spanOf)
  return { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) }
}

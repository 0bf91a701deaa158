/** A rule in words that every engine of the bench has: each one is told it in its own language. */
export type PlainRule =
  | { readonly all: readonly PlainRule[] }
  | { readonly any: readonly PlainRule[] }
  | { readonly not: PlainRule }
  | PlainCondition

export type PlainCondition =
  | { readonly field: string; readonly is: 'equal'; readonly to: string | boolean }
  | { readonly field: string; readonly is: 'not equal'; readonly to: string | boolean }
  | { readonly field: string; readonly is: 'at least' | 'above' | 'at most' | 'below'; readonly than: number }
  | { readonly field: string; readonly is: 'one of'; readonly of: readonly string[] }
  | { readonly field: string; readonly is: 'tagged'; readonly of: readonly string[] }
  | { readonly field: string; readonly is: 'within last days'; readonly days: number }
  | { readonly field: string; readonly is: 'before last days'; readonly days: number }

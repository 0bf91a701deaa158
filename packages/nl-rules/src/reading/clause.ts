import type { Rule, Saying } from '@muster/segment-core'
import type { Periods } from './periods.ts'
import type { Quantity } from './quantities.ts'

/** A stretch of the text, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** One statement about the audience, as far as its own words tell. What it leaves out may be carried over. */
export interface Clause extends Span {
  readonly about: Subject | null
  readonly quantity: Quantity | null
  /** The amount of one record: "an order over 500". */
  readonly each: Quantity | null
  readonly periods: Periods | null
  readonly objects: Objects | null
  /** The first or the last time. */
  readonly edge: 'first' | 'last' | null
  /** The status of the records, as their enum field spells it. */
  readonly status: string | null
  /** A negation inside the clause: "city is not Pune", "received no message". */
  readonly isNegated: boolean
  /** "Has", "with" or "without" stands before it. */
  readonly isHeld: boolean
  /** "Is", "did" or "has" stands before it, so it goes on with a statement and begins no new people. */
  readonly isLed: boolean
}

/** What a clause is about. */
export type Subject =
  | {
      readonly is: 'activity'
      readonly name: string
      readonly form: 'verb' | 'noun'
      readonly base: string
      /** The noun stands in the plural. */
      readonly isMany: boolean
    }
  | { readonly is: 'measure'; readonly name: string; readonly form: 'verb' | 'noun' }
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'saying'; readonly saying: Saying; readonly isGlossary: boolean; readonly words: string }
  /** A condition that needs nothing more. `assumption` says on what it rests, if on anything. */
  | {
      readonly is: 'fact'
      readonly rule: Rule
      readonly takenFor: string
      readonly assumption: string | null
      /** Its words stand for people: "women". */
      readonly isPeople: boolean
    }
  | { readonly is: 'everyone' }

/** What something was done to. */
export interface Objects extends Span {
  readonly items: readonly ObjectItem[]
  readonly join: 'and' | 'or'
  /** "It": whatever the clause before was about. */
  readonly isPronoun: boolean
}

/** One object: its name as typed, or null for any. */
export interface ObjectItem {
  readonly name: string | null
  readonly isQuoted: boolean
  readonly isCategory: boolean
}

/** The text cut into statements and the words between them, in order. */
export type Piece = Span &
  (
    | { readonly is: 'clause'; readonly clause: Clause }
    | { readonly is: 'join'; readonly join: 'and' | 'or' | 'nor'; readonly isComma: boolean }
    | { readonly is: 'not'; readonly how: 'not' | 'non' | 'never' | 'no' | 'without' | 'except' }
    | { readonly is: 'bracket'; readonly side: 'open' | 'close' }
    | { readonly is: 'either' | 'neither' | 'both' | 'who' | 'audience' }
    | { readonly is: 'everyone' }
    | { readonly is: 'unknown'; readonly why: string }
  )

import type { Period, Saying } from '@muster/segment-core'

/** What a word or phrase can mean. One word may have several meanings; the place where it stands decides. */
export type Meaning = GrammarMeaning | NumberMeaning | TimeMeaning | CatalogMeaning

/** How a number or amount is compared. */
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<='

/** The units in which durations are counted. */
export type Unit = 'hour' | 'day' | 'week' | 'fortnight' | 'month' | 'quarter' | 'year'

/** Words that hold a sentence together, whatever it is about. */
export type GrammarMeaning =
  | { readonly is: 'and' }
  | { readonly is: 'or' }
  | { readonly is: 'nor' }
  | { readonly is: 'either' }
  | { readonly is: 'neither' }
  | { readonly is: 'both' }
  | { readonly is: 'not'; readonly how: 'not' | 'non' | 'never' | 'no' | 'without' | 'except' }
  | { readonly is: 'bracket'; readonly side: 'open' | 'close' }
  /** Who, that, whose: begins a clause. */
  | { readonly is: 'who' }
  | { readonly is: 'with' }
  | { readonly is: 'have' }
  | { readonly is: 'be' }
  | { readonly is: 'do' }
  /** "Placed" an order, "made" a purchase: says nothing that the noun does not. */
  | { readonly is: 'light' }
  | { readonly is: 'article'; readonly how: 'a' | 'the' | 'any' | 'all' | 'their' }
  /** Carries no meaning wherever it stands. */
  | { readonly is: 'filler' }
  /** "Should", "must": nothing before "be", "have" and "not". */
  | { readonly is: 'modal' }
  /** Carries no meaning at the beginning: "show me". */
  | { readonly is: 'opening' }
  | { readonly is: 'everyone' }
  | { readonly is: 'those' }
  | { readonly is: 'it' }
  | { readonly is: 'nothing' }
  | { readonly is: 'anything' }
  | { readonly is: 'live' }
  | { readonly is: 'present'; readonly set: boolean }
  | { readonly is: 'compareText'; readonly operator: 'contains' | 'startsWith' | 'endsWith' }
  | { readonly is: 'truth'; readonly value: boolean }
  | { readonly is: 'in' }
  | { readonly is: 'from' }
  | { readonly is: 'on' }
  | { readonly is: 'of' }
  | { readonly is: 'for' }
  | { readonly is: 'as' }
  | { readonly is: 'ambiguous' }

/** Words of numbers and comparisons. */
export type NumberMeaning =
  | { readonly is: 'compare'; readonly operator: Comparison; readonly sign?: true }
  /** After the number: "plus", "minimum". */
  | { readonly is: 'bound'; readonly operator: '>=' | '<=' }
  /** After the number and "or" or "and": "or more", "and above". */
  | { readonly is: 'degree'; readonly operator: '>=' | '<=' }
  | { readonly is: 'between' }
  | { readonly is: 'to' }
  | { readonly is: 'upward' }
  | { readonly is: 'times' }
  /** Once, twice, thrice. */
  | { readonly is: 'often'; readonly times: number }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'magnitude'; readonly factor: number; readonly gluedOnly?: true }
  | { readonly is: 'currency'; readonly codes: readonly string[] }
  /** "An order worth 500": what follows is the amount of one. */
  | { readonly is: 'worth' }

/** Words of days and periods. */
export type TimeMeaning =
  | { readonly is: 'unit'; readonly unit: Unit }
  | { readonly is: 'shift'; readonly offset: -1 | 0 | 1; readonly rolling?: true }
  | { readonly is: 'relativeDay'; readonly offset: number }
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'quarter'; readonly quarter: number }
  | { readonly is: 'ago' }
  | { readonly is: 'within' }
  | { readonly is: 'since' }
  | { readonly is: 'before' }
  | { readonly is: 'after' }
  | { readonly is: 'until' }
  | { readonly is: 'onwards' }
  | { readonly is: 'recently' }
  /** The first or the last time: "their first order". */
  | { readonly is: 'edge'; readonly edge: 'first' | 'last' }
  | { readonly is: 'ordinal' }

/** Words of the catalog. */
export type CatalogMeaning =
  | { readonly is: 'audience' }
  | {
      readonly is: 'activity'
      readonly name: string
      readonly form: 'verb' | 'noun'
      readonly base: string
      readonly many: boolean
    }
  | { readonly is: 'measure'; readonly name: string; readonly form: 'verb' | 'noun' }
  | { readonly is: 'field'; readonly name: string }
  /** `needsField`: a word like "other", which is the value only beside the field's name. */
  | { readonly is: 'enum'; readonly field: string; readonly value: string; readonly needsField: boolean }
  /** A value of the status of an activity's records: "pending". */
  | { readonly is: 'status'; readonly activity: string; readonly value: string }
  | { readonly is: 'saying'; readonly saying: Saying; readonly isGlossary: boolean }
  /** A noun for what activities are done to: "campaign" may have a name, "message" and "product" stand for any. */
  | { readonly is: 'object'; readonly activities: readonly string[]; readonly how: 'named' | 'any' | 'category' }

/** The meaning of a kind, by its `is`. */
export type MeaningOf<Kind extends Meaning['is']> = Extract<Meaning, { readonly is: Kind }>

/** The calendar period of a unit, where there is one. */
export function calendarPeriod(unit: Unit): Period | null {
  return unit === 'hour' || unit === 'fortnight' ? null : unit
}

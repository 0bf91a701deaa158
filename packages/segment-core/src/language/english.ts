import type { Duration, Rule } from './rule.ts'

/**
 * The words in which people speak of a catalog's data, beside the labels, synonyms and enum words of its fields.
 * A catalog without a vocabulary can still be compiled and described; a reader of English then knows its fields,
 * but no verbs. Words are given in lower case and in the singular or base form: plurals, `-ed` and `-ing` follow.
 */
export interface EnglishVocabulary {
  /** What the members of the audience are called: "customer", `['person', 'people']`. */
  readonly audience: readonly Noun[]
  /** More names for the root's fields, by field. They are added to the field's own label and synonyms. */
  readonly names?: Readonly<Record<string, readonly string[]>>
  /** What can be done, once or often, and where the data say so. */
  readonly activities?: Readonly<Record<string, Activity>>
  /** Figures that are added up over related records, such as spending. */
  readonly measures?: Readonly<Record<string, Measure>>
  /** Phrases that state a whole condition: "opted in". */
  readonly sayings?: readonly Saying[]
  /** Words whose meaning is a convention, and may be changed: "VIP". Each use is reported as an assumption. */
  readonly glossary?: readonly Saying[]
  /**
   * The text fields that say where somebody is, the most likely first. A known value of one of them may stand without
   * the field's name, and an unknown one after "from" or "in" is taken for a value of the first.
   */
  readonly places?: readonly string[]
  /** Date fields whose day comes round every year when they are named: `['birthday']`. */
  readonly anniversaries?: readonly string[]
  /** How long ago "recently" is. */
  readonly recently?: Duration
}

/** A noun by its singular; with its plural where that is not regular. */
export type Noun = string | readonly [one: string, many: string]

/** A verb by its base form; with its past and, where different, its participle where these are not regular. */
export type Verb = string | readonly [base: string, past: string, participle?: string]

/** Something that is done: ordering, visiting, opening a message. */
export interface Activity {
  readonly verbs?: readonly Verb[]
  /** What one time of it is called: "order", "visit". */
  readonly nouns?: readonly Noun[]
  /** The number field of the root that says how often, over all time. */
  readonly count?: string
  /** The date field of the root that says when: the only time, or with `repeats` the latest. */
  readonly date?: string
  /** It can be done more than once, so `date` knows no more than the latest time. */
  readonly repeats?: true
  /** The related records, one for each time. */
  readonly records?: Records
  /** The measure that is meant when an amount of money follows the verb: "ordered for more than $500". */
  readonly worth?: string
  /** What it is done to. */
  readonly objects?: Contents | Named
}

/** Related records that stand for the times something was done. */
export interface Records {
  /** A relation of the root. */
  readonly of: string
  /** Which of the records count. A status that the text names takes the place of a condition on the same field. */
  readonly where?: Rule
  /** The date field of the record. Where it may be missing, only records that have it count. */
  readonly date: string
  /** The money field of one record: "an order over $500". */
  readonly amount?: string
  /** The enum field whose words may stand before the noun or serve as a verb: "a pending order", "cancelled an order". */
  readonly status?: string
}

/** The objects are parts of a record: the items of an order. */
export interface Contents {
  readonly kind: 'contents'
  /** A relation of the record. */
  readonly of: string
  /** The text field that is a kind of object, compared as a whole, which "from the X category" asks for alone. */
  readonly category: string
  /** Text fields in which the object's name may be contained. */
  readonly names: readonly string[]
  /** The verbs that take such an object, by base form; without it, all of the activity's. */
  readonly verbs?: readonly string[]
  /** Words for any object at all: "product", "something". */
  readonly anything: readonly Noun[]
}

/** The object is the record itself, which may have a name: a message of a campaign. */
export interface Named {
  readonly kind: 'named'
  /** The text field of the record that holds the name. */
  readonly name: string
  /** Nouns beside which a name may stand: "the Summer Sale campaign". */
  readonly nouns: readonly Noun[]
  /** Nouns for any of them: "message". */
  readonly anything: readonly Noun[]
  /** The verbs say nothing without such an object: "received". */
  readonly needed?: true
}

/** A figure over related records: what was spent, the average order value. */
export interface Measure {
  readonly verbs?: readonly Verb[]
  readonly nouns?: readonly Noun[]
  /** The field of the root that holds the figure over all time, where there is one. */
  readonly field?: string
  /** How the figure comes about; needed for a period, and where there is no `field`. */
  readonly records?: {
    readonly of: string
    readonly aggregate: 'sum' | 'avg' | 'min' | 'max'
    readonly field: string
    readonly where?: Rule
    readonly date: string
  }
}

/** Words or phrases, any of which stands for the rule. */
export interface Saying {
  readonly words: readonly string[]
  readonly means: Rule
}

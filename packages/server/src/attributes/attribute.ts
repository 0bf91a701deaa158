/** A fact about customers that a workspace keeps beside the built-in ones. */
export interface Attribute {
  /** As rules and requests spell it. */
  readonly name: string
  /** As people call it. */
  readonly label: string
  readonly type: AttributeType
  /** The words of a choice; empty for every other type. */
  readonly choices: readonly string[]
  /** Digits after the point of a number; 0 for every other type. */
  readonly decimals: number
}

/** `date` is a calendar day, `datetime` an instant; the other names say it. */
export const attributeTypes = ['text', 'number', 'money', 'boolean', 'date', 'datetime', 'choice'] as const

export type AttributeType = (typeof attributeTypes)[number]

/** What a customer can have of an attribute. Days are `YYYY-MM-DD`, instants as `toISOString` writes them. */
export type AttributeValue = string | number | boolean

/** Values by the names of their attributes. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>

/** An attribute as requests state one. */
export interface AttributePlan {
  readonly name: string
  readonly label?: string | null
  readonly type: AttributeType
  readonly choices?: readonly string[]
  readonly decimals?: number
}

/** As many as a form can show; each is a key in the JSON of every customer. */
export const mostAttributes = 100

/** A text attribute's longest value in code points: folded, three times as much still fits an index. */
export const longestText = 200

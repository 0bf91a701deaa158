import type { Contents, Named } from '@muster/segment-core'
import type { ObjectItem } from './clause.ts'
import type { Found, Sentence } from './lexemes.ts'

/** The activity whose objects are read. */
export interface ObjectContext {
  readonly activity: string
  readonly objects: Contents | Named
  /** The entity of the records, and of their contents. */
  readonly recordEntity: string
  readonly contentEntity: string
}

/** An object that was read. */
export type Item = Found<ObjectItem & { readonly isPronoun?: boolean }>

/** A product or campaign whose name has more words is not understood. */
export const mostNameWords = 4

/** Whether the word at a place stands for objects of the activity, and how. */
export function isObject(
  sentence: Sentence,
  at: number,
  how: 'named' | 'any' | 'category',
  context: ObjectContext,
): boolean {
  return (
    sentence.lexemes[at]?.meanings.some(
      (meaning) => meaning.is === 'object' && meaning.how === how && meaning.activities.includes(context.activity),
    ) ?? false
  )
}

/** Any object at all. */
export const anyItem: ObjectItem = { name: null, isQuoted: false, isCategory: false }

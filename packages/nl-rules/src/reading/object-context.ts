import type { Objects } from './clause.ts'
import { type Found, isAt, type Sentence } from './lexemes.ts'
import type { ObjectContext } from './object-words.ts'
import { readObjects } from './objects.ts'

/** The context in which an activity's objects are read, if it has any. */
export function objectContext(sentence: Sentence, name: string, base: string | null): ObjectContext | null {
  const { activities, catalog, root } = sentence.vocabulary
  const activity = activities[name]
  const objects = activity?.objects
  if (objects === undefined || activity?.records === undefined) return null
  if (objects.kind === 'contents' && base !== null && objects.verbs !== undefined && !objects.verbs.includes(base))
    return null
  const recordEntity = root.relations?.[activity.records.of]?.entity ?? ''
  const contentEntity =
    objects.kind === 'contents' ? (catalog.entities[recordEntity]?.relations?.[objects.of]?.entity ?? '') : ''
  return { activity: name, objects, recordEntity, contentEntity }
}

/** Reads the objects that a verb takes. */
export function readActivityObjects(sentence: Sentence, at: number, name: string, base: string): Found<Objects> | null {
  const context = objectContext(sentence, name, base)
  if (context !== null) return readObjects(sentence, at, context)
  // A verb without an object, such as "shop", takes one after "for".
  const forContext = isAt(sentence, at, 'for') ? objectContext(sentence, name, null) : null
  return forContext === null ? null : readObjects(sentence, at + 1, forContext)
}

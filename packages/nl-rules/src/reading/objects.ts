import type { Objects } from './clause.ts'
import { type Found, isAt, type Sentence } from './lexemes.ts'
import { readNamed } from './named-records.ts'
import { type Item, isObject, type ObjectContext } from './object-words.ts'
import { readListJoin } from './text-values.ts'
import { readThing } from './things.ts'

const mostItems = 50

/** Reads what was bought, opened, …: the first object, and those listed after it. */
export function readObjects(sentence: Sentence, at: number, context: ObjectContext): Found<Objects> | null {
  const isBoth = isAt(sentence, at, 'both')
  const first = readItem(sentence, isBoth || isAt(sentence, at, 'either') ? at + 1 : at, context, false)
  if (first === null) return null
  return withList(sentence, at, first, context, isBoth)
}

/** Reads an object that stands without its verb: "but not socks". Only what is surely an object is one. */
export function readCarriedObjects(sentence: Sentence, at: number, context: ObjectContext): Found<Objects> | null {
  const first = readItem(sentence, at, context, true)
  return first === null ? null : withList(sentence, at, first, context, false)
}

function withList(
  sentence: Sentence,
  at: number,
  first: Item,
  context: ObjectContext,
  isBoth: boolean,
): Found<Objects> | null {
  const items = [first]
  const joins = new Set<'and' | 'or' | 'comma'>()
  for (let next = first.next; items.length < mostItems && first.value.name !== null; ) {
    const joined = readListJoin(sentence, next)
    const more = joined === null ? null : readItem(sentence, joined.next, context, true)
    if (joined === null || more === null || more.value.name === null) break
    joins.add(joined.value)
    items.push(more)
    next = more.next
  }
  const isMixed = joins.has('and') && joins.has('or')
  // "shoes, socks" alone does not say whether both or either.
  const isOpen = items.length > 1 && !joins.has('and') && !joins.has('or')
  if (isMixed || isOpen || (isBoth && !joins.has('and'))) return null
  const end = items.at(-1)!.next
  const after = context.objects.kind === 'named' && isObject(sentence, end, 'named', context) ? end + 1 : end
  return {
    value: {
      start: sentence.lexemes[at]!.start,
      end: sentence.lexemes[after - 1]!.end,
      items: items.map(({ value: { name, isQuoted, isCategory } }) => ({ name, isQuoted, isCategory })),
      join: joins.has('or') ? 'or' : 'and',
      isPronoun: first.value.isPronoun === true,
    },
    next: after,
  }
}

function readItem(sentence: Sentence, at: number, context: ObjectContext, isListed: boolean): Item | null {
  return context.objects.kind === 'named'
    ? readNamed(sentence, at, context)
    : readThing(sentence, at, { ...context, objects: context.objects }, isListed)
}

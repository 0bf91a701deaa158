import type { Contents } from '@muster/segment-core'
import type { Objects } from './clause.ts'
import { type Found, isAt, type Lexeme, meaningAt, type Sentence } from './lexemes.ts'
import { noThings } from './no-names.ts'
import { anyItem, type Item, isObject, mostNameWords, type ObjectContext } from './object-words.ts'
import { ordinaryWords } from './ordinary-words.ts'

/** The context of things. */
export type ThingContext = ObjectContext & { readonly objects: Contents }

/** Reads a thing that is part of a record, such as a product. */
export function readThing(sentence: Sentence, at: number, context: ThingContext, isListed: boolean): Item | null {
  const category = readCategory(sentence, at, context)
  if (category !== null) return category
  const article = meaningAt(sentence, at, 'article')
  const start = article === undefined || article.how === 'all' ? at : at + 1
  if (!isListed && isAny(sentence, start, context)) {
    const within = readCategory(sentence, start + 1, context)
    return within ?? { value: anyItem, next: start + 1 }
  }
  const lexeme = sentence.lexemes[start]
  if (lexeme === undefined) return null
  if (lexeme.kind === 'quoted')
    return { value: { name: lexeme.text, isQuoted: true, isCategory: false }, next: start + 1 }
  const name = readThingName(sentence, start, context, article?.how === 'a')
  if (name === null || (isListed && article === undefined && !isSurelyThing(sentence, start, name.next, context)))
    return null
  // "Skincare products" are skincare.
  const next = isObject(sentence, name.next, 'any', context) ? name.next + 1 : name.next
  return { value: { name: name.value, isQuoted: false, isCategory: false }, next }
}

function isAny(sentence: Sentence, at: number, context: ThingContext): boolean {
  return isObject(sentence, at, 'any', context) || (isAt(sentence, at, 'anything') && !isAt(sentence, at, 'measure'))
}

/** "from the skincare category", "from electronics", "in the category shoes". */
function readCategory(sentence: Sentence, at: number, context: ThingContext): Item | null {
  const isFrom = isAt(sentence, at, 'from')
  if (!isFrom && !isAt(sentence, at, 'in')) return null
  let start = at + 1
  if (isAt(sentence, start, 'article')) start += 1
  const named = isObject(sentence, start, 'category', context)
  const lexeme = sentence.lexemes[named ? start + 1 : start]
  if (lexeme === undefined) return null
  const known = lexeme.values.find(
    (value) => value.entity === context.contentEntity && value.field === context.objects.category,
  )
  const next = named ? start + 2 : start + 1
  const item = (name: string, end: number): Item => ({ value: { name, isQuoted: false, isCategory: true }, next: end })
  if (known !== undefined && (isFrom || named || isObject(sentence, next, 'category', context))) {
    return item(known.value, isObject(sentence, next, 'category', context) ? next + 1 : next)
  }
  if (lexeme.kind !== 'word' && lexeme.kind !== 'quoted') return null
  if (named) return item(lexeme.text, next)
  for (let end = start + 1; end <= start + mostNameWords; end += 1) {
    if (isObject(sentence, end, 'category', context)) {
      const last = sentence.lexemes[end - 1]!
      return item(lexeme.kind === 'quoted' ? lexeme.text : sentence.text.slice(lexeme.start, last.end), end + 1)
    }
    if (sentence.lexemes[end]?.kind !== 'word') return null
  }
  return null
}

function readThingName(
  sentence: Sentence,
  at: number,
  context: ThingContext,
  hasArticle: boolean,
): Found<string> | null {
  const first = sentence.lexemes[at]
  if (first?.kind !== 'word' || !mayBeginName(first, context, hasArticle)) return null
  let next = at + 1
  while (next < at + mostNameWords && goesOnInName(sentence, next)) next += 1
  if (goesOnInName(sentence, next)) return null
  return { value: sentence.text.slice(first.start, sentence.lexemes[next - 1]!.end), next }
}

function mayBeginName(lexeme: Lexeme, context: ThingContext, hasArticle: boolean): boolean {
  const word = lexeme.text.toLowerCase()
  if (noThings.has(word) || /ly$/.test(word) || isPlace(lexeme, context)) return false
  return hasArticle || lexeme.corrected !== null || lexeme.meanings.every(({ is }) => is === 'field' || is === 'object')
}

/** A place that is no thing as well: "bought Mumbai". */
function isPlace(lexeme: Lexeme, context: ThingContext): boolean {
  return (
    lexeme.values.length > 0 &&
    lexeme.values.every(({ entity }) => entity !== context.contentEntity) &&
    /^\p{Lu}/u.test(lexeme.text)
  )
}

function goesOnInName(sentence: Sentence, at: number): boolean {
  const lexeme = sentence.lexemes[at]
  if (lexeme === undefined) return false
  if (lexeme.kind === 'symbol')
    return (lexeme.text === '-' || lexeme.text === "'") && lexeme.glued && sentence.lexemes[at + 1]?.glued === true
  if (lexeme.kind !== 'word') return false
  const word = lexeme.text.toLowerCase()
  return lexeme.meanings.length === 0 && !noThings.has(word) && !/(?:ly|[^e]ed)$/.test(word)
}

/** In a list, a thing is one that is known, or a plain plural: "bought shoes and love hiking" is no list. */
function isSurelyThing(sentence: Sentence, at: number, next: number, context: ThingContext): boolean {
  const name = sentence.lexemes
    .slice(at, next)
    .map(({ text }) => text)
    .join(' ')
  if (isKnownThing(sentence, name, context)) return true
  const word = name.toLowerCase()
  return next === at + 1 && sentence.lexemes[at]!.meanings.length === 0 && /[^s]s$/.test(word) && !endsInVerb(word)
}

/** Whether all objects are known by name: "orders with shoes", not "orders with free shipping". */
export function areKnown(sentence: Sentence, { items }: Objects, context: ThingContext): boolean {
  return items.every(({ name, isQuoted }) => name !== null && (isQuoted || isKnownThing(sentence, name, context)))
}

function isKnownThing(sentence: Sentence, name: string, context: ThingContext): boolean {
  const fields = [context.objects.category, ...context.objects.names].map(
    (field) => `${context.contentEntity}.${field}`,
  )
  const words = name.toLowerCase().split(/[\s-]+/)
  return words.every((word) => fields.some((field) => sentence.values.words.get(word)?.has(field)))
}

/** "and travels", "and smokes": the plural of few things, the present tense of a verb. */
function endsInVerb(word: string): boolean {
  const base = word.slice(0, -1)
  return (
    ordinaryWords.has(`${base}ing`) ||
    ordinaryWords.has(`${base.replace(/e$/, '')}ing`) ||
    ordinaryWords.has(`${base}ed`)
  )
}

import type { Contents, Named } from '@muster/segment-core'
import type { ObjectItem, Objects } from './clause.ts'
import { type Found, isAt, isSign, type Lexeme, meaningAt, type Sentence } from './lexemes.ts'
import { noThings } from './no-names.ts'
import { ordinaryWords } from './ordinary-words.ts'
import { readListJoin } from './text-values.ts'

/** The activity whose objects are read. */
export interface ObjectContext {
  readonly activity: string
  readonly objects: Contents | Named
  /** The entity of the records, and of their contents. */
  readonly recordEntity: string
  readonly contentEntity: string
}

const mostItems = 50
/** A product or campaign whose name has more words is not understood. */
const mostNameWords = 4

/** Ways in which a message goes out; a campaign is not called so. */
const channels = new Set(
  'whatsapp sms mms rcs push text telegram facebook instagram viber app phone call social newsletter'.split(' '),
)

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

type Item = Found<ObjectItem & { readonly isPronoun?: boolean }>

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

function isObject(sentence: Sentence, at: number, how: 'named' | 'any' | 'category', context: ObjectContext): boolean {
  return (
    sentence.lexemes[at]?.meanings.some(
      (meaning) => meaning.is === 'object' && meaning.how === how && meaning.activities.includes(context.activity),
    ) ?? false
  )
}

const anyItem: ObjectItem = { name: null, isQuoted: false, isCategory: false }

// Things: parts of a record, such as products

/** The context of things. */
export type ThingContext = ObjectContext & { readonly objects: Contents }

function readThing(sentence: Sentence, at: number, context: ThingContext, isListed: boolean): Item | null {
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

// Named records, such as the messages of a campaign

function readNamed(sentence: Sentence, at: number, context: ObjectContext): Item | null {
  const article = meaningAt(sentence, at, 'article')?.how
  if (article === 'all') return null
  const pronoun = sentence.lexemes[at]?.text.toLowerCase()
  if (pronoun === 'it' || pronoun === 'them') return { value: { ...anyItem, isPronoun: true }, next: at + 1 }
  const start = article === undefined ? at : at + 1
  const inner =
    isAt(sentence, start, 'article') && meaningAt(sentence, start, 'article')?.how !== 'all' ? start + 1 : start
  if (isObject(sentence, inner, 'any', context)) return readNameAfter(sentence, inner + 1, context)
  if (isObject(sentence, inner, 'named', context)) return readNameBeside(sentence, inner + 1, context)
  const named = readCampaignName(sentence, inner, context, article !== undefined)
  if (named !== null) return named
  const isOne = (pronoun === 'one' || pronoun === 'any') && !isAt(sentence, at + 1, 'unit', 'times')
  return isOne ? { value: anyItem, next: at + 1 } : null
}

/** "message from the Summer Sale campaign". */
function readNameAfter(sentence: Sentence, at: number, context: ObjectContext): Item {
  if (!isAt(sentence, at, 'from', 'of', 'in', 'for')) return { value: anyItem, next: at }
  const start = isAt(sentence, at + 1, 'article') ? at + 2 : at + 1
  if (isObject(sentence, start, 'named', context)) {
    const beside = readNameBeside(sentence, start + 1, context)
    if (beside.value.name !== null || meaningAt(sentence, at + 1, 'article')?.how !== 'the') return beside
  }
  return readCampaignName(sentence, start, context, true) ?? { value: anyItem, next: at }
}

/** After "campaign": its name, if it stands there. */
function readNameBeside(sentence: Sentence, at: number, context: ObjectContext): Item {
  const start =
    /^(?:called|named|titled)$/i.test(sentence.lexemes[at]?.text ?? '') || isSign(sentence, at, ':', '=') ? at + 1 : at
  const lexeme = sentence.lexemes[start]
  const known = knownName(lexeme, context)
  if (known !== null) return { value: { ...anyItem, name: known }, next: start + 1 }
  if (lexeme?.kind === 'quoted') return { value: { ...anyItem, name: lexeme.text, isQuoted: true }, next: start + 1 }
  return { value: anyItem, next: at }
}

/** A name, known or quoted, or any name before "campaign". */
function readCampaignName(sentence: Sentence, at: number, context: ObjectContext, hasArticle: boolean): Item | null {
  const first = sentence.lexemes[at]
  if (first === undefined) return null
  const isNoun = (next: number) =>
    isObject(sentence, next, 'named', context) || isObject(sentence, next, 'any', context)
  const known = knownName(first, context)
  if (known !== null) return { value: { ...anyItem, name: known }, next: isNoun(at + 1) ? at + 2 : at + 1 }
  if (first.kind === 'quoted') {
    return { value: { ...anyItem, name: first.text, isQuoted: true }, next: isNoun(at + 1) ? at + 2 : at + 1 }
  }
  const isTitled = /^[\p{Lu}\d]/u.test(first.text)
  if (!hasArticle && !isTitled) return null
  for (let next = at; next < at + mostNameWords + 2; next += 1) {
    const lexeme = sentence.lexemes[next]
    if (next > at && isObject(sentence, next, 'named', context)) {
      return {
        value: { ...anyItem, name: sentence.text.slice(first.start, sentence.lexemes[next - 1]!.end) },
        next: next + 1,
      }
    }
    if (lexeme === undefined || !mayBeInTitle(lexeme)) return null
  }
  return null
}

function knownName(lexeme: Lexeme | undefined, context: ObjectContext): string | null {
  const { objects, recordEntity } = context
  if (objects.kind !== 'named') return null
  return lexeme?.values.find((value) => value.entity === recordEntity && value.field === objects.name)?.value ?? null
}

/** Words that begin or join statements, also in capitals. */
const noTitleWords: ReadonlySet<string> = new Set([
  'activity',
  'measure',
  'compare',
  'and',
  'or',
  'nor',
  'not',
  'who',
  'have',
  'be',
  'status',
])

function mayBeInTitle(lexeme: Lexeme): boolean {
  if (lexeme.meanings.some(({ is }) => noTitleWords.has(is))) return false
  if (lexeme.kind === 'number') return true
  if (lexeme.kind !== 'word' || channels.has(lexeme.text.toLowerCase())) return false
  return /^\p{Lu}/u.test(lexeme.text) || (lexeme.meanings.length === 0 && lexeme.corrected === null)
}

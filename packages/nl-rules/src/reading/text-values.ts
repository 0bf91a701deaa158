import { type Found, isAt, isSign, type Lexeme, meaningAt, type Sentence } from './lexemes.ts'
import { noPlaces } from './no-names.ts'
import { ordinaryWords } from './ordinary-words.ts'
import { readPeriods } from './periods.ts'

/** Values of one field that stand together. */
export interface TextValues {
  readonly values: readonly string[]
  readonly join: 'and' | 'or' | 'comma' | null
  /** Some value was not among the known ones of its field. */
  readonly hasUnknown: boolean
}

/** A value in a text of this many words is none. */
const mostWords = 8
const mostValues = 200

/** Reads "Nepal or Bhutan", "gold, silver and platinum", "+91 98200 12345": values of a field, the first as typed. */
export function readTextValues(
  sentence: Sentence,
  at: number,
  entity: string,
  field: string,
): Found<TextValues> | null {
  const first = readKnown(sentence, at, entity, field) ?? readTyped(sentence, at)
  if (first === null) return null
  const values = [first.value]
  const joins: ('and' | 'or' | 'comma')[] = []
  let hasUnknown = !first.isKnown
  let next = first.next
  while (values.length < mostValues) {
    const joined = readListJoin(sentence, next)
    if (joined === null) break
    const more = readKnown(sentence, joined.next, entity, field) ?? readListed(sentence, joined.next, field)
    if (more === null) break
    hasUnknown ||= !more.isKnown
    values.push(more.value)
    joins.push(joined.value)
    next = more.next
  }
  const word = joins.find((join) => join !== 'comma')
  const isMixed = joins.includes('and') && joins.includes('or')
  return isMixed ? null : { value: { values, join: joins.length === 0 ? null : (word ?? 'comma'), hasUnknown }, next }
}

/** The word or comma between two values. A comma before "or" belongs to it. */
export function readListJoin(sentence: Sentence, at: number): Found<'and' | 'or' | 'comma'> | null {
  const comma = isSign(sentence, at, ',', '/')
  const word = comma && isAt(sentence, at + 1, 'and', 'or', 'nor') ? at + 1 : at
  if (isAt(sentence, word, 'or', 'nor')) return { value: 'or', next: word + 1 }
  if (/^(?:and|&|\+)$/i.test(sentence.lexemes[word]?.text ?? '')) return { value: 'and', next: word + 1 }
  return comma ? { value: isSign(sentence, at, '/') ? 'or' : 'comma', next: at + 1 } : null
}

interface Read {
  readonly value: string
  readonly next: number
  readonly isKnown: boolean
}

/** A known value of the field, by its name or another; the rule names the value. */
function readKnown(sentence: Sentence, at: number, entity: string, field: string): Read | null {
  const start = meaningAt(sentence, at, 'article')?.how === 'the' ? at + 1 : at
  const lexeme = sentence.lexemes[start]
  const found = lexeme?.values.find((value) => value.entity === entity && value.field === field)
  return found === undefined ? null : { value: found.value, next: start + 1, isKnown: true }
}

/** The first value, as it was typed: up to the next word that joins or begins something else. */
function readTyped(sentence: Sentence, at: number): Read | null {
  const first = sentence.lexemes[at]
  if (first === undefined || isBreak(sentence, at)) return null
  if (first.kind !== 'quoted' && isElse(sentence, at)) return null
  if (first.kind === 'quoted' || first.kind === 'address') return { value: first.text, next: at + 1, isKnown: false }
  let next = at + 1
  while (next < at + mostWords && next < sentence.lexemes.length && !endsValue(sentence, next)) {
    const lexeme = sentence.lexemes[next]!
    // "name is Asha Rao" goes on, "name is Asha loves hiking" does not.
    if (lexeme.kind === 'word' && !lexeme.glued && ordinaryWords.has(lexeme.text)) break
    next += 1
  }
  const last = sentence.lexemes[next - 1]!
  const value = sentence.text.slice(first.start, last.end).trim().replace(/\s+/g, ' ')
  return value === '' ? null : { value, next, isKnown: false }
}

const prepositions = /^(?:by|at|during|through|via|about|when|because|while|until|till|per|on|in|from|of)$/i

/** Words that say when or how, and no value: "tagged last month", "tagged by staff". */
function isElse(sentence: Sentence, at: number): boolean {
  const lexeme = sentence.lexemes[at]!
  if (lexeme.values.length > 0) return false
  return prepositions.test(lexeme.text) || readPeriods(sentence, at) !== null
}

/** A value further on in a list: in quotes, or a word that is nothing else, with nothing after it that it could belong to. */
function readListed(sentence: Sentence, at: number, field: string): Read | null {
  const lexeme = sentence.lexemes[at]
  if (lexeme === undefined) return null
  if (lexeme.kind === 'quoted') return { value: lexeme.text, next: at + 1, isKnown: false }
  const isPlain = lexeme.kind === 'word' && lexeme.meanings.length === 0 && lexeme.values.length === 0
  if (!isPlain || lexeme.corrected !== null || isBreak(sentence, at)) return null
  const typed = readTyped(sentence, at)
  if (typed === null) return null
  const isName = sentence.vocabulary.root.fields[field]?.type === 'tags' || /^\p{Lu}/u.test(typed.value)
  const words = typed.value.split(/\s+/)
  const isOrdinary = words.some((word) => ordinaryWords.has(word))
  const ends = typed.next >= sentence.lexemes.length || endsValue(sentence, typed.next)
  return ends && words.length <= (isName ? 3 : 1) && (isName ? words.length === 1 || !isOrdinary : !isOrdinary)
    ? typed
    : null
}

/** Words that cannot stand in a value as typed. */
function isBreak(sentence: Sentence, at: number): boolean {
  if (isSign(sentence, at, ',', ';', '?', '!') || sentence.lexemes[at]?.kind === 'line') return true
  return isAt(sentence, at, 'bracket', 'who') || isFullStop(sentence, at)
}

/** Whether the lexeme at a place begins something else than the rest of a value. */
function endsValue(sentence: Sentence, at: number): boolean {
  const lexeme = sentence.lexemes[at]!
  if (isBreak(sentence, at) || lexeme.kind === 'quoted') return true
  if (lexeme.glued && lexeme.kind !== 'symbol') return false
  return isAt(
    sentence,
    at,
    'and',
    'or',
    'nor',
    'not',
    'with',
    'have',
    'be',
    'do',
    'activity',
    'measure',
    'saying',
    'audience',
    'enum',
    'field',
    'from',
    'in',
    'on',
    'of',
    'for',
    'since',
    'before',
    'after',
    'within',
    'compare',
    'live',
    'everyone',
    'those',
    'either',
    'neither',
    'filler',
    'shift',
    'article',
    'compareText',
    'light',
    'as',
  )
}

/** A "." at the end of a sentence, not one inside a number or an abbreviation. */
export function isFullStop(sentence: Sentence, at: number): boolean {
  return isSign(sentence, at, '.') && sentence.lexemes[at + 1]?.glued !== true
}

/** Whether an unknown word may be the name of a place: written as a name, and no word that means something else. */
export function mayBePlace(lexeme: Lexeme | undefined, takesSmall: boolean): boolean {
  if (lexeme?.kind !== 'word' || lexeme.meanings.length > 0 || lexeme.corrected !== null) return false
  const word = lexeme.text.toLowerCase()
  if (isNoPlace(word) || ordinaryWords.has(word) || word.length < 3) return false
  return takesSmall || /^\p{Lu}\p{Ll}/u.test(lexeme.text)
}

/** Whether a word says where people come from in another sense: "from Instagram". */
export function isNoPlace(word: string): boolean {
  return noPlaces.has(word.toLowerCase())
}

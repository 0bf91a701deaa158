import type { FoundValue } from './known-values.ts'
import type { Meaning, MeaningOf } from './meanings.ts'
import { longestPhrase } from './phrases.ts'
import { plain, type Token, tokenize } from './tokens.ts'
import type { ValueIndex, Vocabulary } from './vocabulary.ts'

/** A word or phrase with everything that it can mean. */
export interface Lexeme {
  readonly kind: Token['kind']
  /** As typed; of a text in quotes, what stands between them. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly glued: boolean
  readonly meanings: readonly Meaning[]
  /** The known values that it is a name of. */
  readonly values: readonly FoundValue[]
  /** The word that was taken to be meant, where a typing mistake was forgiven. */
  readonly corrected: string | null
}

/** A text made ready for reading. */
export interface Sentence {
  readonly text: string
  readonly lexemes: readonly Lexeme[]
  readonly vocabulary: Vocabulary
  readonly values: ValueIndex
  /** What day it is, and for what the user's clock stands. */
  readonly clock: Clock
}

/** The clock of a translation. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: number
  readonly timeZone: string
}

/** Finds the words and phrases of a text. Total, and linear in its length. */
export function readLexemes(text: string, vocabulary: Vocabulary, values: ValueIndex, clock: Clock): Sentence {
  const tokens = tokenize(text)
  const typed = tokens.map((token) => (token.kind === 'word' || token.kind === 'number' ? plain(token.text) : ''))
  // In capitals "US" is a country and "IT" no pronoun: known names in capitals are never little words.
  const words = tokens.map((token, at) => {
    const word = typed[at] ?? ''
    if (token.kind !== 'word') return ''
    if (/^[A-Z]{2,3}$/.test(token.text) && isWholeName(word, values) && text !== text.toUpperCase()) return token.text
    return word
  })
  const corrected = words.map((word, at) =>
    word === '' || isInAddress(tokens, at) || vocabulary.words.has(word) || values.words.has(plain(word))
      ? null
      : vocabulary.spelling(word),
  )
  const meant = words.map((word, at) => corrected[at] ?? word)
  const lexemes: Lexeme[] = []
  for (let at = 0; at < tokens.length; ) {
    const lexeme = lexemeAt(at, { text, tokens, typed, meant, corrected, vocabulary, values })
    lexemes.push(lexeme.value)
    at = lexeme.next
  }
  return { text, lexemes, vocabulary, values, clock }
}

/** The "com" of "gmail.com". */
function isInAddress(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.glued === true && tokens[at - 1]?.kind === 'symbol' && tokens[at - 1]?.glued === true
}

function isWholeName(word: string, values: ValueIndex): boolean {
  return (values.phrases.next.get(word)?.payloads.length ?? 0) > 0
}

interface Material {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly typed: readonly string[]
  readonly meant: readonly string[]
  readonly corrected: readonly (string | null)[]
  readonly vocabulary: Vocabulary
  readonly values: ValueIndex
}

/** The longest phrase at a token; a known value and a phrase of the same length are both kept. */
function lexemeAt(at: number, material: Material): { readonly value: Lexeme; readonly next: number } {
  const { text, tokens, typed, meant, corrected, vocabulary } = material
  const token = tokens[at]!
  const phrase = longestPhrase(vocabulary.phrases, tokens, meant, at)
  const value = longestPhrase(material.values.phrases, tokens, typed, at)
  const next = Math.max(phrase?.next ?? at + 1, value?.next ?? at + 1)
  const end = tokens[next - 1]!.end
  const meanings =
    phrase?.next === next ? phrase.payloads : token.kind === 'symbol' ? (vocabulary.signs[token.text] ?? []) : []
  const lexeme: Lexeme = {
    kind: token.kind,
    text: token.kind === 'quoted' ? token.text : text.slice(token.start, end),
    start: token.start,
    end,
    glued: token.glued,
    meanings,
    values: value?.next === next ? value.payloads : [],
    corrected: phrase?.next === next ? correction(corrected, meant, at, next) : null,
  }
  return { value: lexeme, next }
}

function correction(
  corrected: Material['corrected'],
  meant: readonly string[],
  at: number,
  next: number,
): string | null {
  return corrected.slice(at, next).some((word) => word !== null)
    ? meant.slice(at, next).filter(Boolean).join(' ')
    : null
}

/** The meaning of a kind that the lexeme at a place has, if it has one. */
export function meaningAt<Kind extends Meaning['is']>(
  sentence: Sentence,
  at: number,
  kind: Kind,
): MeaningOf<Kind> | undefined {
  const meanings = sentence.lexemes[at]?.meanings
  return meanings?.find((meaning): meaning is MeaningOf<Kind> => meaning.is === kind)
}

/** Whether the lexeme at a place can have a meaning of one of the kinds. */
export function isAt(sentence: Sentence, at: number, ...kinds: readonly Meaning['is'][]): boolean {
  return sentence.lexemes[at]?.meanings.some((meaning) => kinds.includes(meaning.is)) ?? false
}

/** Whether the lexeme at a place is the sign. */
export function isSign(sentence: Sentence, at: number, ...signs: readonly string[]): boolean {
  const lexeme = sentence.lexemes[at]
  return lexeme?.kind === 'symbol' && signs.includes(lexeme.text)
}

/** Something that was read, and where the rest begins. */
export interface Found<Value> {
  readonly value: Value
  readonly next: number
}

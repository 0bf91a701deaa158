import { isAt, isSign, type Lexeme, meaningAt, type Sentence } from './lexemes.ts'
import { anyItem, type Item, isObject, mostNameWords, type ObjectContext } from './object-words.ts'

/** Ways in which a message goes out; a campaign is not called so. */
const channels = new Set(
  'whatsapp sms mms rcs push text telegram facebook instagram viber app phone call social newsletter'.split(' '),
)

/** Reads a record that may have a name, such as a message of a campaign. */
export function readNamed(sentence: Sentence, at: number, context: ObjectContext): Item | null {
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

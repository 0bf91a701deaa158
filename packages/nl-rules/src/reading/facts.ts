import type { Field, Rule } from '@muster/segment-core'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import { readTextValues, type TextValues } from './text-values.ts'

/** What is said of a field, as a rule. */
export interface Fact {
  readonly rule: Rule
  readonly isNegated: boolean
  readonly assumption: string | null
}

/** Reads what follows the name of a text, enum, boolean or tags field: "is not Pune", "contains test", ": yes", "gold or silver". */
export function readFact(
  sentence: Sentence,
  at: number,
  name: string,
  field: Field,
  isDenied: boolean,
): Found<Fact> | null {
  const presence = readPresence(sentence, at, name, field)
  if (presence !== null) return presence
  switch (field.type) {
    case 'text':
      return readContained(sentence, at, name) ?? readChoice(sentence, at, name)
    case 'tags':
      return readTags(sentence, at, name, isDenied)
    case 'enum':
      return readEnum(sentence, at, name)
    case 'boolean':
      return readTruth(sentence, at, name)
    default:
      return null
  }
}

const fact = (rule: Rule, next: number, isNegated = false, assumption: string | null = null): Found<Fact> => ({
  value: { rule, isNegated, assumption },
  next,
})

/** "is missing", "present", "is not known". */
function readPresence(sentence: Sentence, at: number, name: string, field: Field): Found<Fact> | null {
  const { next, isNegated } = readLink(sentence, at)
  const present = meaningAt(sentence, next, 'present')
  if (present === undefined) return null
  // "Consent given" says that it is true; that it is known says nothing of the kind.
  if (field.type === 'boolean' && !/known$|set$/i.test(sentence.lexemes[next]!.text)) {
    return fact({ field: name, operator: present.set !== isNegated ? '=' : '!=', value: true }, next + 1)
  }
  return fact({ field: name, operator: present.set !== isNegated ? 'isSet' : 'isNotSet' }, next + 1)
}

/** "is", "are not", ":", "=", "!=", "isn't": the words between a field and its value. */
function readLink(sentence: Sentence, at: number): { next: number; isNegated: boolean; isThere: boolean } {
  let next = at
  let isNegated = false
  for (let steps = 0; steps < 4; steps += 1, next += 1) {
    const compare = meaningAt(sentence, next, 'compare')
    const not = meaningAt(sentence, next, 'not')
    if (compare?.operator === '!=') isNegated = !isNegated
    else if (not?.how === 'not' || not?.how === 'never') isNegated = !isNegated
    else if (!(isAt(sentence, next, 'be', 'do') || isSign(sentence, next, ':') || compare?.operator === '=')) break
  }
  return { next, isNegated, isThere: next > at }
}

/** "contains test", "doesn't start with +91". */
function readContained(sentence: Sentence, at: number, field: string): Found<Fact> | null {
  const { next, isNegated } = readLink(sentence, at)
  const compare = meaningAt(sentence, next, 'compareText')
  if (compare === undefined) return null
  const values = readTextValues(sentence, next + 1, '', '')
  if (values === null || values.value.values.length !== 1) return null
  return fact({ field, operator: compare.operator, value: values.value.values[0]! }, values.next, isNegated)
}

function readChoice(sentence: Sentence, at: number, field: string): Found<Fact> | null {
  const link = readLink(sentence, at)
  const inAt = isAt(sentence, link.next, 'in', 'from', 'of') ? link.next + 1 : link.next
  const next = isSign(sentence, inAt, '(', '[') ? inAt + 1 : isAt(sentence, inAt, 'either') ? inAt + 1 : inAt
  const values = readTextValues(sentence, next, sentence.vocabulary.catalog.root, field)
  if (values === null || (!link.isThere && !isNaked(sentence, next))) return null
  const close = isSign(sentence, values.next, ')', ']') && next !== inAt ? values.next + 1 : values.next
  return fact(oneOf(field, values.value.values), close, link.isNegated)
}

/** Words that go on with the sentence, also where all is written in capitals. */
const littleWords = [
  'and',
  'or',
  'nor',
  'not',
  'who',
  'with',
  'have',
  'be',
  'do',
  'compare',
  'article',
  'in',
  'from',
  'since',
  'before',
  'after',
  'activity',
  'measure',
  'field',
  'saying',
] as const

/** Whether a value may follow its field without any word between: "city Ahmedabad", "customer id CUST-1". */
function isNaked(sentence: Sentence, at: number): boolean {
  const lexeme = sentence.lexemes[at]
  if (lexeme === undefined || isAt(sentence, at, ...littleWords)) return false
  return (
    lexeme.values.length > 0 ||
    lexeme.kind === 'quoted' ||
    lexeme.kind === 'address' ||
    /^[\p{Lu}\d]/u.test(lexeme.text)
  )
}

function oneOf(field: string, values: readonly string[]): Rule {
  const unique = [...new Set(values)]
  return unique.length === 1 ? { field, operator: '=', value: unique[0]! } : { field, operator: 'in', value: unique }
}

function readTags(sentence: Sentence, at: number, field: string, isDenied: boolean): Found<Fact> | null {
  let { next, isNegated } = readLink(sentence, at)
  if (isAt(sentence, next, 'with', 'as', 'compareText')) next += 1
  const isBoth = isAt(sentence, next, 'both')
  if (isBoth || isAt(sentence, next, 'either')) next += 1
  if (meaningAt(sentence, next, 'article')?.how === 'the') next += 1
  const values = readTextValues(sentence, next, sentence.vocabulary.catalog.root, field)
  if (values === null) return null
  const operator = tagOperator(values.value, isNegated !== isDenied)
  return operator === null
    ? null
    : fact({ field, operator, value: [...new Set(values.value.values)] }, values.next, isNegated)
}

/** "Or" asks for any, "and" for all. A list with commas only says neither. */
function tagOperator({ values, join }: TextValues, isNegated: boolean): 'hasAny' | 'hasAll' | null {
  if (values.length === 1 || join === 'or' || (join === 'comma' && isNegated)) return 'hasAny'
  return join === 'and' && !isNegated ? 'hasAll' : null
}

function readEnum(sentence: Sentence, at: number, field: string): Found<Fact> | null {
  const link = readLink(sentence, at)
  const values = readEnumValues(sentence, link.next, field)
  return values === null ? null : fact(oneOf(field, values.value), values.next, link.isNegated)
}

/** "women", "women or men": the words of an enum, by its values. */
export function readEnumValues(sentence: Sentence, at: number, field: string): Found<readonly string[]> | null {
  const values: string[] = []
  let next = at
  for (let here = at; values.length < 100; ) {
    const meaning = sentence.lexemes[here]?.meanings.find((it) => it.is === 'enum' && it.field === field)
    const lexeme = sentence.lexemes[here]
    const quoted = lexeme?.kind === 'quoted' ? enumValue(sentence, field, lexeme.text) : null
    const value = meaning?.is === 'enum' ? meaning.value : quoted
    if (value === null) break
    values.push(value)
    next = here + 1
    const isJoined = isSign(sentence, next, ',', '&') || isAt(sentence, next, 'or', 'and', 'nor')
    here = next + (isJoined ? 1 : 1e9)
  }
  return values.length === 0 ? null : { value: values, next }
}

function enumValue(sentence: Sentence, name: string, text: string): string | null {
  const field = sentence.vocabulary.root.fields[name]
  return field?.type === 'enum'
    ? (field.values.find((value) => value.toLowerCase() === text.toLowerCase()) ?? null)
    : null
}

/** ": yes", "= true", "is false". A bare "no" in a form may mean that nobody asked, so it is left open. */
function readTruth(sentence: Sentence, at: number, field: string): Found<Fact> | null {
  const link = readLink(sentence, at)
  const truth = meaningAt(sentence, link.next, 'truth')
  return truth === undefined || !link.isThere
    ? null
    : fact({ field, operator: '=', value: truth.value }, link.next + 1, link.isNegated)
}

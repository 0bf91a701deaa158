import type { FieldCondition, Rule } from '@muster/segment-core'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import { isNoPlace, mayBePlace, readListJoin } from './text-values.ts'
import { plain } from './tokens.ts'

/** Where somebody is, as a rule, and on what the reading rests. */
export interface Places {
  readonly rule: Rule
  readonly assumption: string | null
}

interface Place {
  readonly field: string
  readonly value: string
  readonly assumption: string | null
}

const mostPlaces = 200

/** Reads "from Pune", "living in Goa or Kerala", "Mumbai", "in the state of Texas", "Austin, Texas". */
export function readPlaces(sentence: Sentence, at: number, takesUnknown: boolean): Found<Places> | null {
  if (sentence.vocabulary.places.length === 0) return null
  const opened = readOpening(sentence, at)
  // In small letters an unknown name is a place only after a word like "lives": people come "from instagram" too.
  const takesSmall = isAt(sentence, at, 'live')
  const first = readPlace(sentence, opened.next, { isOpened: opened.value, takesUnknown, takesSmall })
  if (first === null) return null
  const places = [first.value]
  const joins: ('and' | 'or' | 'comma')[] = []
  let next = first.next
  while (places.length < mostPlaces) {
    const joined = readListJoin(sentence, next)
    const again = joined === null ? null : readOpening(sentence, joined.next)
    // "from Pune and lives in …" begins a statement of its own.
    if (joined === null || again === null || (again.value && isAt(sentence, joined.next, 'live'))) break
    const isOpened = again.value || isCapital(sentence, again.next)
    const more = readPlace(sentence, again.next, { isOpened, takesUnknown: takesUnknown && opened.value, takesSmall })
    if (more === null) break
    places.push(more.value)
    joins.push(joined.value)
    next = more.next
  }
  if (isAt(sentence, next, 'live') && !opened.value && !isAt(sentence, next + 1, 'in', 'from')) next += 1
  else if (isSign(sentence, next, '-') && isAt(sentence, next + 1, 'live')) next += 2
  const rule = joinPlaces(places, joins)
  return rule === null ? null : { value: { rule, assumption: assumptionsOf(places) }, next }
}

/** "from", "in", "living in": a place follows; `value` tells whether any such word stood there. */
function readOpening(sentence: Sentence, at: number): Found<boolean> {
  if (isAt(sentence, at, 'live')) {
    const lexeme = sentence.lexemes[at + 1]
    if (isAt(sentence, at + 1, 'in', 'from') || /^(?:to|at|out)$/i.test(lexeme?.text ?? ''))
      return { value: true, next: at + 2 }
  }
  if (isAt(sentence, at, 'from', 'in')) return { value: true, next: at + 1 }
  // "Customers of Pune", but not "of anything".
  if (isAt(sentence, at, 'of') && (sentence.lexemes[at + 1]?.values.length ?? 0) > 0)
    return { value: true, next: at + 1 }
  return { value: false, next: at }
}

function isCapital(sentence: Sentence, at: number): boolean {
  return /^\p{Lu}\p{Ll}/u.test(sentence.lexemes[at]?.text ?? '')
}

/** What is taken for a place where one is read. */
interface Taking {
  /** "From" or "in" stands before it. */
  readonly isOpened: boolean
  readonly takesUnknown: boolean
  readonly takesSmall: boolean
}

function readPlace(
  sentence: Sentence,
  at: number,
  { isOpened, takesUnknown, takesSmall }: Taking,
): Found<Place> | null {
  const hasThe = meaningAt(sentence, at, 'article')?.how === 'the'
  const start = hasThe ? at + 1 : at
  const kind = meaningAt(sentence, start, 'field')?.name
  if (kind !== undefined && isPlaceField(sentence, kind) && isAt(sentence, start + 1, 'of')) {
    return readOfKind(sentence, start + 2, kind)
  }
  const known = readKnown(sentence, start, isOpened, hasThe)
  return known ?? (isOpened && takesUnknown && !hasThe ? readUnknown(sentence, start, takesSmall) : null)
}

function isPlaceField(sentence: Sentence, field: string): boolean {
  return sentence.vocabulary.places.includes(field)
}

/** "the state of Texas", where the field is said. */
function readOfKind(sentence: Sentence, at: number, field: string): Found<Place> | null {
  const root = sentence.vocabulary.catalog.root
  const lexeme = sentence.lexemes[at]
  const known = lexeme?.values.find((value) => value.entity === root && value.field === field)
  if (known !== undefined) return { value: { field, value: known.value, assumption: null }, next: at + 1 }
  const typed = lexeme?.kind === 'quoted' ? { value: lexeme.text, next: at + 1 } : readName(sentence, at, true)
  return typed === null ? null : { value: { field, value: typed.value, assumption: null }, next: typed.next }
}

function readKnown(sentence: Sentence, at: number, isOpened: boolean, hasThe: boolean): Found<Place> | null {
  const lexeme = sentence.lexemes[at]
  const root = sentence.vocabulary.catalog.root
  const found = lexeme?.values.filter((value) => value.entity === root && isPlaceField(sentence, value.field)) ?? []
  if (lexeme === undefined || found.length === 0) return null
  // Little words are places only where one is expected: "from the us", but "visited us".
  if (lexeme.meanings.length > 0 && !isOpened && !hasThe) return null
  const named = meaningAt(sentence, at + 1, 'field')?.name
  const said = found.find((value) => value.field === named)
  if (said !== undefined) return { value: { field: said.field, value: said.value, assumption: null }, next: at + 2 }
  const order = sentence.vocabulary.places
  const [best] = found.toSorted((one, other) => order.indexOf(one.field) - order.indexOf(other.field))
  const fields = new Set(found.map(({ field }) => field))
  const assumption = fields.size > 1 ? `"${lexeme.text}" is taken for a ${best!.field}` : null
  return { value: { field: best!.field, value: best!.value, assumption }, next: at + 1 }
}

/** A name that is not known: of the first kind of place. */
function readUnknown(sentence: Sentence, at: number, takesSmall: boolean): Found<Place> | null {
  const lexeme = sentence.lexemes[at]
  const [field] = sentence.vocabulary.places
  if (field === undefined) return null
  const name = lexeme?.kind === 'quoted' ? { value: lexeme.text, next: at + 1 } : readName(sentence, at, takesSmall)
  // "Hydrabad" is hardly another city than Hyderabad, so it is not taken for one.
  if (name === null || name.value.split(' ').some((word) => sentence.values.spelling(plain(word)) !== null)) return null
  return {
    value: { field, value: name.value, assumption: `"${name.value}" is not known and is taken for a ${field}` },
    next: name.next,
  }
}

/** One word, or up to three in capitals: "Port Blair". */
function readName(sentence: Sentence, at: number, takesSmall: boolean): Found<string> | null {
  let next = at
  let isName = false
  while (next < at + 3 && (isCapital(sentence, at) ? isCapital(sentence, next) : next === at)) {
    const lexeme = sentence.lexemes[next]!
    if (mayBePlace(lexeme, takesSmall)) isName = true
    else if (
      !isCapital(sentence, at) ||
      lexeme.meanings.length > 0 ||
      lexeme.values.length > 0 ||
      isNoPlace(lexeme.text)
    )
      break
    next += 1
  }
  // A word that is left over would change what the name is.
  const after = sentence.lexemes[next]
  if (!isName || (after?.kind === 'word' && after.meanings.length === 0 && after.values.length === 0)) return null
  return { value: sentence.text.slice(sentence.lexemes[at]!.start, sentence.lexemes[next - 1]!.end), next }
}

/** Places of one field are one list. "Austin, Texas" is one place; "Goa or Mumbai" are two; "Goa and Mumbai" is unclear. */
function joinPlaces(places: readonly Place[], joins: readonly ('and' | 'or' | 'comma')[]): Rule | null {
  const byField = new Map<string, string[]>()
  for (const { field, value } of places) byField.set(field, [...(byField.get(field) ?? []), value])
  const conditions = [...byField].map(([field, values]): FieldCondition => {
    const [only] = new Set(values)
    return new Set(values).size === 1 && only !== undefined
      ? { field, operator: '=', value: only }
      : { field, operator: 'in', value: [...new Set(values)] }
  })
  const [condition] = conditions
  if (condition === undefined || conditions.length === 1) return condition ?? null
  if (joins.every((join) => join === 'or')) return { logic: 'OR', conditions }
  return places.length === 2 && joins[0] === 'comma' ? { logic: 'AND', conditions } : null
}

function assumptionsOf(places: readonly Place[]): string | null {
  const said = places.flatMap(({ assumption }) => assumption ?? [])
  return said.length === 0 ? null : said.join('; ')
}

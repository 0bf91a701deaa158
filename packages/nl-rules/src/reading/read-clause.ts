import type { Rule } from '@muster/segment-core'
import type { Clause, Subject } from './clause.ts'
import { createDraft, type Draft, finish, mostParts, readPeriodPart, take } from './draft.ts'
import { readEnumValues } from './facts.ts'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import type { MeaningOf } from './meanings.ts'
import { readPeriods } from './periods.ts'
import { readPlaces } from './places.ts'
import { readQuantity } from './quantities.ts'
import { readActivity } from './read-activity.ts'
import { readCarried } from './read-carried.ts'
import { readCountedField, readField } from './read-field.ts'
import { readFigure } from './read-figure.ts'

/** What stands before a clause, as far as it matters for reading it. */
export interface ClauseContext {
  /** The last thing that was spoken of, and can be carried over. */
  readonly last: Subject | null
  /** What was last spoken of had objects, and no "without" stands before this clause: "but not socks" goes on. */
  readonly takesObjects: boolean
  /** A word or comma that joins, or a "not", stands right before: only then can a subject be carried over. */
  readonly isJoined: boolean
  /** A "not" stands before it. */
  readonly isDenied: boolean
  /** "Who" or "didn't" stands before it, so a word like "order" is the verb. */
  readonly isVerbal: boolean
  /** The clause follows a verb without a joining word: an unknown name after "from" is no city then. */
  readonly followsVerb: boolean
}

/** Reads one clause: what leads to its head, its head, and what belongs to it. */
export function readClause(sentence: Sentence, at: number, context: ClauseContext): Found<Clause> | null {
  const draft = createDraft(at)
  readLead(sentence, draft)
  if (!readHead(sentence, draft, context)) return context.isJoined ? readCarried(sentence, at, context) : null
  return finish(sentence, draft)
}

/** Everything that can stand before the head: has, an, more than 3, pending, first, recently, in the last week. */
function readLead(sentence: Sentence, draft: Draft): void {
  for (let parts = 0; parts < mostParts; parts += 1) {
    const at = draft.next
    if (isHead(sentence, at, draft)) return
    if (isAt(sentence, at, 'have', 'with', 'light')) Object.assign(draft, { next: at + 1, isHeld: true, isLed: true })
    else if (isAt(sentence, at, 'be', 'do')) Object.assign(draft, { next: at + 1, isLed: true })
    else if (isAt(sentence, at, 'filler') || (draft.isHeld && isAt(sentence, at, 'both'))) draft.next = at + 1
    else if (!readLeadingPart(sentence, draft)) return
  }
}

function readLeadingPart(sentence: Sentence, draft: Draft): boolean {
  const at = draft.next
  const status = leadingStatus(sentence, at)
  if (status !== null && draft.status === null) {
    return take(draft, { status: status.value, statusActivity: status.activity, next: at + 1 })
  }
  const edge = meaningAt(sentence, at, 'edge')
  if (edge !== undefined && isAt(sentence, at + 1, 'activity', 'status'))
    return take(draft, { edge: edge.edge, next: at + 1 })
  if (draft.quantity === null) {
    const quantity = readQuantity(sentence, at)
    if (quantity !== null) return take(draft, { quantity: quantity.value, next: quantity.next })
  }
  if (draft.periods === null && draft.quantity === null) {
    const periods = readPeriods(sentence, at)
    if (periods !== null) return take(draft, { periods: periods.value, next: periods.next })
  }
  const article = meaningAt(sentence, at, 'article')
  if (article !== undefined && article.how !== 'all') {
    return take(draft, { isSingle: article.how === 'a' || article.how === 'any', next: at + 1 })
  }
  return false
}

/** A status word whose noun follows, perhaps after a number: "pending order", "cancelled more than 2 orders". */
function leadingStatus(sentence: Sentence, at: number): MeaningOf<'status'> | null {
  for (const meaning of sentence.lexemes[at]?.meanings ?? []) {
    if (meaning.is !== 'status') continue
    const inner = readQuantity(sentence, at + 1)?.next ?? at + 1
    const next = isAt(sentence, inner, 'article', 'edge') ? inner + 1 : inner
    const noun = sentence.lexemes[next]?.meanings.find((it) => it.is === 'activity' && it.form === 'noun')
    if (noun?.is === 'activity' && noun.name === meaning.activity) return meaning
  }
  return null
}

function isHead(sentence: Sentence, at: number, draft: Draft): boolean {
  if (!isAt(sentence, at, 'saying', 'measure', 'activity', 'field', 'enum', 'object')) return false
  if (leadingStatus(sentence, at) !== null) return false
  const isTimeWord = isAt(sentence, at, 'shift', 'month', 'edge') && readPeriods(sentence, at) !== null
  return !isTimeWord || draft.periods !== null
}

function readHead(sentence: Sentence, draft: Draft, context: ClauseContext): boolean {
  const at = draft.next
  if (readPassive(sentence, draft)) return true
  const saying = meaningAt(sentence, at, 'saying')
  const measure = meaningAt(sentence, at, 'measure')
  const activity = activityAt(sentence, at, draft, context)
  if (draft.edge !== null || draft.statusActivity !== null)
    return activity !== null && readActivity(sentence, draft, activity)
  // "Opt-in: yes" is the field.
  const isForm = isAt(sentence, at, 'field') && (isSign(sentence, at + 1, ':') || isAt(sentence, at + 1, 'compare'))
  if (saying !== undefined && draft.quantity === null && !isForm) return readSaying(sentence, draft, saying)
  if (measure !== undefined)
    return readFigure(sentence, draft, { is: 'measure', name: measure.name, form: measure.form })
  if (activity !== null) return readActivity(sentence, draft, activity)
  if (draft.quantity === null && isAt(sentence, at, 'field')) return readField(sentence, draft, context.isDenied)
  if (draft.quantity !== null) return readCountedField(sentence, draft)
  const meaning = meaningAt(sentence, at, 'enum')
  if (meaning !== undefined && !meaning.needsField) return readEnumHead(sentence, draft, meaning.field)
  return (
    draft.periods === null && (readPlaceHead(sentence, draft, !context.followsVerb) || readBareTag(sentence, draft))
  )
}

/** "No email opened", "3 campaigns clicked": the object before its verb. */
function readPassive(sentence: Sentence, draft: Draft): boolean {
  const at = draft.next
  const next = isAt(sentence, at + 1, 'be', 'filler') ? at + 2 : at + 1
  for (const object of sentence.lexemes[at]?.meanings ?? []) {
    if (object.is !== 'object' || object.how === 'category') continue
    const verb = sentence.lexemes[next]?.meanings.find(
      (it) => it.is === 'activity' && object.activities.includes(it.name),
    )
    if (verb?.is !== 'activity' || verb.form !== 'verb') continue
    const { start, end } = sentence.lexemes[at]!
    const item = { name: null, isQuoted: false, isCategory: false }
    take(draft, { objects: { start, end, items: [item], join: 'and', isPronoun: false }, next })
    return readActivity(sentence, draft, verb)
  }
  return false
}

function activityAt(
  sentence: Sentence,
  at: number,
  draft: Draft,
  { isVerbal }: ClauseContext,
): MeaningOf<'activity'> | null {
  const all = (sentence.lexemes[at]?.meanings ?? []).filter((it) => it.is === 'activity')
  const fitting = draft.statusActivity === null ? all : all.filter(({ name }) => name === draft.statusActivity)
  const verb = fitting.find(({ form }) => form === 'verb')
  const noun = fitting.find(({ form }) => form === 'noun')
  // "Order" is a verb after "who" and "didn't", and a noun after a number, "an" or "has", and where it stands alone.
  const isNoun =
    draft.quantity !== null || draft.isSingle || draft.statusActivity !== null || draft.edge !== null || draft.isHeld
  return isNoun || !(isVerbal || draft.isLed) ? (noun ?? verb ?? null) : (verb ?? noun ?? null)
}

function readSaying(sentence: Sentence, draft: Draft, meaning: MeaningOf<'saying'>): boolean {
  const lexeme = sentence.lexemes[draft.next]!
  take(draft, {
    about: { is: 'saying', saying: meaning.saying, isGlossary: meaning.isGlossary, words: lexeme.text },
    next: draft.next + 1,
  })
  if (!meaning.isGlossary || draft.periods !== null || readPeriodPart(sentence, draft)) return true
  // "New customers this month": the period belongs to "new".
  const periods =
    isAt(sentence, draft.next, 'audience') && isDated(meaning.saying.means)
      ? readPeriods(sentence, draft.next + 1)
      : null
  return periods === null || take(draft, { periods: periods.value, next: periods.next })
}

function isDated(rule: Rule): boolean {
  return 'operator' in rule && (rule.operator === 'withinLast' || rule.operator === 'notWithinLast')
}

function readEnumHead(sentence: Sentence, draft: Draft, name: string): boolean {
  const values = readEnumValues(sentence, draft.next, name)
  if (values === null) return false
  const unique = [...new Set(values.value)]
  const rule =
    unique.length === 1
      ? ({ field: name, operator: '=', value: unique[0]! } as const)
      : ({ field: name, operator: 'in', value: unique } as const)
  return take(draft, {
    about: { is: 'fact', rule, takenFor: name, assumption: null, isPeople: true },
    next: values.next,
  })
}

function readPlaceHead(sentence: Sentence, draft: Draft, takesUnknown: boolean): boolean {
  const places = readPlaces(sentence, draft.next, takesUnknown)
  if (places === null) return false
  const { rule, assumption } = places.value
  return take(draft, { about: { is: 'fact', rule, takenFor: 'place', assumption, isPeople: false }, next: places.next })
}

/** "Gold customers": a known tag right before the audience. */
function readBareTag(sentence: Sentence, draft: Draft): boolean {
  const lexeme = sentence.lexemes[draft.next]
  const { root, catalog } = sentence.vocabulary
  const tag = lexeme?.values.find((value) => value.entity === catalog.root && root.fields[value.field]?.type === 'tags')
  const isNamed =
    sentence.lexemes[draft.next + 1]?.meanings.some((it) => it.is === 'field' && it.name === tag?.field) === true
  if (lexeme === undefined || tag === undefined || !(isNamed || isAt(sentence, draft.next + 1, 'audience')))
    return false
  const rule = { field: tag.field, operator: 'hasAny', value: [tag.value] } as const
  const assumption = isNamed ? null : `"${lexeme.text}" is taken for one of the ${tag.field}`
  return take(draft, {
    about: { is: 'fact', rule, takenFor: tag.field, assumption, isPeople: !isNamed },
    next: draft.next + (isNamed ? 2 : 1),
  })
}

import type { Rule } from '@muster/segment-core'
import type { Clause, Objects, Subject } from './clause.ts'
import { readEnumValues, readFact } from './facts.ts'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import type { MeaningOf } from './meanings.ts'
import { type ObjectContext, readCarriedObjects, readObjects } from './objects.ts'
import { type Periods, readPeriods, readSince } from './periods.ts'
import { readPlaces } from './places.ts'
import { readPoint } from './points.ts'
import { type Quantity, readQuantity } from './quantities.ts'

/** What stands before a clause, as far as it matters for reading it. */
export interface ClauseContext {
  /** The last thing that was spoken of, and can be carried over. */
  readonly last: Subject | null
  /** A word or comma that joins, or a "not", stands right before: only then can a subject be carried over. */
  readonly isJoined: boolean
  /** A "not" stands before it. */
  readonly isDenied: boolean
  /** "Who" or "didn't" stands before it, so a word like "order" is the verb. */
  readonly isVerbal: boolean
  /** The clause follows a verb without a joining word: an unknown name after "from" is no city then. */
  readonly followsVerb: boolean
}

/** A clause while it is being read. */
interface Draft {
  start: number
  next: number
  about: Subject | null
  quantity: Quantity | null
  each: Quantity | null
  periods: Periods | null
  objects: Objects | null
  edge: 'first' | 'last' | null
  status: string | null
  statusActivity: string | null
  isNegated: boolean
  isHeld: boolean
  /** An article that makes the noun one of many: "an order". */
  isSingle: boolean
  /** Words like "is" and "has" stand before: nothing can be carried over then. */
  isLed: boolean
}

function createDraft(at: number): Draft {
  return {
    start: at,
    next: at,
    about: null,
    quantity: null,
    each: null,
    periods: null,
    objects: null,
    edge: null,
    status: null,
    statusActivity: null,
    isNegated: false,
    isHeld: false,
    isSingle: false,
    isLed: false,
  }
}

/** The parts of a clause are few; what is longer is several clauses. */
const mostParts = 12

/** Reads one clause: what leads to its head, its head, and what belongs to it. */
export function readClause(sentence: Sentence, at: number, context: ClauseContext): Found<Clause> | null {
  const draft = createDraft(at)
  readLead(sentence, draft)
  if (!readHead(sentence, draft, context)) return readCarried(sentence, at, context)
  return finish(sentence, draft)
}

function finish(sentence: Sentence, draft: Draft): Found<Clause> {
  const { about, quantity, each, periods, objects, edge, status, isNegated, isHeld } = draft
  const start = sentence.lexemes[draft.start]!.start
  const end = sentence.lexemes[draft.next - 1]!.end
  return {
    value: { start, end, about, quantity, each, periods, objects, edge, status, isNegated, isHeld },
    next: draft.next,
  }
}

/** Everything that can stand before the head: has, an, more than 3, pending, first, recently, in the last week. */
function readLead(sentence: Sentence, draft: Draft): void {
  for (let parts = 0; parts < mostParts; parts += 1) {
    const at = draft.next
    if (isHead(sentence, at, draft)) return
    if (isAt(sentence, at, 'have', 'with', 'light')) Object.assign(draft, { next: at + 1, isHeld: true, isLed: true })
    else if (isAt(sentence, at, 'be', 'do')) Object.assign(draft, { next: at + 1, isLed: true })
    else if (isAt(sentence, at, 'filler')) draft.next = at + 1
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

function take(draft: Draft, part: Partial<Draft>): true {
  Object.assign(draft, part)
  return true
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
  if (!isAt(sentence, at, 'saying', 'measure', 'activity', 'field', 'enum')) return false
  if (leadingStatus(sentence, at) !== null) return false
  const isTimeWord = isAt(sentence, at, 'shift', 'month', 'edge') && readPeriods(sentence, at) !== null
  return !isTimeWord || draft.periods !== null
}

function readHead(sentence: Sentence, draft: Draft, context: ClauseContext): boolean {
  const at = draft.next
  const saying = meaningAt(sentence, at, 'saying')
  const measure = meaningAt(sentence, at, 'measure')
  const activity = activityAt(sentence, at, draft, context)
  if (draft.edge !== null || draft.statusActivity !== null)
    return activity !== null && readActivity(sentence, draft, activity)
  if (saying !== undefined && draft.quantity === null) return readSaying(sentence, draft, saying)
  if (measure !== undefined)
    return readFigure(sentence, draft, { is: 'measure', name: measure.name, form: measure.form })
  if (activity !== null) return readActivity(sentence, draft, activity)
  if (draft.quantity === null && isAt(sentence, at, 'field')) return readField(sentence, draft, context)
  if (draft.quantity !== null) return readCountedField(sentence, draft)
  const meaning = meaningAt(sentence, at, 'enum')
  if (meaning !== undefined) return readEnumHead(sentence, draft, meaning.field)
  return (
    draft.periods === null && (readPlaceHead(sentence, draft, !context.followsVerb) || readBareTag(sentence, draft))
  )
}

/** "Gold customers": a known tag right before the audience. */
function readBareTag(sentence: Sentence, draft: Draft): boolean {
  const lexeme = sentence.lexemes[draft.next]
  const { root, catalog } = sentence.vocabulary
  const tag = lexeme?.values.find((value) => value.entity === catalog.root && root.fields[value.field]?.type === 'tags')
  if (lexeme === undefined || tag === undefined || !isAt(sentence, draft.next + 1, 'audience')) return false
  const rule = { field: tag.field, operator: 'hasAny', value: [tag.value] } as const
  const assumption = `"${lexeme.text}" is taken for one of the ${tag.field}`
  return take(draft, { about: { is: 'fact', rule, takenFor: tag.field, assumption }, next: draft.next + 1 })
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

function readPeriodPart(sentence: Sentence, draft: Draft): boolean {
  const periods = draft.periods === null ? readPeriods(sentence, draft.next) : null
  return periods !== null && take(draft, { periods: periods.value, next: periods.next })
}

/** A measure or a number field, its amount and its period. */
function readFigure(sentence: Sentence, draft: Draft, about: Subject): boolean {
  take(draft, { about, next: draft.next + 1 })
  for (let parts = 0; parts < mostParts; parts += 1) {
    const at = draft.next
    if (isAt(sentence, at, 'filler')) draft.next = at + 1
    else if (!readFigurePart(sentence, draft)) break
  }
  return true
}

function readFigurePart(sentence: Sentence, draft: Draft): boolean {
  const at = draft.next
  if (draft.quantity === null) {
    if (isAt(sentence, at, 'nothing')) return take(draft, { quantity: noneOf(sentence, at), next: at + 1 })
    if (isAt(sentence, at, 'anything')) return take(draft, { quantity: someOf(sentence, at), next: at + 1 })
    const linked = readLinkedQuantity(sentence, at)
    if (linked !== null) return take(draft, { quantity: linked.value, next: linked.next })
  }
  return readPeriodPart(sentence, draft)
}

/** A quantity, perhaps after "is", "of" or ":". "Is 5" is exactly 5; after ":" a bare number is left open. */
function readLinkedQuantity(sentence: Sentence, at: number): Found<Quantity> | null {
  const isBe = isAt(sentence, at, 'be')
  const isColon = isSign(sentence, at, ':')
  const isOf = isAt(sentence, at, 'of', 'for')
  const linked = isBe || isColon || isOf
  const found = readQuantity(sentence, linked ? at + 1 : at)
  if (found === null || !linked) return found
  if (found.value.isBare && isColon) return null
  return found.value.isBare && isBe ? { ...found, value: { ...found.value, operator: '=', isBare: false } } : found
}

function noneOf(sentence: Sentence, at: number): Quantity {
  return { ...someOf(sentence, at), operator: '=', isNone: true }
}

function someOf(sentence: Sentence, at: number): Quantity {
  const { start, end } = sentence.lexemes[at]!
  return {
    start,
    end,
    operator: '>',
    values: [0],
    unit: null,
    isBare: false,
    isSigned: false,
    codes: [],
    wasSwapped: false,
    isNone: false,
  }
}

function readActivity(sentence: Sentence, draft: Draft, meaning: MeaningOf<'activity'>): boolean {
  const { name, form, base } = meaning
  take(draft, { about: { is: 'activity', name, form, base }, next: draft.next + 1 })
  if (!meaning.many && form === 'noun' && draft.quantity === null) draft.isSingle = true
  for (let parts = 0; parts < mostParts; parts += 1) {
    const at = draft.next
    if (isAt(sentence, at, 'filler')) draft.next = at + 1
    else if (!(form === 'verb' ? readVerbPart(sentence, draft, name, base) : readNounPart(sentence, draft, name))) break
  }
  return true
}

function readVerbPart(sentence: Sentence, draft: Draft, name: string, base: string): boolean {
  const at = draft.next
  if (readPeriodPart(sentence, draft)) return true
  if (draft.objects === null && meaningAt(sentence, at, 'not')?.how === 'no') {
    const none = readActivityObjects(sentence, at + 1, name, base)
    if (none !== null) return take(draft, { objects: none.value, next: none.next, isNegated: !draft.isNegated })
  }
  if (draft.objects === null && isAt(sentence, at, 'neither')) {
    const neither = readActivityObjects(sentence, at + 1, name, base)
    if (neither?.value.join === 'or')
      return take(draft, { objects: neither.value, next: neither.next, isNegated: !draft.isNegated })
  }
  if (isAt(sentence, at, 'nothing') && draft.objects === null)
    return take(draft, { objects: anyObject(sentence, at), next: at + 1, isNegated: !draft.isNegated })
  const isOne = isAt(sentence, at, 'it') && isBoundary(sentence, at + 1)
  if (draft.quantity === null && !isOne) {
    const quantity = readQuantity(sentence, isAt(sentence, at, 'for', 'worth') ? at + 1 : at)
    if (quantity !== null) return take(draft, { quantity: quantity.value, next: quantity.next })
  }
  if (draft.objects === null) {
    const objects = readActivityObjects(sentence, at, name, base)
    if (objects !== null) return take(draft, { objects: objects.value, next: objects.next })
  }
  return false
}

function anyObject(sentence: Sentence, at: number): Objects {
  const { start, end } = sentence.lexemes[at]!
  return { start, end, items: [{ name: null, isQuoted: false, isCategory: false }], join: 'and', isPronoun: false }
}

/** The context in which an activity's objects are read, if it has any. */
function objectContext(sentence: Sentence, name: string, base: string | null): ObjectContext | null {
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

function readActivityObjects(sentence: Sentence, at: number, name: string, base: string): Found<Objects> | null {
  const context = objectContext(sentence, name, base)
  if (context !== null) return readObjects(sentence, at, context)
  // A verb without an object, such as "shop", takes one after "for".
  const forContext = isAt(sentence, at, 'for') ? objectContext(sentence, name, null) : null
  return forContext === null ? null : readObjects(sentence, at + 1, forContext)
}

/** What belongs to "orders": its number by a sign, the amount of one, its status, what is in it, when. */
function readNounPart(sentence: Sentence, draft: Draft, name: string): boolean {
  const at = draft.next
  if (readPeriodPart(sentence, draft)) return true
  if (isAt(sentence, at, 'light')) {
    const next = at + 1
    return readPeriods(sentence, next) !== null && draft.periods === null && take(draft, { next })
  }
  return (
    readNounQuantity(sentence, draft, name) ||
    readNounStatus(sentence, draft, name) ||
    readNounContents(sentence, draft, name)
  )
}

function readNounQuantity(sentence: Sentence, draft: Draft, name: string): boolean {
  const at = draft.next
  const isCounted =
    isAt(sentence, at, 'be') ||
    isSign(sentence, at, ':') ||
    meaningAt(sentence, at, 'compare')?.sign === true ||
    sentence.vocabulary.activities[name]?.records?.amount === undefined
  if (isCounted && draft.quantity === null && draft.edge === null) {
    const quantity = readLinkedQuantity(sentence, at)
    if (quantity !== null) return take(draft, { quantity: quantity.value, next: quantity.next })
  }
  if (draft.edge !== null && isAt(sentence, at, 'be'))
    return readPeriods(sentence, at + 1) !== null && take(draft, { next: at + 1 })
  if (draft.each !== null || draft.edge !== null) return false
  const isWorth = isAt(sentence, at, 'worth')
  const each = readQuantity(sentence, isWorth || isAt(sentence, at, 'of', 'for') ? at + 1 : at)
  if (each === null || each.value.unit === 'times') return false
  return (
    (isWorth || each.value.unit === 'money' || draft.isSingle || draft.quantity !== null) &&
    take(draft, { each: each.value, next: each.next })
  )
}

function readNounStatus(sentence: Sentence, draft: Draft, activity: string): boolean {
  let at = draft.next
  if (isAt(sentence, at, 'who')) at += 1
  if (isAt(sentence, at, 'be')) at += 1
  const status = sentence.lexemes[at]?.meanings.find((it) => it.is === 'status' && it.activity === activity)
  if (status?.is !== 'status' || draft.status !== null) return false
  return take(draft, { status: status.value, next: at + 1 })
}

function readNounContents(sentence: Sentence, draft: Draft, name: string): boolean {
  const at = draft.next
  const isLinked = isAt(sentence, at, 'of', 'for', 'with', 'compareText')
  const context = isLinked && draft.objects === null ? objectContext(sentence, name, null) : null
  const objects = context?.objects.kind === 'contents' ? readObjects(sentence, at + 1, context) : null
  return objects !== null && take(draft, { objects: objects.value, next: objects.next })
}

function readField(sentence: Sentence, draft: Draft, context: ClauseContext): boolean {
  const { name } = meaningAt(sentence, draft.next, 'field')!
  const field = sentence.vocabulary.root.fields[name]
  if (field === undefined) return false
  const figure = figureOf(sentence, name)
  if (figure !== null) return readFigure(sentence, draft, figure)
  if (field.type === 'number' || field.type === 'money') return readFigure(sentence, draft, { is: 'field', name })
  if (field.type === 'date') return readDateField(sentence, draft, name)
  const fact = readFact(sentence, draft.next + 1, name, field, context.isDenied)
  if (fact === null) return take(draft, { about: { is: 'field', name }, next: draft.next + 1 })
  const { rule, isNegated, assumption } = fact.value
  return take(draft, { about: { is: 'fact', rule, takenFor: name, assumption }, isNegated, next: fact.next })
}

/** A field that holds a measure or counts an activity is spoken of like these. */
function figureOf(sentence: Sentence, name: string): Subject | null {
  const { measures, activities } = sentence.vocabulary
  for (const [measure, { field }] of Object.entries(measures))
    if (field === name) return { is: 'measure', name: measure, form: 'noun' }
  for (const [activity, { count }] of Object.entries(activities)) {
    if (count === name) return { is: 'activity', name: activity, form: 'noun', base: '' }
  }
  return null
}

/** "5 visits" of a number field that no activity knows. */
function readCountedField(sentence: Sentence, draft: Draft): boolean {
  const name = meaningAt(sentence, draft.next, 'field')?.name
  const field = name === undefined ? undefined : sentence.vocabulary.root.fields[name]
  if (name === undefined || (field?.type !== 'number' && field?.type !== 'money')) return false
  return readFigure(sentence, draft, figureOf(sentence, name) ?? { is: 'field', name })
}

function readDateField(sentence: Sentence, draft: Draft, name: string): boolean {
  take(draft, { about: { is: 'field', name }, next: draft.next + 1 })
  const presence = readFact(sentence, draft.next, name, sentence.vocabulary.root.fields[name]!, false)
  if (presence !== null) {
    return take(draft, {
      about: { is: 'fact', rule: presence.value.rule, takenFor: name, assumption: null },
      next: presence.next,
    })
  }
  const endsInSince = /since$/i.test(sentence.lexemes[draft.next - 1]!.text)
  const since = endsInSince ? readSince(sentence, draft.next) : null
  if (since !== null) return take(draft, { periods: since.value, next: since.next })
  for (let parts = 0; parts < 3 && draft.periods === null; parts += 1) {
    if (readPeriodPart(sentence, draft) || readSignedDate(sentence, draft)) return true
    if (meaningAt(sentence, draft.next, 'not')?.how === 'not' && readPeriods(sentence, draft.next + 1) !== null)
      draft.isNegated = true
    else if (!isAt(sentence, draft.next, 'be', 'light', 'filler', 'of') && !isSign(sentence, draft.next, ':')) break
    if (!isPeriodAhead(sentence, draft.next + 1)) break
    draft.next += 1
  }
  return true
}

function isPeriodAhead(sentence: Sentence, at: number): boolean {
  return isAt(sentence, at, 'light', 'not', 'filler') || readPeriods(sentence, at) !== null
}

/** "createdAt >= 2026-01-01". */
function readSignedDate(sentence: Sentence, draft: Draft): boolean {
  const compare = meaningAt(sentence, draft.next, 'compare')
  const lexeme = sentence.lexemes[draft.next + 1]
  const point = compare?.sign === true && lexeme?.kind === 'day' ? readPoint(sentence, draft.next + 1, null) : null
  if (compare === undefined || lexeme === undefined || point === null) return false
  const day = lexeme.text
  const is = ({ '<': 'before', '<=': 'until', '>': 'after', '>=': 'since' } as const)[
    compare.operator as '<' | '<=' | '>' | '>='
  ]
  const when =
    is === undefined
      ? ({ is: 'days', from: day, to: day, month: null, hasYear: true } as const)
      : { is, day, hasYear: true }
  const span = { start: sentence.lexemes[draft.next]!.start, end: lexeme.end }
  return take(draft, {
    periods: { ...span, whens: [when], join: 'or', assumption: null },
    isNegated: compare.operator === '!=',
    next: point.next,
  })
}

function readEnumHead(sentence: Sentence, draft: Draft, name: string): boolean {
  const values = readEnumValues(sentence, draft.next, name)
  if (values === null) return false
  const unique = [...new Set(values.value)]
  const rule =
    unique.length === 1
      ? ({ field: name, operator: '=', value: unique[0]! } as const)
      : ({ field: name, operator: 'in', value: unique } as const)
  return take(draft, { about: { is: 'fact', rule, takenFor: name, assumption: null }, next: values.next })
}

function readPlaceHead(sentence: Sentence, draft: Draft, takesUnknown: boolean): boolean {
  const places = readPlaces(sentence, draft.next, takesUnknown)
  if (places === null) return false
  const { rule, assumption } = places.value
  return take(draft, { about: { is: 'fact', rule, takenFor: 'place', assumption }, next: places.next })
}

/** A clause without a head of its own: "or under 100", "but not in the last 7 days", "but not socks". */
function readCarried(sentence: Sentence, at: number, context: ClauseContext): Found<Clause> | null {
  const { last } = context
  if (!context.isJoined || last === null || last.is === 'saying') return null
  if (last.is === 'fact') return readCarriedTags(sentence, at, last.takenFor, context)
  const draft = createDraft(at)
  for (let parts = 0; parts < mostParts; parts += 1) if (!readCarriedPart(sentence, draft, last)) break
  if (draft.next === at || !isBoundary(sentence, draft.next)) return null
  return finish(sentence, draft)
}

/** "Tagged gold but not bronze": a further value that is known. */
function readCarriedTags(sentence: Sentence, at: number, name: string, context: ClauseContext): Found<Clause> | null {
  const { root, catalog } = sentence.vocabulary
  const field = root.fields[name]
  const isKnown = sentence.lexemes[at]?.values.some((value) => value.entity === catalog.root && value.field === name)
  if (field?.type !== 'tags' || isKnown !== true) return null
  const fact = readFact(sentence, at, name, field, context.isDenied)
  if (fact === null || !isBoundary(sentence, fact.next)) return null
  const draft = createDraft(at)
  take(draft, {
    about: { is: 'fact', rule: fact.value.rule, takenFor: name, assumption: null },
    isNegated: fact.value.isNegated,
    next: fact.next,
  })
  return finish(sentence, draft)
}

function readCarriedPart(sentence: Sentence, draft: Draft, last: Subject): boolean {
  const at = draft.next
  if (isAt(sentence, at, 'filler')) return take(draft, { next: at + 1 })
  if (draft.quantity === null && draft.objects === null) {
    if (isAt(sentence, at, 'nothing', 'not') && isNothing(sentence, at))
      return take(draft, { quantity: noneOf(sentence, at), next: at + 1 })
    const quantity = readQuantity(sentence, at)
    if (quantity !== null) return take(draft, { quantity: quantity.value, next: quantity.next })
  }
  if (readPeriodPart(sentence, draft)) return true
  const context =
    last.is === 'activity' && draft.objects === null && draft.quantity === null
      ? objectContext(sentence, last.name, null)
      : null
  const objects = context === null ? null : readCarriedObjects(sentence, at, context)
  return objects !== null && take(draft, { objects: objects.value, next: objects.next })
}

function isNothing(sentence: Sentence, at: number): boolean {
  return isAt(sentence, at, 'nothing') || meaningAt(sentence, at, 'not')?.how === 'no'
}

/** Whether nothing follows that could belong to what was read. */
function isBoundary(sentence: Sentence, at: number): boolean {
  const lexeme = sentence.lexemes[at]
  if (lexeme === undefined || lexeme.kind === 'line') return true
  return (
    isAt(sentence, at, 'and', 'or', 'nor', 'who', 'bracket', 'not', 'with', 'have') ||
    isSign(sentence, at, ',', ';', '.', '?', '!')
  )
}

import type { Objects } from './clause.ts'
import { type Draft, isBoundary, mostParts, readPeriodPart, take } from './draft.ts'
import { isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import type { MeaningOf } from './meanings.ts'
import { objectContext, readActivityObjects } from './object-context.ts'
import { readObjects } from './objects.ts'
import { readPeriods } from './periods.ts'
import { readQuantity } from './quantities.ts'
import { readLinkedQuantity } from './read-figure.ts'
import { areKnown } from './things.ts'

/** Reads an activity and what belongs to it: how often, how much, when, what. */
export function readActivity(sentence: Sentence, draft: Draft, meaning: MeaningOf<'activity'>): boolean {
  const { name, form, base } = meaning
  take(draft, { about: { is: 'activity', name, form, base, isMany: meaning.many }, next: draft.next + 1 })
  if (!meaning.many && form === 'noun' && draft.quantity === null) draft.isSingle = true
  for (let parts = 0; parts < mostParts; parts += 1) {
    const at = draft.next
    if (isAt(sentence, at, 'filler') || isParticle(sentence, at)) draft.next = at + 1
    else if (!(form === 'verb' ? readVerbPart(sentence, draft, name, base) : readNounPart(sentence, draft, name))) break
  }
  return true
}

/** "Came in since March": the little word belongs to the verb. */
function isParticle(sentence: Sentence, at: number): boolean {
  return isAt(sentence, at, 'in') && readPeriods(sentence, at) === null && readPeriods(sentence, at + 1) !== null
}

function readVerbPart(sentence: Sentence, draft: Draft, name: string, base: string): boolean {
  const at = draft.next
  if (readPeriodPart(sentence, draft)) return true
  if (draft.objects === null && readDeniedObjects(sentence, draft, name, base)) return true
  const isOne = isAt(sentence, at, 'it') && isBoundary(sentence, at + 1)
  if (draft.quantity === null && !isOne) {
    const isPrice = isAt(sentence, at, 'for', 'worth')
    const quantity = readQuantity(sentence, isPrice ? at + 1 : at)
    if (quantity !== null) {
      const { value, next } = quantity
      return take(draft, { quantity: isPrice && value.unit === null ? { ...value, unit: 'money' } : value, next })
    }
  }
  if (draft.objects === null) {
    const objects = readActivityObjects(sentence, at, name, base)
    if (objects !== null) return take(draft, { objects: objects.value, next: objects.next })
  }
  return false
}

/** "Received no message", "bought neither shoes nor socks", "bought nothing". */
function readDeniedObjects(sentence: Sentence, draft: Draft, name: string, base: string): boolean {
  const at = draft.next
  if (meaningAt(sentence, at, 'not')?.how === 'no') {
    const none = readActivityObjects(sentence, at + 1, name, base)
    if (none !== null) return take(draft, { objects: none.value, next: none.next, isNegated: !draft.isNegated })
  }
  if (isAt(sentence, at, 'neither')) {
    const neither = readActivityObjects(sentence, at + 1, name, base)
    if (neither?.value.join === 'or')
      return take(draft, { objects: neither.value, next: neither.next, isNegated: !draft.isNegated })
  }
  if (isAt(sentence, at, 'nothing'))
    return take(draft, { objects: anyObject(sentence, at), next: at + 1, isNegated: !draft.isNegated })
  return false
}

function anyObject(sentence: Sentence, at: number): Objects {
  const { start, end } = sentence.lexemes[at]!
  return { start, end, items: [{ name: null, isQuoted: false, isCategory: false }], join: 'and', isPronoun: false }
}

/** What belongs to "orders": its number by a sign, the amount of one, its status, what is in it, when. */
function readNounPart(sentence: Sentence, draft: Draft, name: string): boolean {
  const at = draft.next
  if (readPeriodPart(sentence, draft)) return true
  if (draft.edge !== null && draft.periods === null && readPeriods(sentence, at + 1) !== null) {
    if (meaningAt(sentence, at, 'not')?.how === 'not') return take(draft, { isNegated: true, next: at + 1 })
  }
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
  if (each === null || each.value.unit === 'times' || each.value.isSigned) return false
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
  if (context?.objects.kind !== 'contents') return false
  const things = { ...context, objects: context.objects }
  const objects = readObjects(sentence, at + 1, things)
  const isFitting = objects !== null && (isAt(sentence, at, 'compareText') || areKnown(sentence, objects.value, things))
  return isFitting && take(draft, { objects: objects.value, next: objects.next })
}

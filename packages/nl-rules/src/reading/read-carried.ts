import type { Clause, Subject } from './clause.ts'
import { createDraft, type Draft, finish, isBoundary, mostParts, readPeriodPart, take } from './draft.ts'
import { readFact } from './facts.ts'
import { type Found, isAt, meaningAt, type Sentence } from './lexemes.ts'
import { objectContext } from './object-context.ts'
import { readCarriedObjects } from './objects.ts'
import { readQuantity } from './quantities.ts'
import { noneOf } from './read-figure.ts'

/** What a clause without a head goes by. */
export interface CarryContext {
  readonly last: Subject | null
  readonly isDenied: boolean
  readonly takesObjects: boolean
}

/** A clause without a head of its own: "or under 100", "but not in the last 7 days", "but not socks". */
export function readCarried(sentence: Sentence, at: number, context: CarryContext): Found<Clause> | null {
  const { last, isDenied, takesObjects } = context
  if (last === null || last.is === 'saying') return null
  if (last.is === 'fact') return readCarriedTags(sentence, at, last.takenFor, isDenied)
  const draft = createDraft(at)
  for (let parts = 0; parts < mostParts; parts += 1) if (!readCarriedPart(sentence, draft, last, takesObjects)) break
  const isEmpty = draft.quantity === null && draft.periods === null && draft.objects === null
  if (isEmpty || !isBoundary(sentence, draft.next)) return null
  return finish(sentence, draft)
}

/** "Tagged gold but not bronze": a further value that is known. */
function readCarriedTags(sentence: Sentence, at: number, name: string, isDenied: boolean): Found<Clause> | null {
  const { root, catalog } = sentence.vocabulary
  const field = root.fields[name]
  const isKnown = sentence.lexemes[at]?.values.some((value) => value.entity === catalog.root && value.field === name)
  if (field?.type !== 'tags' || isKnown !== true) return null
  const fact = readFact(sentence, at, name, field, isDenied)
  if (fact === null || !isBoundary(sentence, fact.next)) return null
  const draft = createDraft(at)
  take(draft, {
    about: { is: 'fact', rule: fact.value.rule, takenFor: name, assumption: null, isPeople: false },
    isNegated: fact.value.isNegated,
    next: fact.next,
  })
  return finish(sentence, draft)
}

function readCarriedPart(sentence: Sentence, draft: Draft, last: Subject, takesObjects: boolean): boolean {
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
    takesObjects && last.is === 'activity' && draft.objects === null && draft.quantity === null
      ? objectContext(sentence, last.name, null)
      : null
  const objects = context === null ? null : readCarriedObjects(sentence, at, context)
  return objects !== null && take(draft, { objects: objects.value, next: objects.next })
}

function isNothing(sentence: Sentence, at: number): boolean {
  return isAt(sentence, at, 'nothing') || meaningAt(sentence, at, 'not')?.how === 'no'
}

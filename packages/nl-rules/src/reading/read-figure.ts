import type { Subject } from './clause.ts'
import { type Draft, mostParts, readPeriodPart, take } from './draft.ts'
import { type Found, isAt, isSign, type Sentence } from './lexemes.ts'
import { type Quantity, readQuantity } from './quantities.ts'

/** A measure or a number field, its amount and its period. */
export function readFigure(sentence: Sentence, draft: Draft, about: Subject): boolean {
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
export function readLinkedQuantity(sentence: Sentence, at: number): Found<Quantity> | null {
  const isBe = isAt(sentence, at, 'be')
  const isColon = isSign(sentence, at, ':')
  const isOf = isAt(sentence, at, 'of', 'for')
  const linked = isBe || isColon || isOf
  const found = readQuantity(sentence, linked ? at + 1 : at)
  if (found === null || !linked) return found
  if (found.value.isBare && isColon && found.value.values[0] !== 0) return null
  return found.value.isBare && isBe ? { ...found, value: { ...found.value, operator: '=', isBare: false } } : found
}

/** "Nothing": none at all. */
export function noneOf(sentence: Sentence, at: number): Quantity {
  return { ...someOf(sentence, at), operator: '=', isNone: true }
}

/** "Anything": more than nothing. */
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

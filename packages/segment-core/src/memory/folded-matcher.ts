import { fold, foldsTo } from '../language/fold.ts'

/** A text that is looked for: as the rule spells it, which is how it is mostly stored too, and folded. */
interface Wanted {
  readonly spelled: string
  readonly folded: string
}

/** Whether a text folds to the same as one of some. */
export function foldedMatcher(texts: readonly string[]): (text: string) => boolean {
  const wanted = texts.map((spelled) => ({ spelled, folded: fold(spelled) }))
  const [one] = wanted
  if (one !== undefined && wanted.length === 1) return (text) => matches(text, one)
  const byFirst = byFirstLetter(wanted)
  return (text) => {
    for (const each of candidates(text, byFirst) ?? wanted) if (matches(text, each)) return true
    return false
  }
}

function matches(text: string, { spelled, folded }: Wanted): boolean {
  return text === spelled || foldsTo(text, folded)
}

/** An ASCII letter that no combining mark follows is folded by itself, so most texts are refused by their first one. */
function candidates(text: string, byFirst: readonly (readonly Wanted[])[]): readonly Wanted[] | undefined {
  return text.charCodeAt(1) > lastAscii ? undefined : byFirst[text.charCodeAt(0)]
}

const lastAscii = 0x7f

/** By each ASCII character those that a text which begins with it may fold to. */
function byFirstLetter(wanted: readonly Wanted[]): readonly (readonly Wanted[])[] {
  return Array.from({ length: lastAscii + 1 }, (_, unit) => {
    const first = String.fromCharCode(unit).toLowerCase()
    return wanted.filter(({ folded }) => folded.startsWith(first))
  })
}

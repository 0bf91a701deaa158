import { fold, foldsTo } from '../language/fold.ts'

/** A text that is looked for: as the rule spells it, which is how it is mostly stored too, and folded. */
interface Wanted {
  readonly spelled: string
  readonly folded: string
}

const lastAscii = 0x7f
const nothing: readonly Wanted[] = []

/**
 * Whether a text folds to the same as one of some. An ASCII letter that no combining mark follows is folded by itself, so
 * most texts are refused by their first one.
 */
export function foldedMatcher(texts: readonly string[]): (text: string) => boolean {
  const wanted = texts.map((spelled) => ({ spelled, folded: fold(spelled) }))
  const [one] = wanted
  if (one !== undefined && wanted.length === 1) return (text) => matches(text, one)
  const byFirst = byFirstLetter(wanted)
  return (text) => {
    const first = text.charCodeAt(0)
    const isPlain = first <= lastAscii && !(text.charCodeAt(1) > lastAscii)
    for (const each of isPlain ? (byFirst[first] ?? nothing) : wanted) if (matches(text, each)) return true
    return false
  }
}

function matches(text: string, { spelled, folded }: Wanted): boolean {
  return text === spelled || foldsTo(text, folded)
}

/** By the ASCII character that a text begins with, in either case, those that it may fold to. */
function byFirstLetter(wanted: readonly Wanted[]): readonly (readonly Wanted[] | undefined)[] {
  const byFirst = new Array<Wanted[] | undefined>(lastAscii + 1).fill(undefined)
  for (const each of wanted) {
    const first = each.folded.charAt(0)
    for (const unit of new Set([first.charCodeAt(0), first.toUpperCase().charCodeAt(0)])) {
      if (unit <= lastAscii) byFirst[unit] = [...(byFirst[unit] ?? []), each]
    }
  }
  return byFirst
}

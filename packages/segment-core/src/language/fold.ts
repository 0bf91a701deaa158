/** Two texts are equal without regard to case when these are: the same code points after NFC and lower case. */
export function fold(text: string): string {
  // Most texts are ASCII, which is in NFC already.
  return isAscii(text) ? text.toLowerCase() : text.normalize('NFC').toLowerCase()
}

/** Longer texts are left to the engine's own loops. */
const shortText = 64

function isAscii(text: string): boolean {
  if (text.length > shortText) return false
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false
  return true
}

/**
 * Whether a text folds to a folded one: `fold(text) === folded`, mostly without making a new text. A letter is decided
 * by itself as long as no combining mark follows it, and what follows is ASCII.
 */
export function foldsTo(text: string, folded: string): boolean {
  const { length } = text
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit > 0x7f) return fold(text) === folded
    const lower = unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
    if (lower !== folded.charCodeAt(index)) return text.charCodeAt(index + 1) > 0x7f && fold(text) === folded
  }
  return length === folded.length
}

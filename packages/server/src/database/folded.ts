/**
 * Text as rules compare it: `s.normalize('NFC').toLowerCase()`, as JavaScript computes it. Databases fold
 * differently from each other, so the folded text is stored beside the text and compared byte by byte.
 */
export function folded(text: string): string
export function folded(text: string | null): string | null
export function folded(text: string | null): string | null {
  return text === null ? null : text.normalize('NFC').toLowerCase()
}

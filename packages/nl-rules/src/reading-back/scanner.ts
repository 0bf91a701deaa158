/** Reads a text from left to right. */
export interface Scanner {
  /** Whether the text goes on with exactly these words, which are then behind. */
  eat(words: string): boolean
  /** What a sticky pattern matches here, which is then behind; null when it does not match. */
  match(pattern: RegExp): RegExpExecArray | null
  /** Where the scanner stands, and how to return there. */
  place(): number
  returnTo(place: number): void
  isAtEnd(): boolean
}

/** A scanner at the beginning of a text. */
export function createScanner(text: string): Scanner {
  let at = 0
  return {
    eat: (words) => {
      if (!text.startsWith(words, at)) return false
      at += words.length
      return true
    },
    match: (pattern) => {
      pattern.lastIndex = at
      const found = pattern.exec(text)
      if (found !== null) at = pattern.lastIndex
      return found
    },
    place: () => at,
    returnTo: (place) => {
      at = place
    },
    isAtEnd: () => at >= text.length,
  }
}

/** A piece of the text as it was typed. `start` and `end` are offsets in UTF-16 units. */
export interface Token {
  readonly kind: 'word' | 'number' | 'quoted' | 'day' | 'address' | 'symbol' | 'line'
  readonly text: string
  readonly start: number
  readonly end: number
  /** No white space stands between this and the piece before it. */
  readonly glued: boolean
}

/** Longer texts in quotes are read as if the quote were any other sign, so that one stray quote cannot swallow a page. */
const longestQuote = 200

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['line', /\s*\n\s*/y],
  ['day', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d))?(?![\w-])/y],
  ['day', /\d{1,4}([./-])\d{1,2}\1\d{2,4}(?![\w-])/y],
  ['address', /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|@[\w-]+(?:\.[\w-]+)*|\w{0,64}__\w{0,64}/y],
  ['number', /\d+(?:,\d+)*(?:\.\d+)?/y],
  ['word', /[\p{L}\p{M}]+(?:['’`][\p{L}\p{M}]+)*/uy],
  ['symbol', /[<>!=]=|<>|=>|&&|\|\||\/-|[^\s\p{L}\p{M}\d]/uy],
]
const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '’': '’', '«': '»' }

/** Cuts a text into pieces, in order. Total and linear: whatever is no word, number or quote is a symbol. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const token = quotedAt(text, at) ?? tokenAt(text, at)
    if (token === null) at += 1
    else {
      const glued = token.start > 0 && tokens.at(-1)?.end === token.start
      tokens.push({ ...token, glued })
      at = token.end
    }
  }
  return tokens
}

function tokenAt(text: string, at: number): Omit<Token, 'glued'> | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) return { kind, text: match[0], start: at, end: at + match[0].length }
  }
  return null
}

/** A text in quotes, without them in `text`. The opening quote stands at a word's start, the closing one at its end. */
function quotedAt(text: string, at: number): Omit<Token, 'glued'> | null {
  const end = closing[text.charAt(at)]
  if (end === undefined || /[\p{L}\d]/u.test(text.charAt(at - 1))) return null
  for (let found = at; ; ) {
    found = text.slice(0, at + longestQuote).indexOf(end, found + 1)
    if (found === -1) return null
    if (!/[\p{L}\d]/u.test(text.charAt(found + 1))) {
      const inner = text.slice(at + 1, found)
      return inner.trim() === '' || inner.includes('\n')
        ? null
        : { kind: 'quoted', text: inner, start: at, end: found + 1 }
    }
  }
}

/** The form in which words are compared: composed, lower case, with a straight apostrophe. */
export function plain(word: string): string {
  return word.normalize('NFC').toLowerCase().replace(/[’`]/g, "'")
}

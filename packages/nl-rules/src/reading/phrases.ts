import type { Token } from './tokens.ts'
import { plain } from './tokens.ts'

/** A tree of phrases, word by word, so that the longest phrase at a place is found in as many steps as it has words. */
export interface PhraseTree<Payload> {
  readonly next: Map<string, PhraseTree<Payload>>
  readonly payloads: Payload[]
}

/** An empty tree. */
export function createPhraseTree<Payload>(): PhraseTree<Payload> {
  return { next: new Map(), payloads: [] }
}

/** Signs inside a phrase that separate or abbreviate its words: walk-in, U.S., w/o. */
const inner = new Set(['-', '.', '/', "'", '’', '&'])

/** The words of a phrase, in the form in which the tree holds them. */
export function wordsOf(phrase: string): string[] {
  return plain(phrase)
    .split(/[\s\-./&_]+/)
    .filter((word) => word !== '')
}

/** Adds what a phrase stands for. */
export function addPhrase<Payload>(tree: PhraseTree<Payload>, phrase: string, payload: Payload): void {
  let node = tree
  for (const word of wordsOf(phrase)) {
    let next = node.next.get(word)
    if (next === undefined) {
      next = createPhraseTree()
      node.next.set(word, next)
    }
    node = next
  }
  if (node !== tree) node.payloads.push(payload)
}

/** The longest phrase that begins at a token: what it stands for, and the token after it. */
export function longestPhrase<Payload>(
  tree: PhraseTree<Payload>,
  tokens: readonly Token[],
  words: readonly string[],
  at: number,
): { readonly payloads: readonly Payload[]; readonly next: number } | null {
  let node: PhraseTree<Payload> | undefined = tree
  let found: { payloads: readonly Payload[]; next: number } | null = null
  for (let here = at; ; ) {
    node = node.next.get(words[here] ?? '')
    if (node === undefined) return found
    here += 1
    if (node.payloads.length > 0) found = { payloads: node.payloads, next: here }
    const sign = tokens[here]
    if (sign?.kind === 'symbol' && sign.glued && inner.has(sign.text) && tokens[here + 1]?.glued === true) here += 1
  }
}

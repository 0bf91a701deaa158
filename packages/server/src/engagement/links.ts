import { createHmac, timingSafeEqual } from 'node:crypto'

/** The addresses that a message carries so that we hear of it again. Each is signed: nobody can make up another one. */
export interface Links {
  /** Fetched when the message is shown. */
  pixel(messageId: string): string
  /** Leads on to `url`. */
  click(messageId: string, url: string): string
  /** Shows a page to people, and takes the one click of mail programs. */
  unsubscribe(messageId: string): string
}

/** Reads what came back. */
export interface SignedLinks extends Links {
  /** Whether this server signed the words in this place. */
  isOurs(kind: LinkKind, words: readonly string[], signature: string): boolean
}

export type LinkKind = 'open' | 'click' | 'unsubscribe'

/** 128 bits: a forger who tries a million a second needs longer than there are seconds. */
const signatureBytes = 16

/**
 * Links below `baseUrl`, signed with `key`. They say nothing of the person: the message's id is random, and the
 * address that a click leads to is the sender's own text. The same message has the same links at every attempt.
 */
export function createLinks(baseUrl: string, key: Buffer): SignedLinks {
  const sign = (kind: LinkKind, words: readonly string[]) =>
    createHmac('sha256', key)
      .update([kind, ...words.map((word) => `${word.length}:${word}`)].join('|'))
      .digest()
      .subarray(0, signatureBytes)
  const signed = (kind: LinkKind, ...words: readonly string[]) => sign(kind, words).toString('base64url')
  return {
    pixel: (messageId) => `${baseUrl}/m/o/${messageId}/${signed('open', messageId)}.gif`,
    click: (messageId, url) =>
      `${baseUrl}/m/c/${messageId}/${signed('click', messageId, url)}/${Buffer.from(url).toString('base64url')}`,
    unsubscribe: (messageId) => `${baseUrl}/m/u/${messageId}/${signed('unsubscribe', messageId)}`,
    isOurs: (kind, words, signature) => {
      const given = Buffer.from(signature, 'base64url')
      const expected = sign(kind, words)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}

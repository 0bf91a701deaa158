import { type Found, isAt, isSign, type Sentence } from './lexemes.ts'

/** Words that ask for an audience. One of them makes a request of the words around it. */
const asking: ReadonlySet<string> = new Set(
  (
    'get give show find list need want looking see pull fetch share send provide create build generate prepare select ' +
    'target reach identify display search filter help tell retrieve extract compile export view check what which bring'
  ).split(' '),
)

/** Words that stand in requests beside these. */
const around: ReadonlySet<string> = new Set(
  (
    "can could would will shall may you i i'm im i'd we we're me us my our please pls plz kindly just only all to for of out up on about " +
    'like love wish try trying go going let have am are be do does there any a an the some new quick full complete segment segments audience ' +
    'audiences list lists data details detail info information names records report group set offer offers coupon coupons discount ' +
    'discounts message email emails campaign promo promotion voucher reminder note hi hey ok okay so now today with in from who ' +
    'those these them back win'
  ).split(' '),
)

/** A request has no more words. */
const mostWords = 16

/**
 * Reads a request at the beginning: "Hi, can you get me a list of", "we are looking for". It ends where the audience
 * begins; what does not lead to one is no request.
 */
export function readRequest(sentence: Sentence, at: number): Found<true> | null {
  let asks = false
  for (let next = at; next < at + mostWords; next += 1) {
    if (next > at && asks && beginsAudience(sentence, next)) return { value: true, next }
    const words = (sentence.lexemes[next]?.text ?? '').toLowerCase().split(/\s+/)
    const isComma = next > at && isSign(sentence, next, ',')
    if (!isComma && !words.every((word) => asking.has(word) || around.has(word))) return null
    asks ||= words.some((word) => asking.has(word))
  }
  return null
}

/** Whether words for people stand here, and no more words of a request. */
function beginsAudience(sentence: Sentence, at: number): boolean {
  if (isAt(sentence, at, 'audience', 'enum', 'saying')) return true
  return isAt(sentence, at, 'everyone', 'those') && !isAt(sentence, at, 'article', 'opening')
}

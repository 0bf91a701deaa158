import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMachine } from '../../src/engagement/is-machine.ts'
import { createLinks } from '../../src/engagement/links.ts'
import { trackLinks } from '../../src/engagement/track-links.ts'

const base = 'https://muster.example'
const links = createLinks(base, Buffer.alloc(32, 7))
const others = createLinks(base, Buffer.alloc(32, 8))

/** The kind, message, signature and further address in a link. */
const partsOf = (link: string) => {
  const [, , , , kind = '', messageId = '', signature = '', url = ''] = link.split('/')
  return { kind, messageId, signature: signature.replace('.gif', ''), url: Buffer.from(url, 'base64url').toString() }
}

describe('links', () => {
  it('are ours as they were made, and only then', () => {
    const { messageId, signature, url } = partsOf(links.click('m1', 'https://shop.example/a?b=1'))
    expect([messageId, url]).toEqual(['m1', 'https://shop.example/a?b=1'])
    expect(links.isOurs('click', [messageId, url], signature)).toBe(true)
    expect(links.isOurs('click', [messageId, 'https://evil.example'], signature)).toBe(false)
    expect(links.isOurs('click', ['m2', url], signature)).toBe(false)
    expect(links.isOurs('open', [messageId], signature)).toBe(false)
    expect(others.isOurs('click', [messageId, url], signature)).toBe(false)
    for (const forged of ['', 'x', signature.slice(1), `${signature}x`]) {
      expect(links.isOurs('click', [messageId, url], forged)).toBe(false)
    }
  })

  it('are the same at every attempt', () => {
    expect(links.pixel('m1')).toBe(links.pixel('m1'))
    expect(links.unsubscribe('m1')).not.toBe(links.unsubscribe('m2'))
  })

  it('cannot be confused by where one word ends and the next begins', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), fc.tuple(fc.string(), fc.string()), (one, other) => {
        fc.pre(one[0] !== other[0] || one[1] !== other[1])
        const { signature } = partsOf(links.click('x', 'https://a.example'))
        expect(links.isOurs('click', one, signature)).toBe(false)
      }),
    )
    expect(partsOf(links.click('a|1:b', 'c')).signature).not.toBe(partsOf(links.click('a', '1:b|c')).signature)
  })
})

describe('links in a text', () => {
  const tracked = (text: string) => {
    const found = trackLinks(text, 'm1', links, base)
    // Back to what a reader would come to, for comparison.
    return found.replaceAll(/https:\/\/muster\.example\/m\/c\/m1\/[\w-]+\/([\w-]+)/g, (_link, url: string) => {
      return `<${Buffer.from(url, 'base64url').toString()}>`
    })
  }

  it.each([
    ['Look: https://shop.example/sale.', 'Look: <https://shop.example/sale>.'],
    ['(https://shop.example/a?b=1&c=2)', '(<https://shop.example/a?b=1&c=2>)'],
    ['https://a.example and http://b.example!', '<https://a.example> and <http://b.example>!'],
    ['no link at shop.example or mailto:a@b.example', 'no link at shop.example or mailto:a@b.example'],
    ['https://', 'https://'],
    ['javascript:alert(1) https://a.example/x', 'javascript:alert(1) <https://a.example/x>'],
    ['schön: https://shop.example/größe,', 'schön: <https://shop.example/größe>,'],
  ])('%j becomes %j', (text, expected) => {
    expect(tracked(text)).toBe(expected)
  })

  it('are not led through here twice', () => {
    const once = trackLinks('See https://shop.example', 'm1', links, base)
    expect(trackLinks(once, 'm1', links, base)).toBe(once)
  })
})

describe('a machine', () => {
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'
  it.each([
    [phone, 60_000, false],
    [phone, 500, true],
    ['', 60_000, true],
    ['Mozilla/5.0', 60_000, true],
    ['Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)', 60_000, true],
    ['Googlebot/2.1 (+http://www.google.com/bot.html)', 60_000, true],
    ['curl/8.0', 60_000, true],
  ])('%j after %i ms: %j', (userAgent, afterMs, expected) => {
    expect(isMachine({ userAgent, atMs: 1_000_000 + afterMs, sentAtMs: 1_000_000 })).toBe(expected)
  })
})

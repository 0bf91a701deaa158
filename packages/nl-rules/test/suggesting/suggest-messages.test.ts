import type { Rule } from '@muster/segment-core'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { channels, tones } from '../../src/suggesting/channel.ts'
import { checkMessage } from '../../src/suggesting/check-message.ts'
import { type SuggestionRequest, suggestMessages } from '../../src/suggesting/suggest-messages.ts'
import { broken, bytes, failing, inTurn, type Provider, type Reply, type Wire, wires } from '../asking/provider.ts'
import { shop } from '../asking/shop.ts'

const placeholders = ['name', 'email', 'spending']
const lapsed: Rule = { field: 'orderCount', operator: '=', value: 0 }

const leaves: Rule[] = [
  lapsed,
  { field: 'orderCount', operator: '=', value: 1 },
  { field: 'orderCount', operator: '>=', value: 5 },
  { field: 'totalSpending', operator: '>=', value: 12345 },
  { field: 'city', operator: '=', value: 'Pune' },
  { field: 'city', operator: '=', value: 'Free Sale City' },
  { field: 'city', operator: '=', value: '{spending} 50%' },
  { field: 'email', operator: 'contains', value: 'priya' },
  { field: 'tags', operator: 'hasAny', value: ['bad payer'] },
  { aggregate: 'sum', of: 'orders', field: 'total', operator: '>', value: 777 },
  { aggregate: 'max', of: 'orders', field: 'createdAt', operator: 'before', value: { days: 90 } },
  { everyone: true },
]
const { rule: anyRule } = fc.letrec<{ rule: Rule; group: Rule }>((tie) => ({
  rule: fc.oneof({ maxDepth: 3 }, fc.constantFrom(...leaves), tie('group')),
  group: fc.record({
    logic: fc.constantFrom('AND' as const, 'OR' as const, 'NOT' as const),
    conditions: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
  }),
}))

const part = fc.constantFrom(
  ...[
    'Win back',
    'Announce',
    'Thank',
    'Remind them to',
    'with',
    'customers',
    '20% off',
    'our sale',
    'code SAVE20',
    '{name}',
  ],
  ...[
    '{code}',
    '{{ x }}',
    '{% if %}',
    'https://a.example/b',
    '₹500',
    'free',
    'you',
    '<b>',
    '5 May',
    'for',
    'about',
    '.',
    ':',
  ],
)
const anyObjective = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const anyRequest = fc.record(
  {
    objective: anyObjective,
    audience: anyRule,
    tone: fc.constantFrom(...tones),
    channel: fc.constantFrom(...channels),
    seed: fc.integer(),
    count: fc.integer({ min: 1, max: 10 }),
    catalog: fc.constant(shop),
  },
  { requiredKeys: ['objective', 'seed', 'catalog'] },
) as fc.Arbitrary<SuggestionRequest>

describe('suggestions composed from phrases', () => {
  it('keep their promises for any request', () =>
    fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const { suggestions, source } = await suggestMessages(request)
        expect(source).toBe('composed')
        expect(new Set(suggestions.map(({ text }) => text)).size).toBe(suggestions.length)
        expect(suggestions.length).toBeLessThanOrEqual(request.count ?? 5)
        for (const { text, subject, channel, tone, why } of suggestions) {
          expect(checkMessage({ text, subject }, { objective: request.objective, channel, placeholders })).toEqual([])
          expect(channel).toBe(request.channel ?? 'email')
          if (request.tone !== undefined) expect(tone).toBe(request.tone)
          expect(why).not.toMatch(/\d/)
          for (const secret of ['12345', '777', 'priya', 'bad payer']) expect(text).not.toContain(secret)
        }
      }),
      { numRuns: 400 },
    ))

  it('follow from the seed', () =>
    fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        expect(await suggestMessages(request)).toEqual(await suggestMessages(request))
      }),
    ))

  it('differ from seed to seed', async () => {
    const request = { objective: 'Announce our new menu', catalog: shop, tone: 'warm', count: 1 } as const
    const texts = await Promise.all(
      Array.from({ length: 30 }, async (_, seed) => (await suggestMessages({ ...request, seed })).suggestions[0].text),
    )
    expect(new Set(texts).size).toBeGreaterThan(5)
  })

  it('have each tone once where none is asked for, and as many as are wanted', async () => {
    const request = { objective: 'Announce our new menu', catalog: shop, seed: 1 } as const
    const { suggestions } = await suggestMessages(request)
    expect(suggestions.map(({ tone }) => tone)).toEqual(tones)
    for (const tone of tones) {
      for (const channel of channels) {
        const some = await suggestMessages({ ...request, tone, channel, count: 4 })
        expect(some.suggestions).toHaveLength(4)
        for (const { text } of some.suggestions) expect(text.toLowerCase()).toContain('our new menu')
      }
    }
  })

  it.each([
    ['Win back customers with 20% off', '20% off'],
    ['Use code SAVE20 at shop.example', 'use code SAVE20 at shop.example'],
    ['Remind them to redeem their points', 'redeem your points'],
    ['Hi {name}, the new menu is here. Come and taste it!', 'Hi {name}, the new menu is here. Come and taste it!'],
  ])('say what the objective says: %s', async (objective, said) => {
    for (const channel of channels) {
      const { suggestions } = await suggestMessages({ objective, catalog: shop, seed: 7, channel })
      for (const { text } of suggestions) expect(text).toContain(said)
    }
  })

  it('leave a topic out as a whole where it does not fit, and say so', async () => {
    const objective = `Announce our sale with 20% off everything except ${'shoes and '.repeat(30)}socks`
    const { suggestions } = await suggestMessages({ objective, catalog: shop, seed: 1, channel: 'sms' })
    for (const { text, why } of suggestions) {
      expect(text).not.toContain('20%')
      expect(why).toContain('details are left out')
    }
  })

  it('speak of what the rule says about everybody', async () => {
    const say = async (audience: Rule) => {
      const { suggestions } = await suggestMessages({
        objective: 'Announce our new menu',
        audience,
        catalog: shop,
        seed: 3,
        tone: 'friendly',
        count: 6,
      })
      return suggestions.map(({ text }) => text).join('\n')
    }
    expect(await say(lapsed)).toContain('your first order')
    expect(await say({ field: 'city', operator: '=', value: 'Pune' })).toContain('Greetings to Pune!')
    expect(await say({ field: 'totalSpending', operator: '>=', value: 9000 })).toContain('favourite people')
    expect(
      await say({ logic: 'OR', conditions: [lapsed, { field: 'city', operator: '=', value: 'Pune' }] }),
    ).not.toMatch(/Pune|first order/)
    expect(await say({ logic: 'NOT', conditions: [{ field: 'city', operator: '=', value: 'Pune' }] })).not.toContain(
      'Pune',
    )
  })
})

let open: Provider[] = []
afterEach(async () => {
  await Promise.all(open.map((provider) => provider.close()))
  open = []
})

describe.each(wires)('suggestions written by $name', (wire: Wire) => {
  const request = {
    objective: 'Win back customers with 20% off, questions to help.canary@example.com or +91 98765 43210',
    audience: { logic: 'AND', conditions: [lapsed, { field: 'city', operator: '=', value: 'Canarytown' }] },
    catalog: shop,
    seed: 1,
    tone: 'warm',
    channel: 'sms',
  } as const satisfies SuggestionRequest

  async function write(reply: Reply, deadline = () => new AbortController().signal) {
    const provider = await wire.open(reply)
    open.push(provider)
    return { ...provider, result: await suggestMessages({ ...request, models: [provider.model], deadline }) }
  }

  const good = { messages: [{ text: 'Hello {name}, we have missed you. Come back and get 20% off!' }] }
  const wrong = { messages: [{ text: 'Hello {first}, come back and get 50% off at evil.example!' }] }

  it('are the model’s own, with what was hidden put back', async () => {
    const text = 'Hello {name}, 20% off! Questions? [EMAIL_1]'
    const { result, received } = await write(wire.structured({ messages: [{ text }, ...good.messages] }))
    expect(result).toMatchObject({ source: wire.name, asked: [{ model: wire.name, outcome: 'WRITTEN' }] })
    expect(result.suggestions.map((suggestion) => suggestion.text)).toEqual([
      'Hello {name}, 20% off! Questions? help.canary@example.com',
      'Hello {name}, we have missed you. Come back and get 20% off!',
    ])
    expect(received).toHaveLength(1)
  })

  it('leave out the ones that promise what the objective does not', async () => {
    const { result } = await write(wire.structured({ messages: [...wrong.messages, ...good.messages] }))
    expect(result.suggestions.map(({ text }) => text)).toEqual(good.messages.map(({ text }) => text))
  })

  it('are repaired once', async () => {
    const { result, received } = await write(inTurn(wire.structured(wrong), wire.structured(good)))
    expect(result.source).toBe(wire.name)
    expect(received[1]?.body).toContain('The number 50 is not in the objective')
  })

  it('are asked for without anybody’s address, number or place', async () => {
    const leaky = { messages: [{ text: 'Call +[NUMBER_2] [NUMBER_3] or 12 or Canary' }] }
    const { received } = await write(wire.structured(leaky))
    expect(received).toHaveLength(2)
    for (const { body } of received) {
      expect(
        ['help.canary', 'example.com', '98765', '43210', 'Canarytown'].filter((canary) => body.includes(canary)),
      ).toEqual([])
    }
  })

  it.each([
    ['messages that are wrong twice', wire.structured(wrong), 'INVALID_MESSAGES', 2],
    ['an empty list', wire.structured({ messages: [] }), 'INVALID_MESSAGES', 2],
    ['entries that are no messages', wire.structured({ messages: [1, null, {}, { text: 5 }] }), 'INVALID_MESSAGES', 2],
    ['no JSON', wire.text('Sure, here is one: Hello!'), 'INVALID_MESSAGES', 2],
    ['junk', bytes('<html>'), 'UNAVAILABLE', 1],
    ['a broken connection', broken, 'UNAVAILABLE', 1],
    ['429', failing(429), 'LIMITED', 1],
    ['500', failing(500), 'UNAVAILABLE', 1],
    ['an answer that is cut off', wire.cutOff('{"messages": [{"te'), 'CUT_OFF', 1],
  ] as const)('fall back on composed ones, and say why: %s', async (_, reply, outcome, requests) => {
    const { result, received } = await write(reply)
    expect(result).toEqual({ ...(await suggestMessages(request)), asked: [{ model: wire.name, outcome }] })
    expect(received).toHaveLength(requests)
  })

  it('fall back on composed ones when the deadline ends', async () => {
    const ending = new AbortController()
    const { result } = await write(
      () => ending.abort(),
      () => ending.signal,
    )
    expect(result).toEqual({ ...(await suggestMessages(request)), asked: [{ model: wire.name, outcome: 'TIMED_OUT' }] })
  })

  it('have the tones that they name', async () => {
    const { tone: _, ...anyTone } = request
    const messages = [
      { text: 'Come back, {name}!', tone: 'playful' },
      { text: 'Do come back, {name}.', tone: 'rude' },
    ]
    const provider = await wire.open(wire.structured({ messages }))
    open.push(provider)
    const deadline = () => new AbortController().signal
    const { suggestions } = await suggestMessages({ ...anyTone, models: [provider.model], deadline })
    expect(suggestions.map(({ tone }) => tone)).toEqual(['playful', 'friendly'])
    expect(provider.received[0]?.body).toContain('friendly, professional, playful, urgent, warm')
  })

  it('come from the next model where one cannot be had', async () => {
    const busy = await wire.open(failing(429))
    const free = await wire.open(wire.structured(good))
    open.push(busy, free)
    const deadline = () => new AbortController().signal
    const { source, asked } = await suggestMessages({ ...request, models: [busy.model, free.model], deadline })
    expect(source).toBe(wire.name)
    expect(asked.map(({ outcome }) => outcome)).toEqual(['LIMITED', 'WRITTEN'])
  })
})

describe('an objective that is too long to be read', () => {
  it('is not cut, is sent to nobody, and yields messages without details', async () => {
    const objective = `Win back customers with 20% off ${'everything but shoes, '.repeat(100)}`
    const nobody = { name: 'anthropic', ask: () => Promise.reject(new Error('asked')) } as const
    const deadline = () => new AbortController().signal
    const { suggestions, asked } = await suggestMessages({
      objective,
      catalog: shop,
      seed: 1,
      models: [nobody],
      deadline,
    })
    expect(asked).toEqual([])
    for (const { text, why } of suggestions) {
      expect(text).not.toContain('20%')
      expect(why).toContain('details are left out')
    }
  })
})

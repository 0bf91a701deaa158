import { afterEach, describe, expect, it } from 'vitest'
import type { Deadline } from '../../src/asking/language-model.ts'
import { type TranslateOptions, type Translation, translate } from '../../src/translate.ts'
import { broken, bytes, failing, inTurn, type Provider, type Reply, type Wire, wires } from './provider.ts'
import { shop } from './shop.ts'

/** Words that the reader cannot know, so that a model is asked. */
const riddle = 'customers who are crazy about wombats'
const never: Deadline = () => new AbortController().signal
const options = { catalog: shop, now: Date.UTC(2026, 4, 5), timeZone: 'Asia/Kolkata' }

const rule = { field: 'tags', operator: 'hasAny', value: ['wombats'] }
const good = { rule, leftOut: [] }
const wrong = { rule: { field: 'favourite', operator: '=', value: 'wombats' }, leftOut: [] }

let open: Provider[] = []
afterEach(async () => {
  await Promise.all(open.map((provider) => provider.close()))
  open = []
})

async function asking(wire: Wire, reply: Reply): Promise<Provider> {
  const provider = await wire.open(reply)
  open.push(provider)
  return provider
}

async function ask(wire: Wire, reply: Reply, text = riddle, more: Partial<TranslateOptions> = {}) {
  const provider = await asking(wire, reply)
  const result = await translate(text, {
    ...options,
    models: [provider.model],
    deadline: never,
    ...more,
  } as TranslateOptions)
  return { ...provider, result }
}

/** The reader's own result, with how each model ended. */
function honest(text: string, asked: Translation['asked']) {
  return translate(text, options).then((reading) => ({ ...reading, asked }))
}

for (const wire of wires) {
  describe(`asking ${wire.name}`, () => {
    const { name: model } = wire

    it('takes a good answer as a proposal, never as certain', async () => {
      const { result, received } = await ask(wire, wire.structured(good))
      expect(result).toMatchObject({
        rule,
        confident: false,
        source: model,
        sentence: 'Customers whose tags include "wombats".',
        asked: [{ model, outcome: 'PROPOSED' }],
      })
      expect(received).toHaveLength(1)
    })

    it('says which words a proposal leaves out, and which the reader did not know', async () => {
      const text = 'customers who are crazy about wombats and the top 10 of them'
      const answer = { rule, leftOut: ['the top 10 of them', 'words that nobody wrote', 7] }
      const { result } = await ask(wire, wire.structured(answer), text)
      expect(result.notUnderstood).toEqual([
        { text: 'the top 10 of them', start: 42, end: 60, why: 'the proposed rule leaves it out' },
      ])
      expect(result.assumptions.length).toBeGreaterThan(0)
      expect(result.assumptions.every(({ text: said }) => said.includes('as a language model took it'))).toBe(true)
    })

    it('finds the answer in a chatty one', async () => {
      const chatter = `Sure! Here {you} are:\n\`\`\`json\n${JSON.stringify(good, null, 2)}\n\`\`\`\nAnything else?`
      const { result } = await ask(wire, wire.text(chatter))
      expect(result).toMatchObject({ rule, source: model })
    })

    it('names the stored value where the answer has another name for it', async () => {
      const knownValues = { customers: { city: [{ value: 'Mumbai', aliases: ['Bombay'] }, { value: 'Pune' }] } }
      const inCities = (...value: string[]) => ({ field: 'city', operator: 'in', value })
      const answer = { rule: inCities('bombay', 'Pune', 'Elsewhere'), leftOut: [] }
      const { result, received } = await ask(wire, wire.structured(answer), riddle, { knownValues })
      expect(result.rule).toEqual(inCities('Mumbai', 'Pune', 'Elsewhere'))
      expect(received[0]?.body).not.toMatch(/Mumbai|Bombay/)
    })

    it('repairs once: wrong, then right', async () => {
      const { result, received } = await ask(wire, inTurn(wire.structured(wrong), wire.structured(good)))
      expect(result).toMatchObject({ rule, source: model, confident: false })
      expect(received).toHaveLength(2)
      expect(received[1]?.body).toContain('customers have no field')
      expect(received[1]?.body).toContain('favourite')
    })

    it('falls back on the reader: wrong twice', async () => {
      const { result, received } = await ask(
        wire,
        inTurn(wire.structured(wrong), wire.structured(wrong), wire.structured(good)),
      )
      expect(result).toEqual(await honest(riddle, [{ model, outcome: 'INVALID_RULE' }]))
      expect(received).toHaveLength(2)
    })

    it('believes a model that says the text cannot be expressed', async () => {
      const { result, received } = await ask(wire, wire.structured({ rule: null, leftOut: [riddle] }))
      expect(result).toEqual(await honest(riddle, [{ model, outcome: 'NO_RULE' }]))
      expect(received).toHaveLength(1)
    })

    const failures: readonly (readonly [string, Reply, string, number])[] = [
      ['answers that are no JSON', wire.text('I am afraid I cannot do that.'), 'INVALID_RULE', 2],
      ['answers without a rule', wire.structured({ answer: 42 }), 'INVALID_RULE', 2],
      ['an empty answer', wire.text(''), 'INVALID_RULE', 2],
      ['junk in place of its wire format', bytes('<html>Bad gateway</html>', 'text/html'), 'UNAVAILABLE', 1],
      ['an answer that ends at the bound of its tokens', wire.cutOff('{"rule": {"field'), 'CUT_OFF', 1],
      ['a connection that breaks', broken, 'UNAVAILABLE', 1],
      ['429', failing(429), 'LIMITED', 1],
      ['500', failing(500), 'UNAVAILABLE', 1],
      ['503', failing(503), 'UNAVAILABLE', 1],
      ['401', failing(401), 'REFUSED', 1],
      ['more than 64 KB', wire.text(JSON.stringify({ ...good, padding: 'x'.repeat(70_000) })), 'INVALID_RULE', 2],
    ]
    for (const [what, reply, outcome, requests] of failures) {
      it(`falls back on the reader: ${what}`, async () => {
        const { result, received } = await ask(wire, reply)
        expect(result).toEqual(await honest(riddle, [{ model, outcome } as never]))
        expect(received).toHaveLength(requests)
      })
    }

    it('fault 106: stops waiting when the deadline ends, and asks for ten seconds', async () => {
      const ending = new AbortController()
      const asked: number[] = []
      const deadline: Deadline = (afterMs) => {
        asked.push(afterMs)
        return ending.signal
      }
      // The provider never answers; the deadline ends once it has the question.
      const { result } = await ask(wire, () => ending.abort(), riddle, { deadline })
      expect(result).toEqual(await honest(riddle, [{ model, outcome: 'TIMED_OUT' }]))
      expect(asked).toEqual([10_000])
    })

    it('stops waiting when the deadline ends in the middle of a response', async () => {
      const ending = new AbortController()
      const slow: Reply = (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{"id":')
        ending.abort()
      }
      const { result } = await ask(wire, slow, riddle, { deadline: () => ending.signal })
      expect(result.asked).toEqual([{ model, outcome: 'TIMED_OUT' }])
    })

    it('has one deadline for the answer and its repair', async () => {
      const ending = new AbortController()
      const { result, received } = await ask(
        wire,
        inTurn(wire.structured(wrong), () => ending.abort()),
        riddle,
        {
          deadline: () => ending.signal,
        },
      )
      expect(result.asked).toEqual([{ model, outcome: 'TIMED_OUT' }])
      expect(received).toHaveLength(2)
    })

    it('stops when the caller goes away', async () => {
      const caller = new AbortController()
      const { result } = await ask(wire, () => caller.abort(), riddle, { signal: caller.signal })
      expect(result.asked).toEqual([{ model, outcome: 'TIMED_OUT' }])
    })

    it('asks nobody where the reader is certain, or the text is empty or longer than 2,000 characters', async () => {
      for (const text of ['customers who spent over 5000', '', '  ', `${riddle} ${'and wombats '.repeat(200)}`]) {
        const { received, result } = await ask(wire, wire.structured(good), text)
        expect(received).toEqual([])
        expect(result).toEqual(await translate(text, options))
      }
    })

    it('fault 81: sends the key in a header alone', async () => {
      const { received } = await ask(wire, wire.structured(good))
      const [{ url, body, headers } = { url: '', body: '', headers: {} }] = received
      expect(JSON.stringify(headers)).toContain('a-key-that-nobody-may-see')
      expect(url + body).not.toContain('a-key-that-nobody-may-see')
    })
  })
}

describe('asking several models', () => {
  it('asks the next one where one cannot be had', async () => {
    const [first, second] = wires
    const busy = await asking(first!, failing(429))
    const free = await asking(second!, second!.structured(good))
    const result = await translate(riddle, { ...options, models: [busy.model, free.model], deadline: never })
    expect(result).toMatchObject({
      rule,
      source: 'gemini',
      asked: [
        { model: 'anthropic', outcome: 'LIMITED' },
        { model: 'gemini', outcome: 'PROPOSED' },
      ],
    })
  })

  it('believes the first one that says the text cannot be expressed', async () => {
    const [first, second] = wires
    const modest = await asking(first!, first!.structured({ rule: null, leftOut: [] }))
    const bold = await asking(second!, second!.structured(good))
    await translate(riddle, { ...options, models: [modest.model, bold.model], deadline: never })
    expect(bold.received).toEqual([])
  })

  it('outlives a port that rejects, and one that ignores the signal', async () => {
    const ending = new AbortController()
    const rejecting = { name: 'anthropic', ask: () => Promise.reject(new Error('no')) } as const
    const hanging = {
      name: 'gemini',
      ask: () => {
        ending.abort()
        return new Promise<never>(() => {})
      },
    } as const
    const result = await translate(riddle, { ...options, models: [rejecting, hanging], deadline: () => ending.signal })
    expect(result.asked).toEqual([
      { model: 'anthropic', outcome: 'UNAVAILABLE' },
      { model: 'gemini', outcome: 'TIMED_OUT' },
    ])
  })
})

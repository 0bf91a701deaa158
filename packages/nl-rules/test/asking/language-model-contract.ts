import assert from 'node:assert/strict'
import type { Answer, Question } from '../../src/asking/language-model.ts'
import { broken, bytes, failing, type Provider, type Reply, type Wire } from './provider.ts'

/** A question of three turns. */
const question: Question = {
  system: 'You repeat.',
  turns: [
    { by: 'asker', text: 'first words' },
    { by: 'model', text: 'second words' },
    { by: 'asker', text: 'third words' },
  ],
  schema: { type: 'object', properties: { word: { enum: ['yes', 'no'] } }, required: ['word'] },
}

/** What every `LanguageModel` promises, and a check for each that rejects when the promise is broken. */
export const languageModelContract: Readonly<Record<string, (wire: Wire) => Promise<void>>> = {
  'answers with the structure as text': (wire) =>
    asking(wire, wire.structured({ word: 'yes' }), async (ask) => {
      const answer = await ask()
      assert.deepEqual(answer.ok && JSON.parse(answer.text), { word: 'yes' })
    }),
  'answers with talk as it is': (wire) =>
    asking(wire, wire.text('Well, {"word": "no"}.'), async (ask) => {
      assert.deepEqual(await ask(), { ok: true, text: 'Well, {"word": "no"}.' })
    }),
  'sends all turns in order, the system text and the schema': (wire) =>
    asking(wire, wire.structured({ word: 'yes' }), async (ask, { received }) => {
      await ask()
      const sent = received[0]?.body ?? ''
      const places = question.turns.map(({ text }) => sent.indexOf(text))
      assert.ok(places.every((place, at) => place > (places[at - 1] ?? 0)))
      for (const part of ['You repeat.', '"yes"', '"word"']) assert.ok(sent.includes(part))
    }),
  'asks nobody when the signal has aborted before': (wire) =>
    asking(wire, wire.structured({ word: 'yes' }), async (ask, { received }) => {
      assert.deepEqual(await ask(AbortSignal.abort()), { ok: false, failure: 'TIMED_OUT' })
      assert.equal(received.length, 0)
    }),
  'ends with the signal': async (wire) => {
    const ending = new AbortController()
    await asking(
      wire,
      () => ending.abort(),
      async (ask) => assert.deepEqual(await ask(ending.signal), { ok: false, failure: 'TIMED_OUT' }),
    )
  },
  'does not try again by itself': async (wire) => {
    for (const status of [408, 409, 429, 500, 502, 503, 529]) {
      await asking(wire, failing(status), async (ask, { received }) => {
        assert.equal((await ask()).ok, false)
        assert.equal(received.length, 1)
      })
    }
  },
  'says why there is no answer': async (wire) => {
    const failures: readonly (readonly [Reply, string])[] = [
      [failing(401), 'REFUSED'],
      [failing(403), 'REFUSED'],
      [failing(404), 'REFUSED'],
      [failing(429), 'LIMITED'],
      [failing(529), 'LIMITED'],
      [failing(500), 'UNAVAILABLE'],
      [broken, 'UNAVAILABLE'],
      [bytes('{"no": "message"}'), 'any'],
      [bytes('null'), 'any'],
      [bytes('[]'), 'any'],
      [bytes('"text"'), 'any'],
      [bytes(''), 'any'],
      [bytes('<html>', 'text/html'), 'any'],
      [wire.cutOff('{"word"'), 'CUT_OFF'],
    ]
    for (const [reply, failure] of failures) {
      await asking(wire, reply, async (ask) => {
        const answer = await ask()
        assert.equal(answer.ok, false)
        if (failure !== 'any') assert.deepEqual(answer, { ok: false, failure })
      })
    }
  },
  'tells nobody the key': (wire) =>
    asking(wire, failing(401), async (ask, { received }) => {
      const answer = await ask()
      const [{ url, body } = { url: '', body: '' }] = received
      for (const told of [JSON.stringify(answer), url, body]) assert.ok(!told.includes('a-key-that-nobody-may-see'))
    }),
}

async function asking(
  wire: Wire,
  reply: Reply,
  check: (ask: (signal?: AbortSignal) => Promise<Answer>, provider: Provider) => Promise<void>,
): Promise<void> {
  const provider = await wire.open(reply)
  try {
    await check((signal = new AbortController().signal) => provider.model.ask(question, signal), provider)
  } finally {
    await provider.close()
  }
}

import { describe, expect, it } from 'vitest'
import { languageModelContract } from './language-model-contract.ts'
import { anthropicWire, wires } from './provider.ts'

for (const wire of wires) {
  describe(wire.name, () => {
    for (const [promise, check] of Object.entries(languageModelContract)) it(promise, () => check(wire))
  })
}

describe('the fetch of anthropic', () => {
  const question = { system: '', turns: [{ by: 'asker', text: 'x' }], schema: { type: 'object' } } as const

  it('reads no more than 256 KB', async () => {
    const provider = await anthropicWire.open((response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    const answer = await provider.model.ask(question, new AbortController().signal)
    expect(answer).toEqual({ ok: false, failure: 'UNAVAILABLE' })
    await provider.close()
  })

  it('follows no redirect', async () => {
    const elsewhere = await anthropicWire.open(anthropicWire.text('{}'))
    const provider = await anthropicWire.open((response) => {
      response.writeHead(307, { location: elsewhere.url })
      response.end()
    })
    const answer = await provider.model.ask(question, new AbortController().signal)
    expect(answer).toEqual({ ok: false, failure: 'UNAVAILABLE' })
    expect(elsewhere.received).toEqual([])
    await Promise.all([provider.close(), elsewhere.close()])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'
import { type OpenProvider, openProvider } from './provider.ts'

const riddle = 'customers who are crazy about wombats'

for (const database of testDatabases(['sqlite'])) {
  describe.skipIf(database.missing)(`the assistant without a language model, on ${database.title}`, () => {
    let muster: OpenMuster
    let user: Client
    beforeAll(async () => {
      muster = await openMuster(database, { RATE_LIMITS: 'off' })
      user = await muster.register()
    })
    afterAll(() => muster.stop())

    const generate = (body: object) => user.post('/api/ai/generate', body)
    const suggest = (body: object) => user.post('/api/ai/message-suggestions', body)

    it('fault 101: writes from what was typed, and says that no model did', async () => {
      const answer = await generate({ prompt: 'Announce our new winter collection', tone: 'playful' })
      expect(answer.status).toBe(200)
      expect(answer.text('data.message')).toContain('our new winter collection')
      expect(answer.at('data.source')).toBe('composed')
      expect(answer.at('data.needsContext')).toBe(false)
      expect(answer.at('message')).toBeUndefined()
    })

    it('asks for more where nothing was said', async () => {
      for (const prompt of ['', '   ']) {
        const answer = await generate({ prompt })
        expect(answer.at('data')).toEqual({ message: '', needsContext: true, source: 'composed', note: null })
      }
    })

    it('fault 96: gives the same for the same, and something else for another variant', async () => {
      const body = { prompt: 'Win back customers with 20% off' }
      const texts = await Promise.all(
        [0, 0, 1, 2, 3].map(async (variant) => (await generate({ ...body, variant })).text('data.message')),
      )
      expect(texts[0]).toBe(texts[1])
      expect(new Set(texts).size).toBeGreaterThan(2)
    })

    it('keeps to the tokens that were asked for where it can, and says where not', async () => {
      const prompt = 'Announce our new menu'
      const short = await generate({ prompt, maxTokens: 40 })
      expect(short.text('data.message').length).toBeLessThanOrEqual(160)
      expect((await generate({ prompt, maxTokens: 1 })).at('data.note')).toBe(
        'The message is longer than was asked for.',
      )
    })

    it('faults 96 and 101: suggests a message of each tone for any objective, without invented figures', async () => {
      const body = { objective: 'Invite everybody to our tasting on 5 May' }
      const answer = await suggest(body)
      expect(answer.status).toBe(200)
      expect(answer.at('data.objective')).toBe(body.objective)
      const suggestions = answer.list('data.suggestions') as {
        message: string
        tone: string
        estimatedEngagement: null
      }[]
      expect(suggestions.map(({ tone }) => tone)).toEqual(['friendly', 'professional', 'playful', 'urgent', 'warm'])
      for (const { message, estimatedEngagement } of suggestions) {
        expect(message).toContain('our tasting on 5 May')
        expect(estimatedEngagement).toBeNull()
      }
      expect((await suggest(body)).body).toEqual(answer.body)
    })

    it('speaks of what the audience has in common, in whatever form the rules come', async () => {
      const condition = { field: 'visitCount', operator: '=', value: 0 }
      for (const audience of [
        condition,
        { rules: condition },
        { logic: 'AND', conditions: [condition], connectors: [] },
      ]) {
        const answer = await suggest({ objective: 'Announce our new menu', audience, tone: 'friendly' })
        expect(JSON.stringify(answer.at('data.suggestions'))).toContain('your first visit')
      }
    })

    it.each([
      ['/generate', { prompt: 7 }, 400],
      ['/generate', {}, 400],
      ['/generate', { prompt: 'x'.repeat(2_001) }, 400],
      ['/generate', { prompt: 'x', tone: 'rude' }, 400],
      ['/generate', { prompt: 'x', maxTokens: 0 }, 400],
      ['/generate', { prompt: 'Announce tea', audience: 'x', userId: 'y' }, 200],
      ['/message-suggestions', { objective: ' ' }, 400],
      ['/message-suggestions', { objective: ['x'] }, 400],
      ['/message-suggestions', { objective: 'x', audience: 'all' }, 400],
      ['/message-suggestions', { objective: 'x', audience: { field: 'nothing', operator: '=', value: 1 } }, 400],
      ['/message-suggestions', { objective: 'x', audience: {} }, 400],
      ['/message-suggestions', { objective: 'x', audience: null }, 200],
    ])('fault 107: %s %j answers %i', async (path, body, status) => {
      const answer = await user.post(`/api/ai${path}`, body)
      expect(answer.status).toBe(status)
      if (status === 400) expect(answer.text('error')).not.toBe('')
    })

    it('is for people with a session', async () => {
      for (const path of ['/generate', '/message-suggestions']) {
        expect((await muster.anyone.post(`/api/ai${path}`, { prompt: 'x', objective: 'x' })).status).toBe(401)
      }
    })
  })

  describe.skipIf(database.missing)(`the assistant with a language model, on ${database.title}`, () => {
    let muster: OpenMuster
    let provider: OpenProvider
    beforeAll(async () => {
      provider = await openProvider()
      muster = await openMuster(database, {
        RATE_LIMITS: 'off',
        ANTHROPIC_API_KEY: 'key-that-nobody-may-see',
        ANTHROPIC_BASE_URL: provider.url,
        AI_REQUESTS_PER_USER_AND_DAY: '3',
      })
    })
    afterAll(async () => {
      await muster.stop()
      await provider.close()
    })

    const translate = (user: Client, prompt: string) => user.post('/api/ai/nl-to-rules', { prompt })
    const spenders = { field: 'totalSpending', operator: '>', value: 5000 }

    it('shows a proposal in the builder, named as one', async () => {
      provider.answers({ rule: spenders, leftOut: [] })
      const answer = await translate(await muster.register(), riddle)
      expect(answer.at('data.rules')).toEqual({ logic: 'AND', conditions: [spenders], provider: 'anthropic' })
      expect(answer.text('data.explanation')).toContain('Anthropic proposes, for you to check:')
      expect(answer.at('data.translation.confident')).toBe(false)
    })

    it('shows no rows of a proposal that leaves something out', async () => {
      provider.answers({ rule: spenders, leftOut: ['wombats'] })
      const answer = await translate(await muster.register(), riddle)
      expect(answer.at('data.rules')).toEqual({ logic: 'AND', conditions: [], provider: null })
      expect(answer.text('data.explanation')).toContain('It leaves out "wombats"')
    })

    it('does not ask where the reader is certain', async () => {
      const before = provider.bodies.length
      const answer = await translate(await muster.register(), 'customers who spent over 5000')
      expect(answer.at('data.rules')).toEqual({ logic: 'AND', conditions: [spenders], provider: null })
      expect(provider.bodies).toHaveLength(before)
    })

    it('fault 101: says when the model failed, and does not hide it behind a template', async () => {
      provider.fails(500)
      const user = await muster.register()
      const rules = await translate(user, riddle)
      expect(rules.at('data.rules.conditions')).toEqual([])
      expect(rules.text('data.explanation')).toContain('Anthropic could not be reached.')
      const message = await user.post('/api/ai/generate', { prompt: 'Announce our new menu' })
      expect(message.at('data.source')).toBe('composed')
      expect(message.text('data.message')).toContain('our new menu')
      expect(message.text('data.note')).toContain('Anthropic could not be reached.')
    })

    it('writes messages by the model', async () => {
      provider.answers({ messages: [{ text: 'Hello {name}, our new menu is here.' }, { text: 'Free food, {name}!' }] })
      const user = await muster.register()
      const message = await user.post('/api/ai/generate', { prompt: 'Announce our new menu' })
      expect(message.at('data')).toEqual({
        message: 'Hello {name}, our new menu is here.',
        needsContext: false,
        source: 'anthropic',
        note: null,
      })
      const several = await user.post('/api/ai/message-suggestions', { objective: 'Announce our new menu' })
      expect(several.list('data.suggestions')).toHaveLength(1)
    })

    it('fault 107: asks no more than a user’s share of a day, and says so', async () => {
      provider.answers({ rule: spenders, leftOut: [] })
      const [user, other] = [await muster.register(), await muster.register()]
      const before = provider.bodies.length
      for (let time = 0; time < 3; time++) {
        expect((await translate(user, riddle)).at('data.rules.provider')).toBe('anthropic')
      }
      const refused = await translate(user, riddle)
      expect(refused.status).toBe(200)
      expect(refused.at('data.rules.provider')).toBeNull()
      expect(refused.text('data.explanation')).toContain("today's allowance")
      expect(provider.bodies).toHaveLength(before + 3)
      expect((await translate(other, riddle)).at('data.rules.provider')).toBe('anthropic')
      muster.advance(24 * 60 * 60_000)
      expect((await translate(user, riddle)).at('data.rules.provider')).toBe('anthropic')
    })

    it('tells the operator which provider failed, and how', async () => {
      provider.fails(401)
      await translate(await muster.register(), riddle)
      expect(muster.logged()).toContain('"provider":"anthropic","failure":"REFUSED"')
    })

    it('sends no value of the database, and logs neither the key nor what was asked', async () => {
      const user = await muster.register()
      const canary = { name: 'Canary Bird', email: 'canary@birds.example', phone: '+919876500001', city: 'Canaryville' }
      expect((await user.post('/api/customers', { ...canary, tags: ['canary-tag'] })).status).toBe(201)
      provider.answers({ rule: null, leftOut: [] })
      const before = provider.bodies.length
      await translate(user, `${riddle}, but not wombat@birds.example or 98765 00002`)
      const sent = provider.bodies.slice(before).join('')
      expect(sent).toContain('[EMAIL_1]')
      const secrets = ['Canary', 'canary', '9876500001', 'wombat@birds', '98765 00002', '00002']
      expect(secrets.filter((secret) => sent.includes(secret))).toEqual([])
      const logged = muster.logged()
      expect(['key-that-nobody-may-see', 'wombat'].filter((secret) => logged.includes(secret))).toEqual([])
    })

    it('stops asking when the user goes away', async () => {
      const { token } = await muster.register()
      const leaving = new AbortController()
      provider.isSilent(() => leaving.abort())
      const asked = fetch(`${muster.origin}/api/ai/nl-to-rules`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ prompt: riddle }),
        signal: leaving.signal,
      })
      await expect(asked).rejects.toThrow()
      const from = performance.now()
      await provider.left
      // Long before the ten seconds that it would wait for an answer.
      expect(performance.now() - from).toBeLessThan(5_000)
    })
  })
}

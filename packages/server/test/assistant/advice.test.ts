import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'
import { launchAndFinish } from './launched.ts'
import { type OpenProvider, openProvider } from './provider.ts'

const dayMs = 24 * 60 * 60_000
const everyone = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }
const spendsOver = (value: number) => ({ logic: 'AND', conditions: [{ field: 'totalSpending', operator: '>', value }] })

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`advice from a workspace’s own rows, on ${database.title}`, () => {
    let muster: OpenMuster
    let provider: OpenProvider
    let user: Client
    beforeAll(async () => {
      provider = await openProvider()
      muster = await openMuster(database, {
        RATE_LIMITS: 'off',
        SIMULATED_VENDOR_SUCCESS_RATE: '1',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '0',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '20',
        ANTHROPIC_API_KEY: 'key-that-nobody-may-see',
        ANTHROPIC_BASE_URL: provider.url,
      })
    })
    afterAll(async () => {
      await muster.stop()
      await provider.close()
    })

    const ask = (path: string, body: object, client = user) => client.post(`/api/ai/${path}`, body)
    const people = (count: number, of: (index: number) => object) =>
      user.post('/api/customers/bulk', {
        customers: Array.from({ length: count }, (_, index) => ({
          email: `person${index}@people.example`,
          name: `Person ${index}`,
          ...of(index),
        })),
      })

    describe('a campaign’s summary', () => {
      beforeAll(async () => {
        user = await muster.register()
        await people(12, () => ({ totalSpending: 10 }))
      })

      it('faults 62 and 97: it tells the ledger’s figures, and of no campaign but one’s own', async () => {
        provider.fails(500)
        const campaignId = await launchAndFinish(user, everyone)
        const first = await ask('campaign-summary', { campaignId })
        const { deliveryStats } = (await user.get(`/api/campaigns/${campaignId}`)).at('data.campaign') as {
          deliveryStats: { sent: number; delivered: number; failed: number; total: number }
        }
        expect(first.at('data.figures')).toMatchObject({
          audience: deliveryStats.total,
          sent: deliveryStats.sent,
          delivered: deliveryStats.delivered,
          failed: deliveryStats.failed,
        })
        expect(first.text('data.summary')).toContain('Of 12 people in the audience, the vendor took 12 messages')
        expect(first.at('data.source')).toBe('composed')
        expect((await ask('campaign-summary', { campaignId })).at('data.summary')).toBe(first.at('data.summary'))
        expect((await ask('campaign-summary', { campaignId: 'none' })).status).toBe(404)
        expect((await ask('campaign-summary', { campaignId }, await muster.register())).status).toBe(404)
      })

      it('lets a model write the prose, and fills in every number itself', async () => {
        const campaignId = await launchAndFinish(user, everyone)
        provider.answers({ text: 'The shop reached {audience} people: {delivered} messages arrived.' })
        const told = await ask('campaign-summary', { campaignId })
        expect(told.at('data.source')).toBe('anthropic')
        expect(told.text('data.summary')).toContain('The shop reached 12 people: 12 messages arrived.')
        const sent = provider.bodies.at(-1) ?? ''
        expect(sent).not.toMatch(/\b12\b|Campaign to everyone/)
      })

      it.each([
        'Delivered 99 messages of {audience}.',
        'Most of {audience} people got it.',
        'All {audience} of {unknown}.',
        'No placeholder at all.',
        '{audience} people, twice as good as the average campaign.',
        'See https://evil.example for {audience}.',
      ])('fault 97: shows no figure that a model made up: %s', async (text) => {
        const campaignId = await launchAndFinish(user, everyone)
        provider.answers({ text })
        const told = await ask('campaign-summary', { campaignId })
        expect(told.at('data.source')).toBe('composed')
        expect(told.text('data.summary')).toContain('Of 12 people in the audience')
        expect(told.text('data.note')).toContain('Anthropic gave no usable answer.')
      })

      it('says of a draft that nothing was sent', async () => {
        const draft = await user.post('/api/campaigns', { name: 'Not yet', rules: everyone })
        const told = await ask('campaign-summary', { campaignId: draft.text('id') })
        expect(told.at('data.summary')).toBe('The campaign "Not yet" is a draft: nothing has been sent.')
      })
    })

    describe('the time to send', () => {
      it('fault 96: without enough orders and opens there is none', async () => {
        user = await muster.register()
        const answer = await ask('scheduling-suggestions', { campaignType: 'promotion' })
        expect(answer.status).toBe(200)
        expect(answer.at('data.suggestions')).toMatchObject({ bestTime: null, bestDay: null, alternatives: [] })
        expect(answer.text('data.suggestions.reasoning')).toContain('Not enough data')
      })

      it('fault 96: it is the busiest hour of the week in the workspace’s zone', async () => {
        user = await muster.register()
        await user.put('/api/workspace', {
          name: 'Shop',
          timeZone: 'Asia/Kolkata',
          currency: 'INR',
          consentPolicy: 'opt-out',
        })
        await people(1, () => ({}))
        const [customer] = (await user.get('/api/customers')).list('data.customers') as { id: string }[]
        // The last Thursday, 18:10 in Kolkata is 12:40 in UTC; and some on Mondays at 9:05, 3:35 in UTC.
        const today = new Date()
        const daysBack = (weekday: number) => ((today.getUTCDay() - weekday + 6) % 7) + 1
        const at = (weekday: number, time: string) =>
          `${new Date(Date.now() - daysBack(weekday) * dayMs).toISOString().slice(0, 10)}T${time}Z`
        const orders = Array.from({ length: 120 }, (_, index) => ({
          externalId: `o${index}`,
          customerId: customer?.id,
          total: 1,
          status: 'COMPLETED',
          createdAt: index < 90 ? at(4, '12:40:00') : at(1, '03:35:00'),
        }))
        const added = await user.post('/api/orders/bulk', { orders })
        expect(added.at('data.created')).toBe(120)
        const answer = await ask('scheduling-suggestions', { campaignType: 'promotion' })
        expect(answer.at('data.suggestions')).toMatchObject({
          bestTime: { hour: 18, minute: 0 },
          bestDay: 'Thursday',
          timezone: 'Asia/Kolkata',
          alternatives: [{ day: 'Monday', time: '09:00', expectedEngagement: 25 }],
          basis: { orders: 120, opens: 0 },
        })
      })
    })

    describe('a lookalike audience', () => {
      beforeAll(async () => {
        user = await muster.register()
        // Forty who spend from 1000 on and come from ten times on; the first thirty of them are the base by city.
        await people(100, (index) =>
          index < 40
            ? { totalSpending: 1_000 + (index % 20), visitCount: 10 + (index % 5), city: index < 30 ? 'Pune' : 'Delhi' }
            : { totalSpending: index - 40, visitCount: 1, city: 'Delhi' },
        )
      })

      const base = { field: 'city', operator: '=', value: 'Pune' }
      const sizeOf = async (rules: unknown) =>
        (await user.post('/api/segments/preview', { rules })).at('data.audienceSize')

      it('fault 98: it widens: everybody of the base stays in, and others like them come', async () => {
        const answer = await ask('lookalike-audience', { baseAudienceRules: base })
        expect(answer.status).toBe(200)
        const expanded = answer.at('data.lookalike.expandedRules')
        const size = answer.at('data.lookalike.estimatedSize') as number
        expect(answer.at('data.lookalike.baseSize')).toBe(30)
        expect(await sizeOf(expanded)).toBe(size)
        expect(size).toBeGreaterThan(30)
        expect(await sizeOf({ logic: 'AND', conditions: [base, { logic: 'NOT', conditions: [expanded] }] })).toBe(0)
        const similarity = answer.at('data.lookalike.similarity') as number
        expect(similarity).toBeGreaterThan(0)
        expect(similarity).toBeLessThanOrEqual(100)
        expect(answer.list('data.lookalike.characteristics').length).toBeGreaterThan(0)
        expect((await ask('lookalike-audience', { baseAudienceRules: base })).at('data.lookalike.similarity')).toBe(
          similarity,
        )
      })

      it('fault 98: a base that says nothing in common, or is everybody, is answered as it is', async () => {
        const few = await ask('lookalike-audience', { baseAudienceRules: spendsOver(1_017) })
        expect(few.at('data.lookalike')).toMatchObject({ estimatedSize: 4, similarity: null, characteristics: [] })
        expect(few.text('data.lookalike.note')).toContain('Not enough data')
        const all = await ask('lookalike-audience', { baseAudienceRules: everyone })
        expect(all.at('data.lookalike')).toMatchObject({ estimatedSize: 100, similarity: null })
      })

      it('fault 98: a base without conditions is refused with what is wrong, not with a 500', async () => {
        for (const baseAudienceRules of [{}, { logic: 'AND', conditions: [] }, { field: 'nothing' }]) {
          const answer = await ask('lookalike-audience', { baseAudienceRules })
          expect(answer.status).toBe(400)
          expect(answer.text('error')).not.toBe('')
        }
      })
    })

    describe('tags', () => {
      it('fault 99: they come from the campaign, each with what it rests on', async () => {
        user = await muster.register()
        const campaignData = {
          name: 'Diwali offer',
          message: 'We miss you, {name}! Come back for 20% off.',
          rules: { field: 'lastVisit', operator: 'notWithinLast', value: { days: 90 } },
        }
        const answer = await ask('auto-tag', { campaignData })
        expect(answer.list('data.tags')).toEqual(expect.arrayContaining(['win-back', 'diwali', 'discount']))
        expect(answer.at('data.confidence')).toBeNull()
        expect(answer.list('data.reasons')).toHaveLength(answer.list('data.tags').length)
        expect((await ask('auto-tag', { campaignData })).body).toEqual(answer.body)
        expect((await ask('auto-tag', { campaignData: {} })).list('data.tags')).toEqual([])
      })
    })

    describe('rules about what this workspace alone knows', () => {
      it('are read wherever the assistant takes rules: its attributes and its segments', async () => {
        user = await muster.register()
        await user.post('/api/workspace/attributes', { name: 'shoeSize', type: 'number' })
        const bigFeet = { field: 'shoeSize', operator: '>=', value: 46 }
        const segmentId = (await user.post('/api/segments', { name: 'Big feet', rules: bigFeet })).text(
          'data.segment.id',
        )
        for (const rules of [bigFeet, { segment: segmentId }]) {
          expect((await ask('auto-tag', { campaignData: { name: 'Boots', rules } })).status).toBe(200)
          expect((await ask('message-suggestions', { objective: 'sell boots', audience: rules })).status).toBe(200)
          expect((await ask('lookalike-audience', { baseAudienceRules: rules })).status).toBe(200)
        }
      })
    })

    describe('a personalised text', () => {
      const customerData = { name: 'Zoë', email: 'zoe@people.example', spending: 1_234.5 }

      it('fault 100: it is the template filled in, and variations differ in words', async () => {
        provider.fails(500)
        user = await muster.register()
        const template = 'Hello {name}, our new winter collection is here.'
        const answer = await ask('personalize-content', { template, customerData, tone: 'friendly' })
        expect(answer.at('data.original')).toBe(template)
        expect(answer.at('data.personalized')).toBe('Hello Zoë, our new winter collection is here.')
        const variations = answer.list('data.variations') as string[]
        const words = (text: string) => text.toLowerCase().replaceAll(/\W+/g, ' ')
        expect(new Set([...variations, answer.text('data.personalized')].map(words)).size).toBe(variations.length + 1)
        for (const variation of variations) expect(variation).not.toMatch(/[{}]/)
      })

      it('prints an amount as campaigns do, and reads nothing in a value as template', async () => {
        const personalized = async (template: string, data: object) =>
          (await ask('personalize-content', { template, customerData: data })).at('data.personalized')
        expect(await personalized('You spent {spending}', customerData)).toBe('You spent $1,234.50')
        expect(await personalized('Hi {name}', { name: '{email} $& {{ 1 }}' })).toBe('Hi {email} $& {{ 1 }}')
      })

      it.each([
        [{ template: 'Hi {nickname}', customerData }, 'nickname'],
        [{ template: '', customerData }, 'template'],
        [{ template: 'Hi {name}', customerData: { name: ['x'] } }, 'name'],
        [{ template: 'Hi {name}', customerData: { name: 'x', constructor: 'y' } }, 'constructor'],
        [{ template: 'Hi {name}', customerData: { name: 'x', spending: 1.005 } }, 'decimals'],
        [{ template: 'Hi {name}', customerData: 'Zoë' }, 'customerData'],
      ])('refuses %j, naming what is wrong', async (body, named) => {
        const answer = await ask('personalize-content', body)
        expect(answer.status).toBe(400)
        expect(answer.text('error')).toContain(named)
      })

      it('tells a model nothing of the person', async () => {
        provider.answers({ messages: [{ text: 'Dear {name}, the new winter collection awaits.' }] })
        await ask('personalize-content', { template: 'Hello {name}, new winter collection!', customerData })
        expect(provider.bodies.at(-1)).toContain('winter collection')
        expect(provider.bodies.at(-1)).not.toMatch(/Zo|zoe@|1234|1,234/)
      })
    })
  })
}

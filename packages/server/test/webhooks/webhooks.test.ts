import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { isSigned, type SignatureHeaders } from '../../src/vendor/receipt-signature.ts'
import { launchAndFinish } from '../assistant/launched.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const everyone = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }

interface Received {
  readonly headers: Partial<SignatureHeaders>
  readonly body: string
}

/** Another system that listens. It answers with what it is told to. */
async function openListener() {
  const received: Received[] = []
  let statuses: number[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      received.push({ headers: request.headers as Partial<SignatureHeaders>, body })
      response.writeHead(statuses.shift() ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answers: (...next: number[]) => {
      statuses = next
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`webhooks on ${database.title}`, () => {
    let muster: OpenMuster
    let listener: Awaited<ReturnType<typeof openListener>>
    let owner: Client
    beforeAll(async () => {
      muster = await openMuster(database, {
        WEBHOOKS_TO_PRIVATE: 'on',
        SIMULATED_VENDOR_SUCCESS_RATE: '1',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '0',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
      })
    })
    afterAll(() => muster.stop())
    beforeEach(async () => {
      listener = await openListener()
      owner = await muster.register()
      return listener.close
    })

    const add = async (events: readonly string[] = ['campaign.completed']) => {
      const answer = await owner.post('/api/webhooks', { url: listener.url, events })
      expect(answer.status).toBe(201)
      return { id: answer.text('data.webhook.id'), secret: answer.text('data.secret') }
    }
    const log = async (id: string) =>
      (await owner.get(`/api/webhooks/${id}/deliveries`)).list('data.deliveries') as {
        state: string
        attempts: number
        responseStatus: number | null
        eventId: string
        updatedAt: string
      }[]
    const test = async (id: string) => (await owner.post(`/api/webhooks/${id}/test`)).text('data.eventId')

    it('signs what it sends by the Standard Webhooks scheme, and shows the secret once', async () => {
      const { id, secret } = await add()
      const eventId = await test(id)
      await expect.poll(() => listener.received.length, { timeout: 10_000 }).toBe(1)
      const [{ headers, body } = { headers: {}, body: '' }] = listener.received
      expect(headers['webhook-id']).toBe(eventId)
      expect(JSON.parse(body)).toMatchObject({ type: 'webhook.test', data: { webhookId: id } })
      const key = secret.replace(/^whsec_/, '')
      expect(isSigned(headers, Buffer.from(body), [key], Date.now())).toBe(true)
      expect(isSigned(headers, Buffer.from(`${body} `), [key], Date.now())).toBe(false)
      expect(JSON.stringify((await owner.get('/api/webhooks')).body)).not.toContain(key)
      await expect
        .poll(() => log(id), { timeout: 10_000 })
        .toMatchObject([{ state: 'delivered', attempts: 1, responseStatus: 204 }])
    })

    it('sends again after a failure, later and later, with the same id and body, until it is taken', async () => {
      const { id } = await add()
      listener.answers(500, 503)
      await test(id)
      await expect
        .poll(() => log(id), { timeout: 10_000 })
        .toMatchObject([{ state: 'waiting', attempts: 1, responseStatus: 500 }])
      muster.advance(60_000)
      await expect
        .poll(() => log(id), { timeout: 10_000 })
        .toMatchObject([{ state: 'waiting', attempts: 2, responseStatus: 503 }])
      muster.advance(120_000)
      await expect
        .poll(() => log(id), { timeout: 10_000 })
        .toMatchObject([{ state: 'delivered', attempts: 3, responseStatus: 204 }])
      const [first, ...others] = listener.received
      for (const other of others) {
        expect([other.body, other.headers['webhook-id']]).toEqual([first?.body, first?.headers['webhook-id']])
      }
    })

    // Each of its sixteen attempts waits for the next look of a second: once is enough, since nothing of it is a database's own.
    it.runIf(database.name === 'sqlite')(
      'gives up in the end, says so, and sends again when asked',
      async () => {
        const { id } = await add()
        listener.answers(...Array.from({ length: 16 }, () => 500))
        const eventId = await test(id)
        for (let time = 1, before = ''; time <= 16; time++) {
          // The attempt is over when its outcome is written down, not when it has begun.
          await expect
            .poll(async () => (await log(id))[0], { timeout: 10_000 })
            .toSatisfy(
              (row: { attempts: number; responseStatus: number | null; updatedAt: string }) =>
                row.attempts === time && row.responseStatus === 500 && row.updatedAt > before,
            )
          before = (await log(id))[0]?.updatedAt ?? ''
          muster.advance(7 * 60 * 60_000)
        }
        await expect.poll(async () => (await log(id))[0]?.state, { timeout: 10_000 }).toBe('failed')
        await owner.post(`/api/webhooks/${id}/deliveries/${eventId}/redeliver`)
        await expect.poll(() => log(id), { timeout: 10_000 }).toMatchObject([{ state: 'delivered', attempts: 1 }])
        expect((await owner.post(`/api/webhooks/${id}/deliveries/none/redeliver`)).status).toBe(404)
      },
      60_000,
    )

    it('tells a campaign’s way from its launch to its end, each once', async () => {
      await add(['campaign.launched', 'campaign.paused', 'campaign.resumed', 'campaign.completed'])
      await owner.post('/api/customers', { name: 'Ada', email: 'ada@people.example' })
      const draft = (await owner.post('/api/campaigns', { name: 'Hello', rules: everyone })).text('id')
      const order = { message: 'Hello {name}', scheduleAt: '2099-01-01T00:00:00Z' }
      for (let time = 0; time < 2; time++) await owner.post(`/api/campaigns/${draft}/launch`, order)
      for (const call of ['pause', 'pause', 'resume']) await owner.post(`/api/campaigns/${draft}/${call}`)
      const told = () => listener.received.map(({ body }) => JSON.parse(body) as { type: string; data: object })
      await expect
        .poll(
          () =>
            told()
              .map(({ type }) => type)
              .sort(),
          { timeout: 10_000 },
        )
        .toEqual(['campaign.launched', 'campaign.paused', 'campaign.resumed'])
      expect(told().find(({ type }) => type === 'campaign.launched')?.data).toEqual({
        campaignId: draft,
        audienceSize: 1,
      })
      expect(JSON.stringify(told())).not.toMatch(/Ada|people\.example|Hello/)
    })

    it('tells of each message what became of it, each once, and nothing of the person', async () => {
      await add(['message.sent', 'message.delivered', 'message.skipped', 'campaign.completed'])
      const people = ['ada', 'bob', 'cleo'].map((name) => ({
        name,
        email: `${name}@people.example`,
        emailConsent: name !== 'cleo',
      }))
      await owner.post('/api/customers/bulk', { customers: people })
      const campaignId = await launchAndFinish(owner, everyone, 'Hello {name}', 2)
      const told = () => listener.received.map(({ body }) => JSON.parse(body) as { type: string; data: object })
      const kinds = () =>
        told()
          .map(({ type }) => type)
          .sort()
      await expect
        .poll(kinds, { timeout: 15_000 })
        .toEqual([
          'campaign.completed',
          'message.delivered',
          'message.delivered',
          'message.sent',
          'message.sent',
          'message.skipped',
        ])
      for (const { data } of told()) expect(data).toMatchObject({ campaignId })
      expect(JSON.stringify(told())).not.toMatch(/ada|bob|cleo|people\.example|Hello/)
    })

    it('asks an endpoint that is gone no more', async () => {
      const { id } = await add()
      listener.answers(410)
      await test(id)
      await expect.poll(() => log(id), { timeout: 10_000 }).toMatchObject([{ state: 'failed', responseStatus: 410 }])
      expect((await owner.get('/api/webhooks')).at('data.webhooks.0')).toMatchObject({
        isActive: false,
        stoppedBecause: 'It answered 410 Gone',
      })
    })

    it('belongs to its workspace', async () => {
      const { id } = await add()
      const stranger = await muster.register()
      const body = { url: listener.url, events: ['campaign.paused'] }
      for (const answer of [
        await stranger.put(`/api/webhooks/${id}`, body),
        await stranger.delete(`/api/webhooks/${id}`),
        await stranger.post(`/api/webhooks/${id}/test`),
        await stranger.get(`/api/webhooks/${id}/deliveries`),
      ]) {
        expect(answer.status).toBe(404)
      }
      expect((await owner.delete(`/api/webhooks/${id}`)).status).toBe(200)
      expect((await owner.get('/api/webhooks')).list('data.webhooks')).toEqual([])
    })

    it.each([
      [{ url: 'ftp://shop.example', events: ['campaign.paused'] }, 'url'],
      [{ url: 'https://shop.example', events: [] }, 'events'],
      [{ url: 'https://shop.example', events: ['campaign.exploded'] }, 'events'],
      [{ url: 'https://shop.example', events: ['campaign.paused'], secret: 'mine' }, 'secret'],
      [{ events: ['campaign.paused'] }, 'url'],
    ])('refuses %j, naming what is wrong', async (body, named) => {
      const answer = await owner.post('/api/webhooks', body)
      expect(answer.status).toBe(400)
      expect(answer.text('error')).toContain(named)
    })

    it('takes ten, and no more', async () => {
      for (let time = 0; time < 10; time++) await add()
      const answer = await owner.post('/api/webhooks', { url: listener.url, events: ['campaign.paused'] })
      expect([answer.status, answer.at('code')]).toEqual([409, 'WEBHOOKS_FULL'])
    })
  })
}

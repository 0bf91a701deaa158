import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { urlOf } from '../journeys/url-of.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const key = 'a vendor key of the tests, long enough as well'
const people = ['Plain', 'Early', 'Bouncer', 'Refused', 'Rejected']

/** What became of one message, as the campaign's page lists it. */
interface Shown {
  readonly status: string
  readonly sentAt: string | null
  readonly deliveredAt: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

describe('a vendor that has something else to say to each', () => {
  let muster: OpenMuster
  let vendor: Server
  let client: Client
  let id: string
  const shown = new Map<string, Shown>()

  beforeAll(async () => {
    vendor = await startVendor((messageId, status) => report(messageId, status))
    muster = await openMuster(sqlite!, { VENDOR_URL: urlOf(vendor), VENDOR_KEY: key, VENDOR_RATE_PER_SECOND: '1000' })
    client = await muster.register()
    for (const name of people) await client.post('/api/customers', { email: `${name}@mail.example`, name })
    const rules = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }
    id = (await client.post('/api/campaigns', { name: 'To all', rules })).text('data.id')
    expect((await client.post(`/api/campaigns/${id}/launch`, { message: '{name}' })).status).toBe(200)
    await vi.waitFor(
      async () => {
        const byStatus = (await client.get(`/api/campaigns/${id}`)).at('data.campaign.deliveryStats.byStatus')
        expect(byStatus).toMatchObject({ PENDING: 0, SENT: 0 })
      },
      { timeout: 30_000, interval: 25 },
    )
    const logs = (await client.get(`/api/campaigns/${id}`)).list('data.campaign.communicationLogs')
    for (const log of logs) shown.set(Object(log).customer.name, Object(log))
  })
  afterAll(async () => {
    await muster.stop()
    vendor.close()
  })

  async function report(messageId: string, status: string): Promise<void> {
    const body = { messageId, vendorMessageId: `v-${messageId}`, status }
    await muster.anyone.post('/api/vendor/delivery-receipt', body, { 'x-vendor-key': key })
  }

  it('fault 20: a receipt that overtakes the answer is not taken back by it', () => {
    expect(shown.get('Early')).toMatchObject({ status: 'DELIVERED', errorCode: null })
  })

  it('fault 21: nothing is delivered before it was sent', () => {
    for (const name of ['Plain', 'Early']) {
      const { sentAt, deliveredAt } = shown.get(name)!
      expect(Date.parse(deliveredAt ?? '')).toBeGreaterThanOrEqual(Date.parse(sentAt ?? ''))
    }
  })

  it('fault 27: why a message did not arrive is kept, and shown', async () => {
    expect(shown.get('Rejected')).toMatchObject({ status: 'FAILED', errorCode: 'VENDOR_REFUSED' })
    expect(shown.get('Rejected')?.errorMessage).toContain('No such mailbox')
    expect((await client.get(`/api/campaigns/${id}`)).list('data.campaign.failures')).toContainEqual({
      code: 'VENDOR_REFUSED',
      count: 2,
    })
  })

  it('fault 28: a 200 that says otherwise is no acceptance', () => {
    expect(shown.get('Refused')).toMatchObject({ status: 'FAILED', errorCode: 'VENDOR_REFUSED', sentAt: null })
    expect(shown.get('Refused')?.errorMessage).toContain('This number is blocked')
  })

  it('fault 37: bounces are seen, counted as failed, and what was sent stays sent', async () => {
    expect(shown.get('Bouncer')).toMatchObject({ status: 'BOUNCED' })
    expect((await client.get(`/api/campaigns/${id}`)).at('data.campaign.deliveryStats')).toMatchObject({
      total: 5,
      sent: 3,
      delivered: 2,
      failed: 3,
      byStatus: { DELIVERED: 2, BOUNCED: 1, FAILED: 2 },
    })
  })
})

/** Does with each message what its text, the customer's name, asks for. */
async function startVendor(report: (messageId: string, status: string) => Promise<void>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const { messageId, message } = Object(JSON.parse(Buffer.concat(chunks).toString()))
    const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body))
    const accept = () => answer(200, { success: true, data: { vendorMessageId: `v-${messageId}`, status: 'ACCEPTED' } })
    if (message === 'Refused') answer(200, { success: false, error: 'This number is blocked' })
    else if (message === 'Rejected') answer(400, { success: false, error: 'No such mailbox' })
    else if (message === 'Early') {
      await report(messageId, 'DELIVERED')
      accept()
    } else {
      accept()
      await report(messageId, message === 'Bouncer' ? 'BOUNCED' : 'DELIVERED')
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { openMuster } from '../open-muster.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A vendor that answers everybody alike. */
async function vendorThatSays(status: number, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const server: Server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ success: false, error: `no, ${status}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
}

const [sqlite] = testDatabases(['sqlite'])

describe('a campaign that the vendor stops', () => {
  const cases: readonly [string, number, Readonly<Record<string, string>>, string, number][] = [
    ['does not know our key', 401, {}, 'vendor_auth', 5],
    ['wants to be left alone for two hours', 429, { 'retry-after': '7200' }, 'vendor_throttled', 5],
    ['refuses everybody', 400, {}, 'too_many_failures', 400],
  ]
  it.each(cases)('because it %s is paused, and says why', async (_what, status, headers, reason, people) => {
    const url = await vendorThatSays(status, headers)
    const muster = await openMuster(sqlite!, { VENDOR_URL: url, VENDOR_RATE_PER_SECOND: '10000' })
    closers.push(muster.stop)
    const shop = await muster.register()
    const customers = Array.from({ length: people }, (_, index) => ({ email: `p${index}@example.org`, name: 'P' }))
    await shop.post('/api/customers/bulk', { customers })
    const id = (await shop.post('/api/campaigns', { name: 'A', rules: { everyone: true } })).text('id')
    expect((await shop.post(`/api/campaigns/${id}/launch`, { message: 'Hello' })).status).toBe(200)
    const look = () => shop.get(`/api/campaigns/${id}`)
    await expect.poll(async () => (await look()).text('data.campaign.status'), { timeout: 30_000 }).toBe('PAUSED')
    const paused = await look()
    expect(paused.text('data.campaign.pauseReason')).toBe(reason)
    const { byStatus } = paused.at('data.campaign.deliveryStats') as { byStatus: Record<string, number> }
    if (status !== 400) expect(byStatus).toMatchObject({ PENDING: people, FAILED: 0 })
    else {
      expect(byStatus['PENDING']).toBeGreaterThan(0)
      expect(paused.at('data.campaign.failures')).toEqual([{ code: 'VENDOR_REFUSED', count: byStatus['FAILED'] }])
      const failed = (await shop.get(`/api/campaigns/${id}/messages?status=FAILED`)).list('data.messages')
      expect(failed[0]).toMatchObject({
        errorCode: 'VENDOR_REFUSED',
        errorMessage: 'The vendor answered 400: no, 400',
      })
    }
  })
})

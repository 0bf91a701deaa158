import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInbox, defaultPolicy, type Inbox, InboxFullError } from '@muster/delivery-core'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createReceiptStore } from '../../src/deliveries/receipt-store.ts'
import { receiptRoutes } from '../../src/vendor/receipt-routes.ts'
import { createVendorStats } from '../../src/vendor/vendor-stats-store.ts'
import { appOfRouters } from '../deliveries/app-of-routers.ts'
import { openMigrated } from '../deliveries/open-database-store.ts'
import { realClock } from '../deliveries/real-clock.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(inboxOf: (inbox: Inbox) => Inbox = (inbox) => inbox) {
  const opened = await openMigrated(testDatabases(['sqlite'])[0]!)
  const inbox = inboxOf(createInbox(createReceiptStore(opened, defaultPolicy), realClock, () => {}))
  const app = appOfRouters([
    receiptRoutes({ inbox, stats: createVendorStats(opened.knex), vendorKey: 'secret', account: 'default' }),
  ])
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  closers.push(
    opened.close,
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const post = (body: unknown, key = 'secret') =>
    fetch(`http://127.0.0.1:${port}/api/vendor/delivery-receipt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vendor-key': key },
      body: JSON.stringify(body),
    })
  return { ...opened, post, port }
}

describe('receipts over HTTP', () => {
  it('are durable before the vendor is answered', async () => {
    const { post, knex } = await open()
    const response = await post({
      messageId: 'm',
      status: 'FAILED',
      errorMessage: 'full',
      receiptId: 'r1',
      occurredAt: '2026-01-31T10:00:00Z',
      more: 1,
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ success: true, data: { messageId: 'm', status: 'UPDATED' } })
    expect(
      await knex('receipt_inbox').select('message_id', 'status', 'reason', 'receipt_id', 'occurred_at_ms'),
    ).toEqual([
      {
        message_id: 'm',
        status: 'FAILED',
        reason: 'full',
        receipt_id: 'r1',
        occurred_at_ms: Date.UTC(2026, 0, 31, 10),
      },
    ])
  })

  it('fault 58: are refused with 403 and no reason under a wrong key, and nothing is kept', async () => {
    const { post, knex } = await open()
    const response = await post({ messageId: 'm', status: 'DELIVERED' }, 'wrong')
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ success: false, code: 'VENDOR_REFUSED' })
    expect(await knex('receipt_inbox').count({ n: '*' })).toEqual([{ n: 0 }])
  })

  for (const body of [
    {},
    { messageId: 'm' },
    { status: 'SENT' },
    { messageId: 1, status: 'SENT' },
    { messageId: '', status: 'SENT' },
    [],
  ]) {
    it(`are refused with 400 when they say ${JSON.stringify(body)}`, async () => {
      const { post } = await open()
      expect((await post(body)).status).toBe(400)
    })
  }

  it('are sent back when too many are waiting, without being read', async () => {
    const { post } = await open((inbox) => ({ ...inbox, isFull: () => true }))
    const response = await post({ messageId: 'm', status: 'SENT' })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
  })

  it('are not lost when the inbox fills up in between', async () => {
    const { post } = await open((inbox) => ({ ...inbox, put: () => Promise.reject(new InboxFullError(9)) }))
    expect((await post({ messageId: 'm', status: 'SENT' })).ok).toBe(false)
  })

  it('fault 59: have figures for people with a session only', async () => {
    const { port } = await open()
    const response = await fetch(`http://127.0.0.1:${port}/api/vendor/stats`, { headers: { 'x-vendor-key': 'secret' } })
    expect(response.status).toBe(401)
  })
})

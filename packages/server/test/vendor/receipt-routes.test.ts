import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInbox, defaultPolicy, type Inbox, InboxFullError } from '@muster/delivery-core'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createReceiptStore } from '../../src/deliveries/receipt-store.ts'
import type { EndedRequest } from '../../src/http/request-log.ts'
import { securityHeadersOf } from '../../src/http/security-headers.ts'
import { createReceiptDoor } from '../../src/vendor/receipt-door.ts'
import { receiptRoutes } from '../../src/vendor/receipt-routes.ts'
import { signWebhook } from '../../src/vendor/receipt-signature.ts'
import { createReceiptGuard } from '../../src/vendor/vendor-key.ts'
import { createVendorStats } from '../../src/vendor/vendor-stats-store.ts'
import { appOfRouters } from '../deliveries/app-of-routers.ts'
import { openMigrated } from '../deliveries/open-database-store.ts'
import { realClock } from '../deliveries/real-clock.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const present = Buffer.from('the secret that vendors sign with now').toString('base64')
const previous = Buffer.from('the secret before the last exchange').toString('base64')
const nowMs = Date.UTC(2026, 2, 10, 12)

const opener =
  (way: 'route' | 'door') =>
  async (inboxOf: (inbox: Inbox) => Inbox = (inbox) => inbox, webhookSecrets = [present, previous]) => {
    const opened = await openMigrated(testDatabases(['sqlite'])[0]!)
    const inbox = inboxOf(createInbox(createReceiptStore(opened, defaultPolicy), realClock, () => {}))
    const guard = createReceiptGuard({ key: 'secret', webhookSecrets, nowMs: () => nowMs })
    const stats = createVendorStats(opened.knex)
    const otherwise = appOfRouters([receiptRoutes({ inbox, stats, guard, account: 'default' })]).callback()
    const ended: EndedRequest[] = []
    const door = createReceiptDoor({
      inbox,
      guard,
      account: 'default',
      world: { nowMs: () => nowMs, newId: () => 'request' },
      headers: securityHeadersOf(true),
      ended: (_requestId, request) => void ended.push(request),
      otherwise,
    })
    const server = createServer(way === 'door' ? door : otherwise)
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
    const postRaw = (body: string, headers: Readonly<Record<string, string>>) =>
      fetch(`http://127.0.0.1:${port}/api/vendor/delivery-receipt`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
    const kept = async () => {
      const rows: { message_id: string }[] = await opened.knex('receipt_inbox').orderBy('id').select('message_id')
      return rows.map(({ message_id }) => message_id)
    }
    return { ...opened, post, postRaw, kept, port, ended }
  }

const body = JSON.stringify({ messageId: 'm', status: 'DELIVERED' })
const signed = (text: string, secret = present, atMs = nowMs) => ({ ...signWebhook('msg_1', text, secret, atMs) })

describe.each(['route', 'door'] as const)('receipts over HTTP, by the %s', (way) => {
  const open = opener(way)

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

  it('are believed when they are signed, with either of two secrets and near our time', async () => {
    const { postRaw, kept } = await open()
    expect((await postRaw(body, signed(body))).status).toBe(200)
    expect((await postRaw(body, signed(body, previous))).status).toBe(200)
    expect((await postRaw(body, signed(body, present, nowMs - 299_000))).status).toBe(200)
    expect((await postRaw(body, signed(body, present, nowMs + 299_000))).status).toBe(200)
    const several = `v1,${Buffer.alloc(32).toString('base64')} ${signed(body)['webhook-signature']}`
    expect((await postRaw(body, { ...signed(body), 'webhook-signature': several })).status).toBe(200)
    expect(await kept()).toHaveLength(5)
  })

  it('are signed as the specification’s own example is', () => {
    const secret = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const headers = signWebhook('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', secret, 1_614_265_330_000)
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('are all refused alike when the signature does not hold, and nothing is kept', async () => {
    const { postRaw, kept } = await open()
    const good = signed(body)
    const refusals = await Promise.all([
      postRaw(body, {}),
      postRaw(body, { 'x-vendor-key': 'guess' }),
      postRaw(body, signed(body, Buffer.from('a secret that nobody gave out').toString('base64'))),
      postRaw(`${body} `, good),
      postRaw(body.replace('m', 'n'), good),
      postRaw(body, signed(body, present, nowMs - 301_000)),
      postRaw(body, signed(body, present, nowMs + 301_000)),
      postRaw(body, { ...good, 'webhook-id': 'msg_2' }),
      postRaw(body, { ...good, 'webhook-timestamp': 'now' }),
      postRaw(body, { ...good, 'webhook-signature': good['webhook-signature'].replace('v1,', 'v2,') }),
      postRaw(body, { ...good, 'webhook-signature': '' }),
      postRaw(body, { ...good, 'webhook-signature': 'v1,' }),
    ])
    const answers = await Promise.all(refusals.map(async (response) => [response.status, await response.json()]))
    expect(new Set(answers.map((answer) => JSON.stringify(withoutRequest(answer)))).size).toBe(1)
    expect(answers[0]![0]).toBe(403)
    expect(await kept()).toEqual([])
  })

  it('need the key where no secret is set', async () => {
    const { postRaw } = await open(undefined, [])
    expect((await postRaw(body, signed(body))).status).toBe(403)
  })

  it('come in lists too, each with a result of its own, and all good ones durable', async () => {
    const { post, kept } = await open()
    const receipts = [
      { messageId: 'a', status: 'DELIVERED' },
      { messageId: 'b' },
      7,
      { messageId: 'c', status: 'READ' },
    ]
    const response = await post({ receipts })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      data: {
        results: [
          { messageId: 'a', status: 'UPDATED' },
          { messageId: null, status: 'REJECTED', errors: [{ path: '/status', message: '"status" is required' }] },
          { messageId: null, status: 'REJECTED' },
          { messageId: 'c', status: 'UPDATED' },
        ],
      },
    })
    expect(await kept()).toEqual(['a', 'c'])
  })

  it('come in lists of a bounded length and size', async () => {
    const { post, postRaw, kept } = await open()
    const receipt = { messageId: 'a', status: 'SENT' }
    expect((await post({ receipts: [] })).status).toBe(400)
    expect((await post({ receipts: Array.from({ length: 1_001 }, () => receipt) })).status).toBe(400)
    expect((await post({ ...receipt, more: 'x'.repeat(65 * 1024) })).status).toBe(413)
    expect((await post({ receipts: [{ ...receipt, more: 'x'.repeat(1024 * 1024) }] })).status).toBe(413)
    const key = { 'x-vendor-key': 'secret' }
    expect((await postRaw('{"messageId":', key)).status).toBe(400)
    expect((await postRaw('{"__proto__":{},"messageId":"m","status":"SENT"}', key)).status).toBe(400)
    expect((await postRaw(body, { ...key, 'content-type': 'text/plain' })).status).toBe(415)
    expect(await kept()).toEqual([])
  })

  it('are sent back when too many are waiting, without being read', async () => {
    const { post } = await open((inbox) => ({ ...inbox, isFull: () => true }))
    const response = await post({ messageId: 'm', status: 'SENT' })
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('are not lost when the inbox fills up in between', async () => {
    const { post } = await open((inbox) => ({ ...inbox, put: () => Promise.reject(new InboxFullError(9)) }))
    const response = await post({ messageId: 'm', status: 'SENT' })
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('fault 59: have figures for people with a session only', async () => {
    const { port } = await open()
    const response = await fetch(`http://127.0.0.1:${port}/api/vendor/stats`, { headers: { 'x-vendor-key': 'secret' } })
    expect(response.status).toBe(401)
  })
})

/** An answer without what differs from request to request. */
function withoutRequest([status, said]: readonly unknown[]): unknown {
  return [status, { ...(said as object), requestId: null }]
}

describe('the door for receipts', () => {
  it('answers as the route does, with the headers of every answer, and tells the end', async () => {
    const byDoor = await opener('door')()
    const byRoute = await opener('route')()
    const receipt = { messageId: 'm.1', status: 'DELIVERED', receiptId: 'r-1' }
    const [one, other] = [await byDoor.post(receipt), await byRoute.post(receipt)]
    expect([one.status, await one.json()]).toEqual([other.status, await other.json()])
    expect(one.headers.get('content-type')).toBe(other.headers.get('content-type'))
    expect(one.headers.get('cache-control')).toBe('no-store')
    expect(one.headers.get('x-request-id')).toBe('request')
    expect(byDoor.ended).toEqual([{ method: 'POST', route: '/api/vendor/delivery-receipt', status: 200, tookMs: 0 }])
    expect(byRoute.ended).toEqual([])
  })
})

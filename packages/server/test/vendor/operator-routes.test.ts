import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Rate } from '@muster/delivery-core'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createRatesStore } from '../../src/deliveries/rates-store.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import type { Role } from '../../src/http/session.ts'
import { rateRoutes } from '../../src/vendor/rate-routes.ts'
import { receiptRoutes } from '../../src/vendor/receipt-routes.ts'
import { testSendRoutes } from '../../src/vendor/test-send-routes.ts'
import { createReceiptGuard } from '../../src/vendor/vendor-key.ts'
import { createVendorStats } from '../../src/vendor/vendor-stats-store.ts'
import { appOfRouters } from '../deliveries/app-of-routers.ts'
import { addCustomers, openMigrated, workspaceId } from '../deliveries/open-database-store.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(role: Role | null) {
  const opened = await openMigrated(testDatabases(['sqlite'])[0]!)
  await addCustomers(opened.knex, 'c', ['ada@example.com'])
  const rates = createRatesStore(opened.knex)
  let woken = 0
  const routers = [
    rateRoutes({
      vendorKey: 'secret',
      rates: async () => (await rates.of('default')) ?? [],
      changeRates: (changed: readonly Rate[]) => rates.set('default', changed, 0),
    }),
    testSendRoutes({
      knex: opened.knex,
      world: { nowMs: () => 1_000, newId: () => 'run' },
      runs: createRunStore(opened),
      wake: () => {
        woken++
      },
    }),
    receiptRoutes({
      inbox: { put: async () => {}, isFull: () => false },
      stats: createVendorStats(opened.knex),
      guard: createReceiptGuard({ key: 'secret', webhookSecrets: [], nowMs: Date.now }),
      account: 'default',
    }),
  ]
  const session = role === null ? null : { sessionId: 's', userId: 'u', workspaceId, role }
  const server = createServer(appOfRouters(routers, session).callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  closers.push(
    opened.close,
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const ask = async (method: string, path: string, body?: unknown, key = 'secret') => {
    const response = await fetch(`http://127.0.0.1:${port}/api/vendor${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-vendor-key': key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  return { ...opened, ask, woken: () => woken }
}

describe('the rates over HTTP', () => {
  it('are changed by whoever holds the key, several windows at once', async () => {
    const { ask } = await open('owner')
    const rates = [
      { starts: 20, windowMs: 1_000 },
      { starts: 500, windowMs: 60_000 },
    ]
    expect(await ask('PUT', '/rates', { rates })).toEqual({ status: 200, body: { success: true, data: { rates } } })
    expect((await ask('GET', '/rates')).body).toEqual({ success: true, data: { rates } })
  })

  for (const rates of [
    [],
    [{ starts: 0, windowMs: 1_000 }],
    [{ starts: 1.5, windowMs: 1_000 }],
    [{ starts: 1 }],
    'fast',
    [{ starts: 1, windowMs: 1_000, more: 1 }],
  ]) {
    it(`are not ${JSON.stringify(rates)}`, async () => {
      const { ask } = await open('owner')
      expect((await ask('PUT', '/rates', { rates })).status).toBe(400)
    })
  }

  it('are nothing for anybody else, owners of a workspace included', async () => {
    const { ask } = await open('owner')
    expect((await ask('GET', '/rates', undefined, 'wrong')).status).toBe(403)
    expect((await ask('PUT', '/rates', { rates: [] }, '')).status).toBe(403)
  })
})

describe('a test message', () => {
  it('takes the way of every message', async () => {
    const { ask, knex, woken } = await open('marketer')
    expect(await ask('POST', '/test-send', { customerId: 'c-0', message: 'Hi {name}' })).toEqual({
      status: 200,
      body: {
        success: true,
        data: {
          messageId: 'run.c-0.1',
          customer: { name: 'Person 0', email: 'ada@example.com' },
          message: 'Hi {name}',
          status: 'QUEUED',
        },
      },
    })
    expect(await knex('messages').select('id', 'dispatch')).toEqual([{ id: 'run.c-0.1', dispatch: 'PENDING' }])
    expect(woken()).toBe(1)
  })

  it('is refused for a text that cannot be made, an unknown customer, and a viewer', async () => {
    const { ask } = await open('marketer')
    expect((await ask('POST', '/test-send', { customerId: 'c-0', message: 'Hi {nickname}' })).status).toBe(400)
    expect((await ask('POST', '/test-send', { customerId: 'nobody', message: 'Hi' })).status).toBe(404)
    expect((await ask('POST', '/test-send', { customerId: 'c-0', message: 7 })).status).toBe(400)
    expect((await (await open('viewer')).ask('POST', '/test-send', { customerId: 'c-0', message: 'Hi' })).status).toBe(
      403,
    )
  })
})

describe('the figures of the vendor', () => {
  it('are empty before anything was sent, and refuse dates that are none', async () => {
    const { ask } = await open('viewer')
    expect((await ask('GET', '/stats')).body).toEqual({
      success: true,
      data: {
        stats: {
          totalMessages: 0,
          statusDistribution: { PENDING: 0, SENT: 0, DELIVERED: 0, FAILED: 0, BOUNCED: 0, SKIPPED: 0, CANCELLED: 0 },
          avgDeliveryTimeMs: 0,
          successRate: 0,
        },
      },
    })
    expect((await ask('GET', '/stats?startDate=2026-01-01&endDate=2026-01-31')).status).toBe(200)
    expect((await ask('GET', '/stats?startDate=yesterday&endDate=2026-01-31')).status).toBe(400)
    expect((await ask('GET', '/stats?startDate=yesterday')).status).toBe(200)
  })
})

import { randomBytes } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { type OpenMuster, openMuster, testPassword } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const found = inject('services').redis
const redisUrl = 'url' in found ? found.url : ''
/** A number of Redis’s that nothing else here uses. */
const ownNumber = 13

/** A way to Redis that can be cut and mended, as networks are. */
interface Cable {
  readonly url: string
  cut(): void
  mend(): void
  stop(): Promise<void>
}

async function cableTo(url: string): Promise<Cable> {
  const { hostname, port } = new URL(url)
  const ends = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(port || 6379), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => ends.delete(one) && other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const cut = () => {
    isCut = true
    for (const end of ends) end.destroy()
  }
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/${ownNumber}`,
    cut,
    mend: () => {
      isCut = false
    },
    stop: async () => {
      cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const title = 'url' in found ? 'limits of two servers over one Redis' : `limits in Redis (skipped: ${found.missing})`
describe.skipIf('missing' in found)(title, () => {
  let cable: Cable
  let watcher: Redis
  let servers: readonly OpenMuster[] = []

  beforeAll(async () => {
    watcher = new Redis(`${redisUrl}/${ownNumber}`)
    await watcher.flushdb()
  })
  afterAll(async () => {
    await watcher.flushdb()
    watcher.disconnect()
  })
  beforeEach(async () => {
    cable = await cableTo(redisUrl)
    const opened = await sqlite!.open()
    const shared = { ...sqlite!, open: async () => ({ ...opened, close: async () => {} }) }
    const settings = {
      RATE_LIMITS: 'on',
      TRUSTED_PROXY_HOPS: '1',
      REDIS_URL: cable.url,
      JWT_SECRET: randomBytes(32).toString('base64url'),
    }
    servers = [await openMuster(shared, settings), await openMuster(shared, settings)]
  })
  afterEach(async () => {
    for (const server of servers) await server.stop()
    await cable.stop()
  })

  const guess = (server: OpenMuster | undefined, email: string, address = '203.0.113.1') =>
    server!.anyone.post('/api/auth/login', { email, password: 'Wrong-42' }, { 'x-forwarded-for': address })

  it('fault 118: a budget is one budget, however many servers count against it', async () => {
    const [first, second] = servers
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, round) => guess(round % 2 === 0 ? first : second, 'both@people.example')),
    )
    const tried = answers.filter(({ status }) => status === 401).length
    expect(tried).toBeGreaterThanOrEqual(6)
    expect(tried).toBeLessThanOrEqual(10)
    expect((await guess(first, 'both@people.example')).status).toBe(429)
    expect((await guess(second, 'both@people.example')).status).toBe(429)
  })

  it('fault 118: whoever has to wait for one server has to wait for the other', async () => {
    const [first, second] = servers
    for (let round = 0; round < 6; round++) expect((await guess(first, 'wait@people.example')).status).toBe(401)
    expect((await guess(second, 'wait@people.example')).status).toBe(429)
  })

  it('keep no address and no network of anybody in Redis', async () => {
    await guess(servers[0], 'canary@people.example', '198.51.100.77')
    const keys = await watcher.keys('*')
    expect(keys.filter((key) => key.startsWith('muster-attempts')).length).toBeGreaterThan(0)
    expect(keys.filter((key) => key.startsWith('muster-requests')).length).toBeGreaterThan(0)
    const values = await Promise.all(keys.map((key) => watcher.get(key)))
    expect(JSON.stringify([keys, values])).not.toMatch(/canary|people|198\.51/)
    expect(await Promise.all(keys.map((key) => watcher.ttl(key)))).not.toContain(-1)
  })

  it('serve on when Redis is emptied', async () => {
    for (let round = 0; round < 6; round++) await guess(servers[0], 'emptied@people.example')
    await watcher.flushdb()
    expect((await guess(servers[0], 'emptied@people.example')).status).toBe(401)
  })

  it('serve on without Redis, each counting by itself, and count together again when it is back', async () => {
    const [first, second] = servers
    const join = { email: `x${randomBytes(4).toString('hex')}@people.example`, name: 'Xenia', password: testPassword }
    expect((await first!.anyone.post('/api/auth/register', join)).status).toBe(200)
    cable.cut()
    await expect.poll(() => first!.logged() + second!.logged()).toContain('redis is away')
    const startedMs = performance.now()
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess(first, 'down@people.example')))
    const tried = answers.filter(({ status }) => status === 401).length
    expect(tried).toBeGreaterThanOrEqual(6)
    expect(tried).toBeLessThanOrEqual(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20 - tried)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    expect((await second!.anyone.post('/api/auth/login', join)).status).toBe(400)
    expect((await second!.anyone.post('/api/auth/login', { email: join.email, password: testPassword })).status).toBe(
      200,
    )
    cable.mend()
    await expect
      .poll(
        async () => {
          await guess(first, 'mended@people.example', '203.0.113.9')
          return (await watcher.keys('muster-attempts-pair*')).length
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBeGreaterThan(0)
  })
})

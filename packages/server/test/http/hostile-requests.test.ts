import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { type Client, clientOf } from '../client.ts'
import { type OpenMuster, openMuster, testPassword } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])

describe('hostile requests', () => {
  let muster: OpenMuster
  let client: Client
  beforeAll(async () => {
    muster = await openMuster(sqlite!)
    client = await muster.register()
  })
  afterAll(() => muster.stop())

  it('whose headers trickle in are cut off after ten seconds', async () => {
    const { hostname, port } = new URL(muster.origin)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    const startedMs = performance.now()
    socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    const trickle = setInterval(() => socket.write('x'), 500)
    let said = ''
    socket.on('data', (chunk) => {
      said += chunk.toString()
    })
    await new Promise<void>((resolve) => socket.once('close', () => resolve()))
    clearInterval(trickle)
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
    expect(performance.now() - startedMs).toBeLessThan(20_000)
  }, 30_000)

  it.each(['gzip', 'br', 'deflate', 'identity', 'compress', 'x-evil'])(
    'in the encoding %s are refused',
    async (encoding) => {
      const answer = await client.post(
        '/api/customers',
        { email: 'a@mail.example', name: 'A' },
        { 'content-encoding': encoding },
      )
      expect([answer.status, answer.at('code')]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    },
  )

  it.each([
    'page=1&page=2',
    'limit=1&limit=2',
    'search=a&search=b',
    'sortBy=name&sortBy=name',
    'order=asc&order=asc',
    'cursor=a&cursor=b',
  ])('with a key twice in the query are refused: %s', async (query) => {
    for (const list of ['customers', 'orders', 'campaigns']) {
      expect((await client.get(`/api/${list}?${query}`)).status).toBe(400)
    }
  })

  it('cannot reach a prototype by any key of body or query', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const body = `{"email":"p@mail.example","name":"P","${key}":{"polluted":true,"isMachine":true,"role":"owner"}}`
      const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' }
      for (const [method, path] of [
        ['POST', '/api/customers'],
        ['POST', '/api/segments/preview'],
        ['POST', '/api/auth/login'],
        ['PUT', '/api/users/me'],
      ] as const) {
        expect((await client.raw(path, { method, headers, body })).status).toBe(400)
      }
      for (const query of [`${key}[polluted]=1`, `${key}.polluted=1`, `${key}=1`, `a[${key}]=1`])
        expect([200, 400]).toContain((await client.get(`/api/customers?${query}`)).status)
      const rule = { logic: 'AND', conditions: [{ field: key, operator: '=', value: key }] }
      expect((await client.post('/api/segments/preview', { rules: rule })).status).toBe(400)
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('come from where their socket is: nobody names another address without a proxy that is trusted', async () => {
    const strict = await openMuster(sqlite!, { RATE_LIMITS: 'on' })
    const guess = (address: string) =>
      strict.anyone.post(
        '/api/auth/login',
        { email: 'somebody@people.example', password: 'Wrong-42' },
        { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` },
      )
    const statuses: number[] = []
    for (let round = 0; round < 8; round++) statuses.push((await guess(`203.0.113.${round}`)).status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(6)
    await strict.stop()
  })
})

describe('what people say and are', () => {
  const canary = 'Kanarienvogel'
  const email = `${canary.toLowerCase()}@mail.example`

  it('stands in no log, at any level, and in no error of others', async () => {
    const muster = await openMuster(sqlite!, { LOG_LEVEL: 'trace', RATE_LIMITS: 'on' })
    try {
      const password = `${canary}-4711!`
      const account = { email, name: `${canary} Person`, password }
      // A password that is one's name is refused: the refusal must not repeat it either.
      const refused = await muster.anyone.post('/api/auth/register', account)
      expect(JSON.stringify(refused.body)).not.toContain(canary)
      const joined = await muster.anyone.post('/api/auth/register', { ...account, password: testPassword })
      const owner = clientOf(muster.origin, joined.text('data.token'))
      const rules = { logic: 'AND', conditions: [{ field: 'name', operator: 'contains', value: canary }] }
      const customer = await owner.post('/api/customers', { email, name: canary, phone: '+49 170 4711471' })
      const customerId = customer.text('data.customer.id')
      const items = [{ productName: canary, quantity: 1, price: 1 }]
      await owner.post('/api/orders', { customerId, items, total: 1, status: 'COMPLETED', notes: canary })
      await owner.post('/api/segments', { name: canary, rules })
      const campaign = (await owner.post('/api/campaigns', { name: canary, rules })).text('data.id')
      await owner.post(`/api/campaigns/${campaign}/launch`, { message: `Hello ${canary}`, scheduleAt: '2999-01-01' })
      await owner.post('/api/ai/nl-to-rules', { prompt: `people called ${canary}` })
      await owner.get(`/api/customers?search=${canary}`)
      await owner.get(`/api/orders?search=${canary}&sortBy=${canary}`)
      await owner.get(`/api/${canary}`)
      await owner.post('/api/auth/login', { email, password })
      await owner.post('/api/workspace/invites', { role: 'viewer', email })
      await owner.raw('/api/customers', {
        method: 'POST',
        headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
        body: `{"name": "${canary}`,
      })
      const stranger = await muster.register('Stranger')
      const others = await Promise.all([
        stranger.get(`/api/customers/${customerId}`),
        stranger.get(`/api/campaigns/${campaign}`),
        muster.anyone.post('/api/auth/login', { email, password: 'Wrong-42' }),
        muster.anyone.post('/api/auth/register', { ...account, password: testPassword }),
      ])
      for (const { body } of others) expect(JSON.stringify(body)).not.toMatch(new RegExp(`${canary}|4711`, 'i'))
      expect(muster.logged()).toContain('"msg":"request"')
      expect(muster.logged()).not.toMatch(new RegExp(`${canary}|4711|${testPassword}|${owner.token}|inv_`, 'i'))
    } finally {
      await muster.stop()
    }
  })
})

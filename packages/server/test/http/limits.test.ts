import Koa from 'koa'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { answerProblems } from '../../src/http/answer-problems.ts'
import { createLimits } from '../../src/http/limits.ts'
import { type OpenMuster, openMuster, testPassword } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])

describe('limits', () => {
  let muster: OpenMuster
  beforeAll(async () => {
    muster = await openMuster(sqlite!, { RATE_LIMITS: 'on', TRUSTED_PROXY_HOPS: '1' })
  })
  afterAll(() => muster.stop())
  afterEach(() => {
    vi.useRealTimers()
  })

  const from = (address: string) => ({ 'x-forwarded-for': address })
  const join = (email: string, address: string) =>
    muster.anyone.post('/api/auth/register', { email, name: 'Ann', password: testPassword }, from(address))
  const logIn = (email: string, password: string, address: string) =>
    muster.anyone.post('/api/auth/login', { email, password }, from(address))

  it('fault 74: let ten of a thousand guesses at once be tried at most', async () => {
    await join('guessed@people.example', '198.51.100.1')
    const guesses = await Promise.all(
      Array.from({ length: 1_000 }, () => logIn('guessed@people.example', 'Wrong-42', '203.0.113.1')),
    )
    const statuses = guesses.map(({ status }) => status)
    const tried = statuses.filter((status) => status === 401).length
    expect(tried).toBeGreaterThanOrEqual(6)
    expect(tried).toBeLessThanOrEqual(10)
    const refused = guesses.find(({ status }) => status === 429)
    expect(refused?.body).toMatchObject({
      success: false,
      code: 'TOO_MANY_REQUESTS',
      errors: [{ message: expect.any(String) }],
    })
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused?.headers.get('content-type')).toMatch(/json/)
  })

  it('fault 74: do not lock the honest out, nor count what succeeds', async () => {
    for (let round = 0; round < 15; round++) {
      expect((await logIn('guessed@people.example', testPassword, '198.51.100.1')).status).toBe(200)
    }
  })

  it('fault 74: slow a guesser who changes the address for every guess', async () => {
    await join('hunted@people.example', '198.51.100.2')
    const statuses: number[] = []
    for (let guess = 0; guess < 120; guess++) {
      statuses.push((await logIn('hunted@people.example', 'Wrong-42', `203.0.113.${guess % 30}`)).status)
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(100)
    expect(statuses.at(-1)).toBe(429)
  })

  it('slow a guesser who changes the account for every guess', async () => {
    const statuses: number[] = []
    for (let guess = 0; guess < 110; guess++)
      statuses.push((await logIn(`nobody${guess}@people.example`, 'Wrong-42', '192.0.2.7')).status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(100)
  })

  it('fault 74: make a guesser wait twice as long with each failure after the fifth, and forget it with a success', async () => {
    await join('patient@people.example', '198.51.100.4')
    vi.useFakeTimers({ toFake: ['Date'] })
    const guess = () => logIn('patient@people.example', 'Wrong-42', '203.0.113.40')
    const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000)
    for (let round = 0; round < 5; round++) expect((await guess()).status).toBe(401)
    for (const seconds of [1, 2, 4]) {
      expect((await guess()).status).toBe(401)
      const refused = await guess()
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(seconds)])
      pass(seconds + 0.01)
    }
    expect((await logIn('patient@people.example', testPassword, '203.0.113.40')).status).toBe(200)
    expect((await guess()).status).toBe(401)
    expect((await logIn('patient@people.example', testPassword, '203.0.113.40')).status).toBe(200)
  })

  it('never make anybody wait for longer than a quarter of an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    for (let day = 0; day < 40; day++) {
      const { status, headers } = await logIn('stubborn@people.example', 'Wrong-42', '203.0.113.41')
      expect([401, 429]).toContain(status)
      if (status === 429) expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(900)
      vi.setSystemTime(Date.now() + 901_000)
    }
    expect((await logIn('stubborn@people.example', 'Wrong-42', '203.0.113.41')).status).toBe(401)
  })

  it('count an IPv6 network as one address', async () => {
    const statuses: number[] = []
    for (let guess = 0; guess < 12; guess++)
      statuses.push((await logIn('six@people.example', 'Wrong-42', `2001:db8:1:2::${guess}`)).status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(6)
    expect((await logIn('six@people.example', 'Wrong-42', '2001:db8:1:3::1')).status).toBe(401)
  })

  it('fault 75: have a counter of their own for a change of password', async () => {
    const client = await muster.register()
    const change = (currentPassword: string) =>
      client.post('/api/auth/change-password', { currentPassword, newPassword: 'Another-42' }, from('198.51.100.3'))
    for (let round = 0; round < 6; round++) expect((await change('Wrong-42')).status).toBe(403)
    expect((await change(testPassword)).status).toBe(429)
  })

  it('let thirty accounts an hour be made from one address', async () => {
    const statuses: number[] = []
    for (let number = 0; number < 32; number++)
      statuses.push((await join(`bulk${number}@people.example`, '192.0.2.9')).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(30)
    expect(statuses.slice(-2)).toEqual([429, 429])
  })
})

describe('the budget of requests', () => {
  const tiny = (name: string, starts: number) => ({ name, starts, windowSeconds: 900 })
  const budgets = {
    requests: tiny('r', 5),
    assistant: tiny('a', 2),
    registrations: tiny('n', 1),
    pair: tiny('p', 1),
    subject: tiny('s', 1),
    address: tiny('d', 1),
  }

  it('fault 19: is each user’s own, smaller for the assistant, and never stands before the session check, health and delivery', async () => {
    const limits = createLimits({ shared: null, secret: 'of the tests' }, budgets)
    const app = new Koa()
    app.use(answerProblems(pino({ level: 'silent' })))
    app.use((ctx, next) => {
      const user = ctx.get('x-user')
      if (user !== '') ctx.state['token'] = { userId: user }
      return next()
    })
    app.use(limits.requests)
    app.use((ctx) => {
      ctx.body = 'served'
    })
    const server = app.listen(0)
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : null
    const served = async (path: string, user: string, times: number) => {
      const answers: number[] = []
      for (let round = 0; round < times; round++) {
        const { status } = await fetch(`http://localhost:${port}${path}`, { headers: { 'x-user': user } })
        answers.push(status)
      }
      return answers.filter((status) => status === 200).length
    }
    try {
      expect(await served('/api/customers', 'ann', 8)).toBe(5)
      expect(await served('/api/customers', 'bob', 8)).toBe(5)
      expect(await served('/api/customers', '', 8)).toBe(5)
      expect(await served('/api/ai/nl-to-rules', 'eve', 4)).toBe(2)
      for (const path of [
        '/api/auth/me',
        '/api/vendor/send-message',
        '/api/vendor/delivery-receipt',
        '/health',
        '/ready',
      ]) {
        expect(await served(path, 'ann', 20)).toBe(20)
      }
    } finally {
      server.close()
    }
  })
})

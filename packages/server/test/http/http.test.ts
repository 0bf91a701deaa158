import Router from '@koa/router'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { healthRoutes } from '../../src/http/health-routes.ts'
import { allow, requirePolicies } from '../../src/http/policy.ts'
import { type OpenMuster, openMuster, testPassword } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const page = 'http://localhost:3000'

describe('the server', () => {
  let muster: OpenMuster
  beforeAll(async () => {
    muster = await openMuster(sqlite!, {
      FRONTEND_URLS: 'https://crm.example,https://crm2.example',
      NODE_ENV: 'development',
    })
  })
  afterAll(() => muster.stop())

  it('answers what is not there in the envelope', async () => {
    for (const [path, status, code] of [
      ['/api/nothing', 404, 'NOT_FOUND'],
      ['/nothing', 404, 'NOT_FOUND'],
      ['/api/auth/login', 405, 'METHOD_NOT_ALLOWED'],
    ] as const) {
      const answer = await muster.anyone.get(path)
      expect(answer.status).toBe(status)
      expect(answer.body).toMatchObject({
        success: false,
        code,
        error: expect.any(String),
        requestId: answer.headers.get('x-request-id'),
      })
    }
  })

  it('fault 120: says how it is, and asks the database for it', async () => {
    const health = await muster.anyone.get('/health')
    expect(health.body).toEqual({
      status: 'OK',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      environment: 'development',
    })
    expect((await muster.anyone.get('/ready')).body).toEqual({ status: 'READY' })
  })

  it('fault 73: lets the pages in that it knows, and any localhost in development', async () => {
    const allowed = async (origin: string) => {
      const answer = await muster.anyone.get('/health', { origin })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('vary')).toContain('Origin')
      return answer.headers.get('access-control-allow-origin')
    }
    for (const origin of [
      'https://crm.example',
      'https://crm2.example',
      page,
      'https://localhost',
      'http://localhost:5173',
    ]) {
      expect(await allowed(origin)).toBe(origin)
    }
    for (const origin of [
      'null',
      'https://evil.example',
      'http://crm.example',
      'https://crm.example.evil.example',
      'https://evilcrm.example',
      'https://crm.example:444',
      'http://localhost.evil.example',
      'http://localhost:3000.evil.example',
      'http://notlocalhost:3000',
      'https://crm.exampl',
    ]) {
      expect(await allowed(origin)).toBeNull()
    }
  })

  it('answers preflights with exactly what the client needs', async () => {
    const ask = (origin: string) =>
      fetch(`${muster.origin}/api/customers/1`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'authorization,content-type',
        },
      })
    const answer = await ask(page)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,POST,PUT,PATCH,DELETE')
    expect(answer.headers.get('access-control-allow-headers')).toBe('Authorization,Content-Type,If-Match')
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('fault 76: changes nothing for a foreign page: origin by content type by method', async () => {
    const { token } = await muster.register()
    const cookie = `auth_token=${token}`
    const customer = JSON.stringify({ email: 'forged@mail.example', name: 'Forged' })
    for (const origin of [undefined, 'null', 'https://evil.example', 'https://sub.crm.example']) {
      for (const type of [
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        for (const [method, path] of [
          ['POST', '/api/customers'],
          ['POST', '/api/auth/logout'],
          ['POST', '/api/auth/refresh'],
          ['PUT', '/api/users/me'],
          ['DELETE', '/api/customers/1'],
        ] as const) {
          const headers = { cookie, 'content-type': type, ...(origin === undefined ? {} : { origin }) }
          const answer = await muster.anyone.raw(path, { method, headers, body: customer })
          expect([origin, type, method, answer.status, answer.at('code')]).toEqual([
            origin,
            type,
            method,
            403,
            'ORIGIN_REFUSED',
          ])
        }
      }
    }
    const mine = { cookie, origin: page }
    expect((await muster.anyone.get('/api/customers', mine)).at('data.pagination.total')).toBe(0)
    expect(
      (
        await muster.anyone.raw('/api/customers', {
          method: 'POST',
          headers: { ...mine, 'content-type': 'application/json' },
          body: customer,
        })
      ).status,
    ).toBe(201)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await muster.anyone.raw('/api/customers', {
        method: 'POST',
        headers: { ...mine, 'content-type': type },
        body: customer,
      })
      expect(answer.status).toBe(415)
    }
    expect(
      (
        await muster.anyone.post(
          '/api/auth/login',
          { email: 'x@y.example', password: 'z' },
          { origin: 'https://evil.example' },
        )
      ).status,
    ).toBe(403)
  })

  it('faults 76 and 78: takes JSON of a bounded size and shape only', async () => {
    const client = await muster.register()
    const send = (body: string, headers: Record<string, string> = {}) =>
      client.raw('/api/customers', {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json', ...headers },
      })
    const ok = (more: string) => `{"email":"a@mail.example","name":"A"${more}}`
    const table: readonly [string, string, number, string][] = [
      ['no JSON', '{', 400, 'BAD_JSON'],
      ['a bare text', '"text"', 400, 'BAD_JSON'],
      ['a list', '[]', 400, 'VALIDATION'],
      ['more than 100 KB', ok(`,"city":"${'x'.repeat(103_000)}"`), 413, 'BODY_TOO_LARGE'],
      ['a key that poisons', ok(',"__proto__":{"polluted":true}'), 400, 'BAD_JSON'],
      [
        'one that poisons deeper down',
        ok(',"tags":[{"constructor":{"prototype":{"polluted":true}}}]'),
        400,
        'VALIDATION',
      ],
      ['a deep one', ok(`,"tags":${'['.repeat(5_000)}${']'.repeat(5_000)}`), 400, 'VALIDATION'],
    ]
    for (const [what, body, status, code] of table) {
      const answer = await send(body)
      expect([what, answer.status, answer.at('code')]).toEqual([what, status, code])
    }
    expect((await send(ok(''), { 'content-encoding': 'gzip' })).status).toBe(415)
    expect(
      (await client.raw('/api/customers', { method: 'POST', headers: { authorization: `Bearer ${client.token}` } }))
        .status,
    ).toBe(400)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('takes no column that is not a field (mass assignment)', async () => {
    const client = await muster.register()
    const { knex } = await connect(muster.databaseUrl)
    const columns = [
      ...Object.keys(await knex('customers').columnInfo()),
      ...Object.keys(await knex('users').columnInfo()),
    ]
    await knex.destroy()
    const fields = ['email', 'name', 'phone', 'city', 'state', 'country', 'gender', 'birthday']
    const strangers = columns.filter((column) => !fields.includes(column))
    expect(strangers).toContain('workspace_id')
    expect(strangers).toContain('password_hash')
    for (const column of strangers) {
      const answer = await client.post('/api/customers', { email: `${column}@mail.example`, name: 'A', [column]: 1 })
      expect([column, answer.status]).toEqual([column, 400])
    }
  })

  it('fault 80: never sends what is inside: neither SQL, nor stacks, nor hashes', async () => {
    const client = await muster.register()
    const broken = await openMuster(sqlite!)
    const stranger = await broken.register('Secretive Person')
    const { knex } = await connect(broken.databaseUrl)
    await knex.schema.dropTable('order_items')
    await knex.schema.dropTable('orders')
    await knex.destroy()
    try {
      const failed = await stranger.get('/api/orders?search=Secretive')
      expect(failed.status).toBe(500)
      expect(failed.body).toEqual({
        success: false,
        error: 'Something went wrong on our side',
        code: 'INTERNAL',
        requestId: expect.any(String),
      })
      expect(broken.logged()).toContain('request failed')
      expect(broken.logged()).not.toMatch(/Secretive|select|people\.example|Bearer|eyJ[\w-]{8,}\./i)
    } finally {
      await broken.stop()
    }
    expect(JSON.stringify((await client.get('/api/auth/me')).body)).not.toMatch(/hash|\$2b/)
  })

  // A token has dots; a request id, which is drawn at random, has none but may well contain the three letters.
  it('logs requests by their route, without people', async () => {
    const client = await muster.register('Canary Bird')
    await client.post('/api/customers', { email: 'canary@mail.example', name: 'Canary Song', phone: '+49 30 1234567' })
    await client.get('/api/customers?search=canary')
    await client.post('/api/auth/login', { email: 'canary@mail.example', password: testPassword })
    const logged = muster.logged()
    expect(logged).toContain('"route":"/api/customers"')
    expect(logged).not.toMatch(/canary|1234567|Sesame|eyJ[\w-]{8,}\.|auth_token/i)
  })

  it('sends the headers of an API', async () => {
    const { headers } = await muster.anyone.get('/health')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

describe('a server whose database is gone', () => {
  it.each([
    ['/health', { status: 'DATABASE_DOWN', timestamp: '1970-01-01T00:00:00.000Z', environment: 'test' }],
    ['/ready', { status: 'NOT_READY' }],
  ])('fault 120: says so at %s', async (path, body) => {
    const gone = () => Promise.reject(new Error('connect ECONNREFUSED'))
    const world = { nowMs: () => 0, after: () => () => {}, random: () => 0, newId: () => 'id' }
    const vitals = { environment: 'test', askDatabase: gone, isMigrated: gone, isForeign: gone }
    const routes = healthRoutes(vitals, world)
    const server = new Koa().use(routes.routes()).listen(0)
    try {
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : null
      const answer = await fetch(`http://localhost:${port}${path}`)
      expect([answer.status, await answer.json()]).toEqual([503, body])
    } finally {
      server.close()
    }
  })
})

describe('a route without a policy', () => {
  it('does not start', () => {
    const open = new Router().get('/open', async (ctx) => {
      ctx.body = 'everything'
    })
    expect(() => requirePolicies([open])).toThrow('The route HEAD|GET /open names no policy')
    const late = new Router().get('/late', async (_ctx, next) => next(), allow('owner'))
    expect(() => requirePolicies([late])).toThrow('/late names no policy')
    expect(() => requirePolicies([new Router().get('/fine', allow('viewer'), async () => {})])).not.toThrow()
  })
})

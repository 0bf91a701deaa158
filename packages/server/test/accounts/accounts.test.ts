import { createHash } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { clientOf } from '../client.ts'
import { type OpenMuster, openMuster, testPassword } from '../open-muster.ts'

const secret = 'a secret of the tests, long enough for HS256'
const kid = createHash('sha256').update(`muster key id:${secret}`).digest('hex').slice(0, 16)
const dayMs = 24 * 60 * 60 * 1000

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`accounts on ${database.title}`, () => {
    let muster: OpenMuster
    beforeAll(async () => {
      muster = await openMuster(database)
    })
    afterAll(() => muster.stop())

    const join = (email: string, more: object = {}) =>
      muster.anyone.post('/api/auth/register', { email, name: 'Ann', password: testPassword, ...more })
    const logIn = (email: string, password: unknown = testPassword) =>
      muster.anyone.post('/api/auth/login', { email, password })

    it('register, log in, read and change themselves', async () => {
      const joined = await join(' Ann@People.example ')
      expect(joined.status).toBe(200)
      expect(joined.at('data')).toMatchObject({
        email: 'ann@people.example',
        name: 'Ann',
        avatar: null,
        googleId: null,
      })
      const entered = await logIn('ANN@people.example')
      expect(entered.status).toBe(200)
      const ann = clientOf(muster.origin, entered.text('data.token'))
      const me = await ann.get('/api/auth/me')
      expect(Object.keys(me.at('data') as object).sort()).toEqual([
        'avatar',
        'company',
        'createdAt',
        'email',
        'googleId',
        'id',
        'name',
      ])
      const changed = await ann.put('/api/users/me', {
        name: 'Anna',
        email: 'anna@people.example',
        company: 'Tea & Co',
      })
      expect(changed.at('data')).toMatchObject({ name: 'Anna', email: 'anna@people.example', company: 'Tea & Co' })
      expect(
        (await ann.put('/api/users/me', { name: 'Anna', email: 'anna@people.example', company: '' })).at(
          'data.company',
        ),
      ).toBeNull()
      await join('other@people.example')
      const taken = await ann.put('/api/users/me', { name: 'Anna', email: 'OTHER@people.example' })
      expect([taken.status, taken.at('code')]).toEqual([409, 'EMAIL_TAKEN'])
    })

    it('say what the register form looks for, verbatim', async () => {
      await join('twice@people.example')
      const again = await join('Twice@people.example')
      expect([again.status, again.at('error')]).toEqual([409, 'User already exists'])
      for (const password of [
        'short1!',
        'alllower1!',
        'ALLUPPER1!',
        'NoDigits!!',
        'NoSymbol11',
        `Aa1!${'x'.repeat(69)}`,
        `Aa1!${'é'.repeat(35)}`,
      ]) {
        const weak = await join('weak@people.example', { password })
        expect(weak.status).toBe(400)
        expect(weak.text('error')).toContain('stronger password')
        expect(weak.at('errors.0.path')).toBe('/password')
      }
    })

    it('fault 63: take addresses that can be mailed to, and no others', async () => {
      for (const email of ['a@localhost', 'dev@127.0.0.1', "o'neil+tag@sub.people.example", 'ü@bücher.example'])
        expect((await join(email)).status).toBe(200)
      for (const email of [
        'plain',
        'a@b',
        '@people.example',
        'a b@people.example',
        'a@people..example',
        'a@@people.example',
        'a\n@people.example',
        '.a@people.example',
        `${'a'.repeat(65)}@people.example`,
        `a@${'b'.repeat(250)}.example`,
        42,
        null,
      ]) {
        const refused = await muster.anyone.post('/api/auth/register', { email, name: 'Ann', password: testPassword })
        expect([email, refused.status]).toEqual([email, 400])
        expect(refused.at('errors.0.path')).toBe('/email')
      }
    })

    it('fault 78: refuse what is no text or too long without failing', async () => {
      for (const body of [
        { email: 1, password: 2 },
        { email: 'a@b.example' },
        [],
        { email: 'x'.repeat(999), password: 'p' },
        { email: 'a@b.example', password: 'p'.repeat(1001) },
      ]) {
        expect((await muster.anyone.post('/api/auth/login', body)).status).toBe(400)
      }
      expect((await join('long@people.example', { name: 'n'.repeat(101) })).status).toBe(400)
    })

    it('fault 78: do not accept a password with another tail after its 72nd byte', async () => {
      const password = `Aa1!${'x'.repeat(68)}`
      expect((await join('edge@people.example', { password })).status).toBe(200)
      expect((await logIn('edge@people.example', password)).status).toBe(200)
      expect((await logIn('edge@people.example', `${password}tail`)).status).toBe(401)
    })

    it('fault 77: are not told apart when a login fails', async () => {
      await join('known@people.example')
      const wrong = await logIn('known@people.example', 'Wrong-pass-1')
      const unknown = await logIn('unknown@people.example', 'Wrong-pass-1')
      expect([wrong.status, unknown.status]).toEqual([401, 401])
      const said = (answer: typeof wrong) => [answer.at('error'), answer.at('code'), answer.at('errors')]
      expect(said(wrong)).toEqual(said(unknown))
    })

    it('fault 66: lose their sessions at once: logout, and a change of password for all the others', async () => {
      const first = clientOf(muster.origin, (await join('many@people.example')).text('data.token'))
      const second = clientOf(muster.origin, (await logIn('many@people.example')).text('data.token'))
      const third = clientOf(muster.origin, (await logIn('many@people.example')).text('data.token'))
      expect((await third.post('/api/auth/logout')).body).toEqual({ success: true, message: 'Logged out' })
      expect((await third.get('/api/auth/me')).status).toBe(401)
      const body = { currentPassword: testPassword, newPassword: 'Another-1!' }
      const wrong = await second.post('/api/auth/change-password', { ...body, currentPassword: 'nope' })
      expect([wrong.status, wrong.at('error')]).toEqual([403, 'The current password is wrong'])
      const weak = await second.post('/api/auth/change-password', { ...body, newPassword: 'weak' })
      expect([weak.status, weak.at('errors.0.path')]).toEqual([400, '/newPassword'])
      expect((await second.post('/api/auth/change-password', body)).status).toBe(200)
      expect((await first.get('/api/auth/me')).status).toBe(401)
      expect((await second.get('/api/auth/me')).status).toBe(200)
      expect((await logIn('many@people.example')).status).toBe(401)
      expect((await logIn('many@people.example', 'Another-1!')).status).toBe(200)
    })

    it('log out without a session too, with nothing in the body', async () => {
      const answer = await muster.anyone.raw('/api/auth/logout', { method: 'POST' })
      expect(answer.status).toBe(200)
      expect((await clientOf(muster.origin, 'rubbish').post('/api/auth/logout')).status).toBe(200)
    })

    it('fault 66: are refreshed, but not for ever', async () => {
      const late = await openMuster(database)
      try {
        let client = await late.register()
        for (const day of [6, 12, 18, 24]) {
          late.advance(6 * dayMs)
          const refreshed = await client.post('/api/auth/refresh')
          expect([day, refreshed.status]).toEqual([day, 200])
          expect(refreshed.at('data.user.email')).toBe((await client.get('/api/auth/me')).at('data.email'))
          client = clientOf(late.origin, refreshed.text('data.token'))
        }
        late.advance(5 * dayMs)
        expect((await client.post('/api/auth/refresh')).status).toBe(200)
        late.advance(1.5 * dayMs)
        expect((await client.get('/api/auth/me')).status).toBe(401)
      } finally {
        await late.stop()
      }
    })

    it('end when they are not used for long, wherever that is set, and live on while they are', async () => {
      const late = await openMuster(database, { SESSION_IDLE_HOURS: '8', SESSION_LONGEST_DAYS: '2' })
      try {
        const [busy, idle] = [await late.register(), await late.register()]
        for (let round = 0; round < 6; round++) {
          late.advance((7 * dayMs) / 24)
          expect((await busy.get('/api/auth/me')).status).toBe(200)
        }
        expect((await idle.get('/api/auth/me')).status).toBe(401)
        late.advance((5 * dayMs) / 24)
        expect((await busy.post('/api/auth/refresh')).status).toBe(200)
        late.advance((1.1 * dayMs) / 24)
        expect((await busy.get('/api/auth/me')).status).toBe(401)
      } finally {
        await late.stop()
      }
    })

    it('leave no rows behind for ever', async () => {
      const late = await openMuster(database)
      const { knex } = await connect(late.databaseUrl)
      try {
        const email = 'rows@people.example'
        await late.anyone.post('/api/auth/register', { email, name: 'Ann', password: testPassword })
        for (let day = 0; day < 3; day++) {
          await late.anyone.post('/api/auth/login', { email, password: testPassword })
          late.advance(3 * dayMs)
        }
        expect(await knex('sessions').count({ rows: '*' }).first()).toMatchObject({ rows: 4 })
        late.advance(30 * dayMs)
        await late.anyone.post('/api/auth/login', { email, password: testPassword })
        expect(await knex('sessions').count({ rows: '*' }).first()).toMatchObject({ rows: 1 })
      } finally {
        await knex.destroy()
        await late.stop()
      }
    })

    it('begin under a new id with each login, whatever token the browser brought along', async () => {
      const joined = await join('fixed@people.example')
      const brought = { cookie: `auth_token=${joined.text('data.token')}`, origin: 'http://localhost:3000' }
      const login = { email: 'fixed@people.example', password: testPassword }
      const entered = await muster.anyone.post('/api/auth/login', login, brought)
      const sid = (token: string) => (jsonwebtoken.decode(token) as jsonwebtoken.JwtPayload)['sid']
      expect(sid(entered.text('data.token'))).not.toBe(sid(joined.text('data.token')))
    })

    it('fault 67: answer 401 to every token that is not exactly ours', async () => {
      const token = (await join('jwt@people.example')).text('data.token')
      const claims = jsonwebtoken.decode(token) as jsonwebtoken.JwtPayload
      const { exp, iss, aud, ...bare } = claims
      const { iat: _iat, ...timeless } = claims
      const sign = (payload: object, options: jsonwebtoken.SignOptions = {}, key = secret) =>
        jsonwebtoken.sign(payload, key, { keyid: kid, ...options })
      expect((await clientOf(muster.origin, sign(claims)).get('/api/auth/me')).status).toBe(200)
      const [head = '', body = ''] = token.split('.')
      const none = `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid })).toString('base64url')}.${body}.`
      const elsewhere = { jku: 'https://evil.example/keys', x5u: 'https://evil.example/cert' }
      const bad = {
        none,
        'a key that the token names itself': jsonwebtoken.sign(claims, 'a key of the attacker, which is long enough', {
          header: { alg: 'HS256', kid: '../../dev/null', ...elsewhere },
        }),
        'no signature': `${head}.${body}.`,
        HS512: sign(claims, { algorithm: 'HS512' }),
        'another secret': sign(claims, {}, 'another secret of at least thirty-two bytes'),
        'another key id': jsonwebtoken.sign(claims, secret, { keyid: 'other' }),
        'no key id': jsonwebtoken.sign(claims, secret),
        'no exp': sign({ ...bare, iss, aud }),
        'no beginning': jsonwebtoken.sign(timeless, secret, { keyid: kid, noTimestamp: true }),
        'an end in ten years': sign({ ...claims, exp: Math.floor(Date.now() / 1000) + 315_360_000 }),
        expired: sign({ ...claims, exp: Math.floor(Date.now() / 1000) - 1 }),
        'another issuer': sign({ ...claims, iss: 'elsewhere' }),
        'no issuer': sign({ ...bare, exp, aud }),
        'another audience': sign({ ...claims, aud: 'elsewhere' }),
        'no audience': sign({ ...bare, exp, iss }),
        'no session': sign({ ...claims, sid: undefined }),
        'a session that is not': sign({ ...claims, sid: 'nothing' }),
        'another user': sign({ ...claims, userId: 'somebody else' }),
        'of the old service': jsonwebtoken.sign({ userId: claims['userId'] }, secret, { expiresIn: '7d' }),
        rubbish: 'rubbish',
      }
      for (const [what, each] of Object.entries(bad)) {
        const answer = await clientOf(muster.origin, each).get('/api/auth/me')
        expect([what, answer.status, answer.at('code')]).toEqual([what, 401, 'UNAUTHENTICATED'])
      }
      expect((await muster.anyone.get('/api/auth/me')).status).toBe(401)
    })

    it('keep their place while the secret is exchanged, and no longer', async () => {
      const next = 'the next secret of the tests, long enough too'
      const token = (await join('rotate@people.example')).text('data.token')
      const restarted = async (settings: Record<string, string>) => {
        const other = await openMuster(
          { ...database, open: async () => ({ ...(await database.open()), url: muster.databaseUrl }) },
          settings,
        )
        try {
          return (await clientOf(other.origin, token).get('/api/auth/me')).status
        } finally {
          await other.stop()
        }
      }
      expect(await restarted({ JWT_SECRET: next, JWT_PREVIOUS_SECRET: secret })).toBe(200)
      expect(await restarted({ JWT_SECRET: next })).toBe(401)
    })

    it('fault 68: without a name are users all the same', async () => {
      const client = await muster.register()
      const { id } = (await client.get('/api/auth/me')).at('data') as { id: string }
      const { knex } = await connect(muster.databaseUrl)
      await knex('users').where({ id }).update({ name: null })
      await knex.destroy()
      expect((await client.get('/api/auth/me')).at('data.name')).toBe('')
      expect((await client.get('/api/customers')).status).toBe(200)
    })

    it('fault 69: set the cookie at /api beside the token, take an old one at / away, and clear exactly what they set', async () => {
      const cookies = (answer: { headers: Headers }) => answer.headers.getSetCookie()
      const joined = await join('cookie@people.example')
      const token = joined.text('data.token')
      expect(cookies(joined)).toEqual([
        `auth_token=${token}; Path=/api; Max-Age=604800; HttpOnly; SameSite=Lax`,
        'auth_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
      ])
      const out = await muster.anyone.raw('/api/auth/logout', {
        method: 'POST',
        headers: { cookie: `auth_token=${token}`, origin: 'http://localhost:3000' },
      })
      expect(cookies(out)).toEqual([
        'auth_token=; Path=/api; Max-Age=0; HttpOnly; SameSite=Lax',
        'auth_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
      ])
      const after = await muster.anyone.get('/api/auth/me', { cookie: `auth_token=${token}` })
      expect(after.status).toBe(401)
    })

    it('faults 70, 71, 72: are sent back from Google with a reason, never to a page of JSON', async () => {
      const reason = 'Logging%20in%20with%20Google%20is%20not%20set%20up%20on%20this%20server'
      for (const path of ['google', 'google/callback?code=1&state=2', 'google/callback?error=access_denied']) {
        const answer = await muster.anyone.get(`/api/auth/${path}`)
        expect(answer.status).toBe(302)
        expect(answer.headers.get('location')).toBe(`http://localhost:3000/auth/callback?error=${reason}`)
        expect(answer.headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
        expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
        expect(answer.headers.get('cache-control')).toBe('no-store')
      }
      const popup = await muster.anyone.get('/api/auth/google?popup=1')
      expect(popup.headers.get('location')).toMatch(/^http:\/\/localhost:3000\/auth\/popup-complete\?status=error/)
    })

    it('are known by the header first, then by the first cookie', async () => {
      const [one, other] = [await muster.register('One'), await muster.register('Other')]
      const name = async (headers: Record<string, string>) =>
        (await muster.anyone.get('/api/auth/me', headers)).at('data.name')
      expect(await name({ authorization: `Bearer ${one.token}`, cookie: `auth_token=${other.token}` })).toBe('One')
      expect(await name({ cookie: `auth_token=${other.token}; auth_token=${one.token}` })).toBe('Other')
    })
  })
}

describe('the login of developers', () => {
  const [sqlite] = testDatabases(['sqlite'])

  it('fault 79: is not there unless it is switched on, and opens an empty workspace of its own', async () => {
    const muster = await openMuster(sqlite!)
    expect((await muster.anyone.get('/api/auth/dev-token')).status).toBe(404)
    await muster.stop()
    const on = await openMuster(sqlite!, { BACKEND_DEV_TOKEN_FALLBACK: 'true' })
    try {
      const other = await on.register()
      await other.post('/api/customers', { email: 'a@mail.example', name: 'A' })
      const enter = async () => {
        const answer = await on.anyone.get('/api/auth/dev-token')
        expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://localhost:3000/dashboard'])
        const [cookie = ''] = answer.headers.getSetCookie()
        return clientOf(on.origin, cookie.split(/[=;]/)[1] ?? '')
      }
      const [first, second] = [await enter(), await enter()]
      expect((await first.get('/api/auth/me')).at('data')).toMatchObject({ email: 'dev@localhost', name: 'Local Dev' })
      expect((await second.get('/api/auth/me')).at('data.id')).toBe((await first.get('/api/auth/me')).at('data.id'))
      expect((await first.get('/api/customers')).at('data.pagination.total')).toBe(0)
    } finally {
      await on.stop()
    }
  })
})

describe('accounts in production', () => {
  it('faults 5 and 69: set the cookie for another site, over https only, and clear it alike', async () => {
    const [sqlite] = testDatabases(['sqlite'])
    const settings = {
      NODE_ENV: 'production',
      FRONTEND_URL: 'https://crm.example',
      JWT_SECRET: 'vZ8q1xR5tY3uW7oP9aS2dF4gH6jK0lMnBcQe',
      VENDOR_KEY: 'kT4wQ8zX1cV6bN3mL9pO7iU5yR2eW0aSdFgH',
      DATA_KEY: 'nB7vC5xZ3lK1jH9gF7dS5aP3oI1uY9tR7eWq',
    }
    const muster = await openMuster(sqlite!, settings)
    try {
      const joined = await muster.anyone.post('/api/auth/register', {
        email: 'p@people.example',
        name: 'Pat',
        password: testPassword,
      })
      expect(joined.headers.getSetCookie()[0]).toMatch(/; Path=\/api; Max-Age=604800; HttpOnly; SameSite=None; Secure$/)
      expect(joined.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
      const out = await muster.anyone.post('/api/auth/logout')
      expect(out.headers.getSetCookie()[0]).toBe('auth_token=; Path=/api; Max-Age=0; HttpOnly; SameSite=None; Secure')
    } finally {
      await muster.stop()
    }
  })
})

import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { type Answer, clientOf } from '../client.ts'
import { type OpenMuster, openMuster, testPassword } from '../open-muster.ts'
import { type Browser, browserAt } from './browser.ts'
import { client, type OpenIdProvider, openIdProvider, type Person } from './openid-provider.ts'

const minuteMs = 60_000
const page = 'http://localhost:3000'
const redirectUri = 'http://api.muster.example/api/auth/google/callback'

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`logging in with Google on ${database.title}`, () => {
    let muster: OpenMuster
    let provider: OpenIdProvider
    beforeAll(async () => {
      provider = await openIdProvider(() => Math.floor(Date.now() / 1000))
      muster = await openMuster(database, {
        FRONTEND_URLS: `${page},https://second.example`,
        GOOGLE_CLIENT_ID: client.id,
        GOOGLE_CLIENT_SECRET: client.secret,
        GOOGLE_REDIRECT_URI: redirectUri,
        GOOGLE_ISSUER: provider.issuer,
      })
    })
    afterAll(async () => {
      await muster.stop()
      await provider.stop()
    })

    let count = 0
    const personOf = (more: JWTPayload = {}): Person & { claims: JWTPayload & { sub: string; email: string } } => {
      count++
      const email = `person${count}@mail.example`
      return { claims: { sub: `sub-${count}`, email, email_verified: true, name: `Person ${count}`, ...more } }
    }
    const setOut = async (browser: Browser, path = '/api/auth/google') => whereTo(await browser.go(path))
    const enter = async (person: Person, browser = browserAt(muster.anyone)) =>
      browser.go(provider.approve(await setOut(browser), person))
    const tokenIn = (answer: Answer) => new URL(whereTo(answer)).searchParams.get('token') ?? ''
    const reasonIn = (answer: Answer) => {
      const { origin, pathname, searchParams } = new URL(whereTo(answer))
      expect(`${origin}${pathname}`).toBe(`${page}/auth/callback`)
      expect(searchParams.get('token')).toBeNull()
      return searchParams.get('error')
    }
    const me = async (answer: Answer) => (await clientOf(muster.origin, tokenIn(answer)).get('/api/auth/me')).at('data')
    const rowOf = async (email: string) => {
      const { knex } = await connect(muster.databaseUrl)
      const row: Record<string, unknown> | undefined = await knex('users').where({ email_folded: email }).first()
      await knex.destroy()
      return row
    }
    const join = async (email: string) =>
      clientOf(
        muster.origin,
        (await muster.anyone.post('/api/auth/register', { email, name: 'Ann', password: testPassword })).text(
          'data.token',
        ),
      )

    it('sends out with state, nonce and a challenge, and carries them in one short-lived sealed cookie', async () => {
      const browser = browserAt(muster.anyone)
      const answer = await browser.go('/api/auth/google')
      provider.approve(whereTo(answer), personOf())
      const asked = Object.fromEntries(provider.asked())
      expect(asked).toMatchObject({
        client_id: client.id,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid email profile',
        code_challenge_method: 'S256',
      })
      for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]?.length).toBeGreaterThanOrEqual(40)
      const [set] = answer.headers.getSetCookie()
      expect(set).toMatch(/^oauth_state=[\w.-]+; Path=\/api\/auth\/google; Max-Age=300; HttpOnly; SameSite=Lax$/)
      for (const secret of [asked['state'], asked['nonce']]) {
        expect(Buffer.from(set?.split(/[=;.]/)[1] ?? '', 'base64url').toString()).not.toContain(secret)
        expect(muster.logged()).not.toContain(secret)
      }
    })

    it('fault 70: success carries the token to the client under no-store and no-referrer, and sets the cookie', async () => {
      const person = personOf({ picture: 'https://lh3.googleusercontent.com/a/picture' })
      const browser = browserAt(muster.anyone)
      const answer = await enter(person, browser)
      expect(answer.status).toBe(302)
      expect(whereTo(answer)).toMatch(/^http:\/\/localhost:3000\/auth\/callback\?token=[\w.-]+$/)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
      expect(await me(answer)).toMatchObject({
        email: person.claims.email,
        name: person.claims['name'],
        googleId: person.claims.sub,
        avatar: 'https://lh3.googleusercontent.com/a/picture',
      })
      expect([...browser.cookies.keys()]).toEqual(['auth_token'])
      expect((await browser.go('/api/auth/me')).status).toBe(200)
      const again = await enter(person)
      expect((await me(again)) as object).toEqual(await me(answer))
      expect(tokenIn(again)).not.toBe(tokenIn(answer))
      expect(muster.logged()).not.toContain(tokenIn(answer))
    })

    it('opens a workspace of one’s own, where nobody else’s rows are', async () => {
      const inside = clientOf(muster.origin, tokenIn(await enter(personOf())))
      expect((await inside.post('/api/customers', { email: 'a@mail.example', name: 'A' })).status).toBe(201)
      expect((await inside.get('/api/workspace')).at('data.role')).toBe('owner')
      const other = clientOf(muster.origin, tokenIn(await enter(personOf())))
      expect((await other.get('/api/customers')).at('data.pagination.total')).toBe(0)
    })

    it('fault 71: a popup ends on the page that tells its opener, a declined login on a page with the reason', async () => {
      const popup = browserAt(muster.anyone)
      const done = await popup.go(provider.approve(await setOut(popup, '/api/auth/google?popup=1'), personOf()))
      expect(whereTo(done)).toMatch(/^http:\/\/localhost:3000\/auth\/popup-complete\?status=success&token=[\w.-]+$/)
      expect(done.headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
      const declined = browserAt(muster.anyone)
      const failed = await declined.go(provider.decline(await setOut(declined, '/api/auth/google?popup=1')))
      expect(whereTo(failed)).toMatch(/^http:\/\/localhost:3000\/auth\/popup-complete\?status=error&error=/)
      const plain = browserAt(muster.anyone)
      expect(reasonIn(await plain.go(provider.decline(await setOut(plain))))).toBe(
        'The login with Google was cancelled',
      )
      expect(plain.cookies.size).toBe(0)
    })

    it('takes back only what it sent out: no state, a foreign one, one that is used up or too old', async () => {
      const elsewhere = 'This login took too long or was begun somewhere else: please try again'
      const attacker = browserAt(muster.anyone)
      const theirs = provider.approve(await setOut(attacker), personOf())
      expect(reasonIn(await browserAt(muster.anyone).go(theirs))).toBe(elsewhere)

      const victim = browserAt(muster.anyone)
      await setOut(victim)
      expect(reasonIn(await victim.go(theirs))).toBe('This login was begun somewhere else: please try again')

      const twice = browserAt(muster.anyone)
      const back = provider.approve(await setOut(twice), personOf())
      const carried = new Map(twice.cookies)
      expect(tokenIn(await twice.go(back))).not.toBe('')
      expect(reasonIn(await twice.go(back))).toBe(elsewhere)
      for (const [name, cookie] of carried) twice.cookies.set(name, cookie)
      expect(reasonIn(await twice.go(back))).toBe('Google did not confirm the login: please try again')

      const changed = browserAt(muster.anyone)
      const there = provider.approve(await setOut(changed), personOf())
      const cookie = changed.cookies.get('oauth_state')
      const value = (cookie?.value ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
      changed.cookies.set('oauth_state', { value: value.replace(/\.[^.]{8}/, '.AAAAAAAA'), path: '/api/auth/google' })
      expect(reasonIn(await changed.go(there))).toBe(elsewhere)
    })

    it('believes nothing that comes in the address: tokens, errors, a callback without a code', async () => {
      for (const query of [
        'id_token=a.b.c&access_token=x',
        'error=server_error',
        'code=',
        'code=1&code=2',
        `callback=${encodeURIComponent('https://evil.example')}&code=invented`,
      ]) {
        const browser = browserAt(muster.anyone)
        const state = new URL(await setOut(browser)).searchParams.get('state')
        const reason = reasonIn(await browser.go(`/api/auth/google/callback?${query}&state=${state}`))
        expect(reason).toBe('Google did not confirm the login: please try again')
      }
    })

    it('cannot be told another address by the query', async () => {
      const usual = new URL(await setOut(browserAt(muster.anyone)))
      const overrides = [
        'origin',
        'callback',
        'redirect_uri',
        'authorize_url',
        'scope',
        'state',
        'nonce',
        'key',
        'dynamic',
      ]
      for (const name of overrides) {
        const browser = browserAt(muster.anyone)
        const to = new URL(
          await setOut(browser, `/api/auth/google?${name}=${encodeURIComponent('https://evil.example')}`),
        )
        expect(to.toString()).not.toContain('evil')
        expect([to.origin, to.searchParams.get('redirect_uri')]).toEqual([usual.origin, redirectUri])
        expect(to.searchParams.get('state')).toMatch(/^[0-9a-f]{40}$/)
      }
    })

    const forgeries: Readonly<Record<string, Omit<Person, 'claims'>>> = {
      'another nonce': { forge: (claims) => ({ ...claims, nonce: 'of another login' }) },
      'no nonce': { forge: ({ nonce: _, ...claims }) => claims },
      'another audience': { forge: (claims) => ({ ...claims, aud: 'another client' }) },
      'several audiences without a party': {
        forge: ({ azp: _, ...claims }) => ({ ...claims, aud: [client.id, 'other'] }),
      },
      'another party': { forge: (claims) => ({ ...claims, azp: 'another client' }) },
      'another issuer': { forge: (claims) => ({ ...claims, iss: 'https://evil.example' }) },
      'a statement that has run out': { forge: (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 }) },
      'an old statement': { forge: (claims) => ({ ...claims, iat: Math.floor(Date.now() / 1000) - 3_000 }) },
      'no end': { forge: ({ exp: _, ...claims }) => claims },
      'no subject': { forge: ({ sub: _, ...claims }) => claims },
      'no address': { forge: ({ email: _, ...claims }) => claims },
      'a key that is not the provider’s': { hasForeignKey: true },
      'the client secret as a key': { hasClientSecretAsKey: true },
    }
    it.each(Object.entries(forgeries))('refuses %s', async (_what, forgery) => {
      const person = { ...personOf(), ...forgery }
      expect(reasonIn(await enter(person))).toBe('Google did not confirm the login: please try again')
      expect(await rowOf(person.claims.email)).toBeUndefined()
    })

    it('refuses an address that Google has not verified', async () => {
      for (const email_verified of [false, undefined, 'true']) {
        const person = personOf({ email_verified })
        expect(reasonIn(await enter(person))).toBe('Google has not verified the e-mail address of this account')
        expect(await rowOf(person.claims.email)).toBeUndefined()
      }
    })

    it('fault 64: an account with the same address is not taken over, nor is its password or session touched', async () => {
      const person = personOf()
      const squatter = await join(person.claims.email)
      const before = await rowOf(person.claims.email)
      expect(reasonIn(await enter(person))).toBe(
        'An account with this e-mail address exists: log in with its password, then link Google to it',
      )
      expect(await rowOf(person.claims.email)).toEqual(before)
      expect((await squatter.get('/api/auth/me')).status).toBe(200)
    })

    it('fault 64: an account is linked by whoever has its password, then found by Google alone, whatever its address', async () => {
      const person = personOf()
      const owner = await join(person.claims.email)
      const browser = browserAt(muster.anyone)
      const link = (currentPassword: string) =>
        browser.post(
          '/api/auth/google/link',
          { currentPassword },
          { authorization: `Bearer ${owner.token}`, origin: page },
        )
      const wrong = await link('Wrong-42')
      expect([wrong.status, wrong.at('code')]).toEqual([403, 'WRONG_PASSWORD'])
      const back = provider.approve((await link(testPassword)).text('data.url'), person)
      expect(whereTo(await browser.go(back))).toBe(`${page}/settings`)
      expect((await owner.get('/api/auth/me')).at('data.googleId')).toBe(person.claims.sub)
      expect((await link(testPassword)).at('code')).toBe('GOOGLE_REFUSED')
      expect((await rowOf(person.claims.email))?.['email_verified_at_ms']).not.toBeNull()

      const moved = { claims: { ...person.claims, email: 'moved@elsewhere.example', email_verified: false } }
      expect(await me(await enter(moved))).toMatchObject({ email: person.claims.email, googleId: person.claims.sub })
      const login = await muster.anyone.post('/api/auth/login', { email: person.claims.email, password: testPassword })
      expect(login.status).toBe(200)
    })

    it('fault 64: with the address verified on both sides it links, keeps the password, and ends the sessions from before', async () => {
      const person = personOf()
      const owner = await join(person.claims.email)
      const browser = browserAt(muster.anyone)
      const headers = { authorization: `Bearer ${owner.token}`, origin: page }
      const linked = await browser.post('/api/auth/google/link', { currentPassword: testPassword }, headers)
      await browser.go(provider.approve(linked.text('data.url'), person))
      const unlinked = await owner.post('/api/auth/google/unlink', { currentPassword: testPassword })
      expect(unlinked.status).toBe(200)
      expect(await rowOf(person.claims.email)).toMatchObject({ google_id: null })

      const entered = await enter(person)
      expect(await me(entered)).toMatchObject({ email: person.claims.email, googleId: person.claims.sub })
      expect((await owner.get('/api/auth/me')).status).toBe(401)
      const login = await muster.anyone.post('/api/auth/login', { email: person.claims.email, password: testPassword })
      expect(login.status).toBe(200)

      const namesake = { claims: { ...person.claims, sub: 'another Google account' } }
      expect(reasonIn(await enter(namesake))).toMatch(/^An account with this e-mail address exists/)
    })

    it('links nothing for a session that ended meanwhile, nor one Google account to two', async () => {
      const person = personOf()
      await enter(person)
      const owner = await join('two@people.example')
      const setOutToLink = async (browser: Browser) =>
        (
          await browser.post(
            '/api/auth/google/link',
            { currentPassword: testPassword },
            { authorization: `Bearer ${owner.token}`, origin: page },
          )
        ).text('data.url')
      const taken = browserAt(muster.anyone)
      expect(reasonIn(await taken.go(provider.approve(await setOutToLink(taken), person)))).toBe(
        'This Google account enters another account already',
      )
      const late = browserAt(muster.anyone)
      const back = provider.approve(await setOutToLink(late), personOf())
      await owner.post('/api/auth/logout')
      expect(reasonIn(await late.go(back))).toBe('Your session has ended: please log in and link again')
    })

    it('an address that is changed is verified no longer', async () => {
      const person = personOf()
      const owner = await join(person.claims.email)
      const browser = browserAt(muster.anyone)
      const headers = { authorization: `Bearer ${owner.token}`, origin: page }
      const linked = await browser.post('/api/auth/google/link', { currentPassword: testPassword }, headers)
      await browser.go(provider.approve(linked.text('data.url'), person))
      const profile = { name: 'Ann', email: `victim${count}@mail.example` }
      expect((await owner.put('/api/users/me', profile)).status).toBe(403)
      await owner.post('/api/auth/google/unlink', { currentPassword: testPassword })
      expect((await owner.put('/api/users/me', profile)).status).toBe(200)
      const victim = personOf({ email: profile.email })
      expect(reasonIn(await enter(victim))).toMatch(/^An account with this e-mail address exists/)
    })

    it('fault 65: callbacks at once do not see each other', async () => {
      const people = Array.from({ length: 8 }, () => personOf())
      const trips = await Promise.all(
        people.map(async (person) => {
          const browser = browserAt(muster.anyone)
          return { browser, back: provider.approve(await setOut(browser), person) }
        }),
      )
      const answers = await Promise.all(trips.map(({ browser, back }) => browser.go(back)))
      const entered = await Promise.all(answers.map(me))
      expect(entered.map((user) => Reflect.get(user as object, 'email'))).toEqual(
        people.map(({ claims }) => claims.email),
      )
    })

    it('fault 65: one newcomer who comes twice at once gets one account', async () => {
      const person = personOf()
      const answers = await Promise.all(Array.from({ length: 4 }, () => enter(person)))
      const ids = await Promise.all(answers.map(async (answer) => Reflect.get((await me(answer)) as object, 'id')))
      expect(new Set(ids).size).toBe(1)
    })

    it('fault 68: a user whom Google gives no name gets in, everywhere', async () => {
      const person = personOf({ name: undefined, picture: 'https://elsewhere.example/picture.png' })
      const answer = await enter(person)
      expect(await me(answer)).toMatchObject({ name: '', avatar: null })
      const inside = clientOf(muster.origin, tokenIn(answer))
      expect((await inside.get('/api/customers')).status).toBe(200)
      expect((await inside.get('/api/workspace')).at('data.name')).toBe(person.claims.email.split('@')[0])
    })

    it('fault 72: redirects lead to the first of several pages', async () => {
      expect(new URL(whereTo(await enter(personOf()))).origin).toBe(page)
    })

    it('fault 77: an account without a password is told apart from others by nothing when a login fails', async () => {
      const person = personOf()
      await enter(person)
      const known = await muster.anyone.post('/api/auth/login', { email: person.claims.email, password: 'Wrong-42' })
      const unknown = await muster.anyone.post('/api/auth/login', { email: 'no@mail.example', password: 'Wrong-42' })
      const said = (answer: Answer) => [answer.status, answer.at('error'), answer.at('code')]
      expect(said(known)).toEqual(said(unknown))
    })
  })
}

describe('logging in with Google', () => {
  const [sqlite] = testDatabases(['sqlite'])

  async function opened(more: Record<string, string> = {}) {
    let aheadMs = 0
    const provider = await openIdProvider(() => Math.floor((Date.now() + aheadMs) / 1000))
    const settings = {
      GOOGLE_CLIENT_ID: client.id,
      GOOGLE_CLIENT_SECRET: client.secret,
      GOOGLE_REDIRECT_URI: redirectUri,
    }
    const muster = await openMuster(sqlite!, { ...settings, GOOGLE_ISSUER: provider.issuer, ...more })
    const advance = (byMs: number) => {
      aheadMs += byMs
      muster.advance(byMs)
    }
    const stop = () => Promise.all([muster.stop(), provider.stop()])
    return { provider, muster, advance, stop, browser: browserAt(muster.anyone) }
  }

  it('waits five minutes for a browser, no longer', async () => {
    const { provider, muster, advance, stop, browser } = await opened()
    const person = { claims: { sub: 'a', email: 'a@mail.example', email_verified: true } }
    const slow = browserAt(muster.anyone)
    const [first, second] = [await browser.go('/api/auth/google'), await slow.go('/api/auth/google')]
    advance(4 * minuteMs)
    expect(whereTo(await browser.go(provider.approve(whereTo(first), person)))).toContain('?token=')
    advance(2 * minuteMs)
    expect(whereTo(await slow.go(provider.approve(whereTo(second), person)))).toContain('?error=This%20login%20took')
    await stop()
  })

  it('lets in one organisation where it is told to', async () => {
    const { provider, stop, browser } = await opened({ GOOGLE_HOSTED_DOMAIN: 'shop.example' })
    const claims = { sub: 'b', email: 'b@shop.example', email_verified: true }
    const enter = async (more: object) =>
      whereTo(
        await browser.go(
          provider.approve(whereTo(await browser.go('/api/auth/google')), { claims: { ...claims, ...more } }),
        ),
      )
    expect(await enter({})).toContain('error=Please%20choose%20an%20account%20of%20shop.example')
    expect(await enter({ hd: 'evil.example' })).toContain('error=Please')
    expect(provider.asked().get('hd')).toBe('shop.example')
    expect(await enter({ hd: 'shop.example' })).toContain('?token=')
    await stop()
  })

  it('fault 71: a provider that is away is a reason on the client’s page, and a line in the log', async () => {
    const { provider, muster, stop, browser } = await opened()
    const person = { claims: { sub: 'c', email: 'c@mail.example', email_verified: true } }
    const back = provider.approve(whereTo(await browser.go('/api/auth/google')), person)
    await provider.stop()
    expect(whereTo(await browser.go(back))).toMatch(/^http:\/\/localhost:3000\/auth\/callback\?error=Something%20went/)
    expect(muster.logged()).toContain('ECONNREFUSED')
    expect(muster.logged()).not.toMatch(/c@mail|client secret/)
    await muster.stop()
    void stop
  })
})

function whereTo(answer: Answer): string {
  const location = answer.headers.get('location')
  if (answer.status !== 302 || location === null)
    throw new Error(`No redirect: ${answer.status} ${JSON.stringify(answer.body)}`)
  return location
}

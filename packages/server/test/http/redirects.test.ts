import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const page = 'https://crm.example'

/** What others have been led astray by. */
const astray = [
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/%5cevil.example',
  '/%2f%2fevil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://crm.example@evil.example',
  'https://crm.example.evil.example',
  'https://evil.example#crm.example',
  'https://evil.example?crm.example',
  'https://evil.example\\@crm.example',
  'javascript:alert(1)',
  'data:text/html,evil',
  '\u0000https://evil.example',
  '/x\r\nLocation: https://evil.example',
  '.evil.example',
  '@evil.example',
]

describe('redirects', () => {
  let muster: OpenMuster
  beforeAll(async () => {
    muster = await openMuster(sqlite!, { FRONTEND_URL: page, BACKEND_DEV_TOKEN_FALLBACK: 'true' })
  })
  afterAll(() => muster.stop())

  /** By hand, because `fetch` lets nobody say who the host is. */
  const locationOf = (path: string, headers: Record<string, string>) =>
    new Promise<string | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(muster.origin)
      request({ hostname, port, path, headers }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.headers.location))
      })
        .on('error', reject)
        .end()
    })

  it.each(astray)('lead to the client’s own pages, not to %j', async (payload) => {
    for (const path of ['/api/auth/google', '/api/auth/google/callback', '/api/auth/dev-token']) {
      for (const name of ['next', 'redirect', 'returnTo', 'callback', 'origin', 'state', 'error']) {
        const location = await locationOf(`${path}?${name}=${encodeURIComponent(payload)}`, {
          referer: `${page}/login`,
        })
        expect([name, new URL(location ?? '').origin]).toEqual([name, page])
        expect(location).not.toContain('evil')
      }
    }
  })

  it('do not follow the host, the forwarded host or the referrer that a request names', async () => {
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
      referer: 'https://evil.example/login',
      origin: 'https://evil.example',
    }
    for (const path of ['/api/auth/google?popup=1', '/api/auth/google/callback', '/api/auth/dev-token']) {
      const location = await locationOf(path, forged)
      expect(new URL(location ?? '').origin).toBe(page)
      expect(location).not.toContain('evil')
    }
  })
})

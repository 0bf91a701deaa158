import { once } from 'node:events'
import Router from '@koa/router'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { createTokens, tokenLifetimeSeconds, tokenParties } from '../../src/accounts/tokens.ts'
import { authentication } from '../../src/http/authentication.ts'
import { allow } from '../../src/http/policy.ts'
import { createRecentSessions } from '../../src/http/recent-sessions.ts'
import { sessionOf } from '../../src/http/session.ts'

const nobodysMachines = { keyStart: 'none_', find: async () => null }

describe('a session', () => {
  it('fault 115: is looked up once for a request that needs one, and not at all for others', async () => {
    const tokens = createTokens('a secret of the tests, long enough for HS256', null)
    let lookUps = 0
    const find = async (sessionId: string, userId: string) => {
      lookUps += 1
      return { sessionId, userId, workspaceId: 'w', role: 'owner', isMachine: false } as const
    }
    const app = new Koa()
    const rules = { ...tokenParties, keys: tokens.keys, lifetimeSeconds: tokenLifetimeSeconds }
    app.use(authentication(rules, find, nobodysMachines, createRecentSessions(Date.now)))
    const router = new Router()
      .post('/thing', allow('marketer'), (ctx) => {
        ctx.body = { first: sessionOf(ctx).userId, second: sessionOf(ctx).userId }
      })
      .post('/open', allow('anyone'), (ctx) => {
        ctx.body = {}
      })
    app.use(router.routes())
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const token = tokens.issue({ sessionId: 's', userId: 'u' }, Date.now())
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(`http://127.0.0.1:${port}/thing`, { method: 'POST', headers })
      expect(await answer.json()).toEqual({ first: 'u', second: 'u' })
      expect(lookUps).toBe(1)
      await fetch(`http://127.0.0.1:${port}/open`, { method: 'POST', headers })
      expect(lookUps).toBe(1)
    } finally {
      server.close()
    }
  })
})

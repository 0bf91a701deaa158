import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import { createRecentSessions } from '../../src/http/recent-sessions.ts'
import type { Session } from '../../src/http/session.ts'
import { clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const session: Session = { sessionId: 's', userId: 'u', workspaceId: 'w', role: 'viewer', isMachine: false }
const found = async () => ({ claims: {}, session })

describe('recent sessions', () => {
  it('are remembered for less than a second', async () => {
    let nowMs = 0
    const recent = createRecentSessions(() => nowMs)
    await recent.lookUp('token', found)
    nowMs = 999
    expect(recent.of('token')).toMatchObject({ session })
    nowMs = 1_000
    expect(recent.of('token')).toBeNull()
  })

  it('are not remembered when everything was forgotten during the lookup', async () => {
    const recent = createRecentSessions(() => 0)
    let answer = () => {}
    const slow = recent.lookUp('token', async () => {
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return found()
    })
    recent.forgetAll()
    answer()
    expect(await slow).toMatchObject({ session })
    expect(recent.of('token')).toBeNull()
  })

  it('do not pile up', async () => {
    let nowMs = 0
    const recent = createRecentSessions(() => nowMs)
    for (let token = 0; token < 10_001; token++) await recent.lookUp(String(token), found)
    expect([recent.of('9999'), recent.of('10000')]).toEqual([expect.anything(), null])
    nowMs = 1_000
    await recent.lookUp('10000', found)
    expect(recent.of('10000')).not.toBeNull()
  })
})

describe('a session', () => {
  let muster: OpenMuster
  beforeAll(async () => {
    muster = await openMuster(sqlite!)
  })
  afterAll(() => muster.stop())

  it.each(['/api/auth/logout', '/api/auth/logout-everywhere'])(
    'that was used a moment ago is over at once after POST %s',
    async (path) => {
      const client = await muster.register()
      expect((await client.get('/api/customers')).status).toBe(200)
      expect((await client.post(path)).status).toBe(200)
      expect((await client.get('/api/customers')).status).toBe(401)
    },
  )

  it('changes its role with the next request, and when another server changes it, within a second', async () => {
    const owner = await muster.register('Owner')
    const guest = await muster.register('Guest')
    const key = (await owner.post('/api/workspace/invites', { role: 'owner' })).text('data.key')
    const inside = clientOf(muster.origin, (await guest.post('/api/invites/accept', { key })).text('data.token'))
    const id = (await inside.get('/api/auth/me')).text('data.id')
    expect((await inside.get('/api/workspace/invites')).status).toBe(200)
    await owner.patch(`/api/workspace/members/${id}`, { role: 'viewer' })
    expect((await inside.get('/api/workspace/invites')).status).toBe(403)
    const other = await connect(muster.databaseUrl)
    await other.knex('memberships').where({ user_id: id }).delete()
    await disconnect(other)
    muster.advance(1_000)
    expect((await inside.get('/api/customers')).status).toBe(401)
  })

  it('fault 115: is looked up once for a request, and not again for the requests of the same second', async () => {
    const client = await muster.register()
    const other = await connect(muster.databaseUrl)
    const id = (await client.get('/api/auth/me')).text('data.id')
    expect((await client.get('/api/customers')).status).toBe(200)
    // As long as nobody looks, nobody sees that it is gone.
    await other.knex('sessions').where({ user_id: id }).delete()
    await disconnect(other)
    expect((await client.get('/api/customers')).status).toBe(200)
    expect((await client.post('/api/customers', {})).status).toBe(401)
  })
})

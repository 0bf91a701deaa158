import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const dayMs = 24 * 60 * 60 * 1000

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`workspaces on ${database.title}`, () => {
    let muster: OpenMuster
    beforeAll(async () => {
      muster = await openMuster(database)
    })
    afterAll(() => muster.stop())

    const invited = async (role: string, more: object = {}) => {
      const owner = await muster.register('Owner')
      const key = (await owner.post('/api/workspace/invites', { role, ...more })).text('data.key')
      return { owner, key }
    }

    it('are one’s own from the start, and can be set up', async () => {
      const owner = await muster.register('Olive')
      expect((await owner.get('/api/workspace')).at('data')).toMatchObject({
        name: 'Olive',
        role: 'owner',
        timeZone: 'UTC',
        currency: 'USD',
        consentPolicy: 'opt-out',
      })
      const settings = { name: 'Tea house', timeZone: 'Asia/Kolkata', currency: 'INR', consentPolicy: 'opt-in' }
      expect((await owner.put('/api/workspace', settings)).at('data')).toMatchObject(settings)
      expect((await owner.get('/api/workspace')).at('data')).toMatchObject(settings)
      const refused = await owner.put('/api/workspace', { ...settings, timeZone: 'Mars/Olympus', currency: 'rupees' })
      expect(refused.list('errors')).toHaveLength(2)
    })

    it('let an invited person in, once, with the role that was meant', async () => {
      const { owner, key } = await invited('marketer')
      await owner.post('/api/customers', { email: 'shared@mail.example', name: 'Shared' })
      const guest = await muster.register('Guest')
      const accepted = await guest.post('/api/invites/accept', { key })
      expect(accepted.at('data.role')).toBe('marketer')
      const inside = clientOf(muster.origin, accepted.text('data.token'))
      expect((await inside.get('/api/customers')).at('data.pagination.total')).toBe(1)
      expect((await inside.post('/api/customers', { email: 'more@mail.example', name: 'More' })).status).toBe(201)
      expect((await inside.post('/api/workspace/invites', { role: 'owner' })).status).toBe(403)
      expect((await guest.get('/api/customers')).at('data.pagination.total')).toBe(0)
      const workspaces = await inside.get('/api/workspaces')
      expect(workspaces.at('data.workspaces')).toMatchObject([
        { name: 'Guest', role: 'owner' },
        { name: 'Owner', role: 'marketer' },
      ])
      const home = await inside.post(`/api/workspaces/${workspaces.text('data.workspaces.0.id')}/enter`)
      expect(
        (await clientOf(muster.origin, home.text('data.token')).get('/api/customers')).at('data.pagination.total'),
      ).toBe(0)
      const second = await muster.register('Second')
      const again = await second.post('/api/invites/accept', { key })
      expect([again.status, again.at('code')]).toEqual([404, 'INVITE_NOT_FOUND'])
    })

    it('let one of six in who use a link at once', async () => {
      const { key } = await invited('viewer')
      const guests = await Promise.all(Array.from({ length: 6 }, () => muster.register('Guest')))
      const answers = await Promise.all(guests.map((guest) => guest.post('/api/invites/accept', { key })))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404])
    })

    it('refuse an invitation that is somebody else’s, revoked, too old, or the owner’s own', async () => {
      const guest = await muster.register('Guest')
      const email = (await guest.get('/api/auth/me')).text('data.email')
      const personal = await invited('viewer', { email: 'elsewhere@people.example' })
      expect((await guest.post('/api/invites/accept', { key: personal.key })).status).toBe(404)
      const fitting = await invited('viewer', { email: email.toUpperCase() })
      const own = await fitting.owner.post('/api/invites/accept', {
        key: (await fitting.owner.post('/api/workspace/invites', { role: 'viewer' })).text('data.key'),
      })
      expect([own.status, own.at('code')]).toEqual([409, 'ALREADY_MEMBER'])
      expect((await guest.post('/api/invites/accept', { key: fitting.key })).status).toBe(200)
      const revoked = await invited('viewer')
      const id = (await revoked.owner.get('/api/workspace/invites')).text('data.invites.0.id')
      expect((await revoked.owner.delete(`/api/workspace/invites/${id}`)).status).toBe(200)
      expect((await revoked.owner.delete(`/api/workspace/invites/${id}`)).status).toBe(404)
      expect((await guest.post('/api/invites/accept', { key: revoked.key })).status).toBe(404)
    })

    it('change roles and show members out, effective at once, but never the last owner', async () => {
      const { owner, key } = await invited('viewer')
      const guest = await muster.register('Guest')
      const inside = clientOf(muster.origin, (await guest.post('/api/invites/accept', { key })).text('data.token'))
      const members = await owner.get('/api/workspace/members')
      const [ownerId, guestId] = [members.text('data.members.0.userId'), members.text('data.members.1.userId')]
      expect(members.at('data.members')).toMatchObject([{ role: 'owner' }, { role: 'viewer', name: 'Guest' }])
      const person = { email: 'm@mail.example', name: 'M' }
      expect((await inside.post('/api/customers', person)).status).toBe(403)
      await owner.patch(`/api/workspace/members/${guestId}`, { role: 'marketer' })
      expect((await inside.post('/api/customers', person)).status).toBe(201)
      for (const refused of [
        await owner.patch(`/api/workspace/members/${ownerId}`, { role: 'viewer' }),
        await owner.delete(`/api/workspace/members/${ownerId}`),
      ]) {
        expect([refused.status, refused.at('code')]).toEqual([409, 'LAST_OWNER'])
      }
      await owner.patch(`/api/workspace/members/${guestId}`, { role: 'owner' })
      expect((await inside.delete(`/api/workspace/members/${ownerId}`)).status).toBe(200)
      expect((await owner.get('/api/customers')).status).toBe(401)
      expect((await inside.get('/api/customers')).status).toBe(200)
    })

    it('keep an owner when two owners show each other out at once', async () => {
      const { owner, key } = await invited('owner')
      const guest = await muster.register('Guest')
      const other = clientOf(muster.origin, (await guest.post('/api/invites/accept', { key })).text('data.token'))
      const members = await owner.get('/api/workspace/members')
      const [ownerId, otherId] = [members.text('data.members.0.userId'), members.text('data.members.1.userId')]
      const answers = await Promise.all([
        owner.delete(`/api/workspace/members/${otherId}`),
        other.delete(`/api/workspace/members/${ownerId}`),
      ])
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      const alive = await Promise.all([owner.get('/api/workspace'), other.get('/api/workspace')])
      expect(alive.filter(({ status }) => status === 200)).toHaveLength(1)
    })

    it('serve machines by a key that is shown once, stored as a hash, and can be revoked', async () => {
      const owner = await muster.register('Owner')
      const made = await owner.post('/api/workspace/service-tokens', { name: 'Importer', role: 'marketer' })
      const key = made.text('data.key')
      const machine = clientOf(muster.origin, key)
      expect(
        (await machine.post('/api/customers/bulk', { customers: [{ email: 'by@machine.example', name: 'By' }] }))
          .status,
      ).toBe(201)
      const listed = await owner.get('/api/workspace/service-tokens')
      expect(listed.at('data.serviceTokens')).toMatchObject([
        { name: 'Importer', role: 'marketer', lastUsedAt: expect.any(String) },
      ])
      expect(JSON.stringify(listed.body)).not.toContain(key.slice(4, 20))
      const { knex } = await connect(muster.databaseUrl)
      expect(JSON.stringify(await knex('service_tokens').select())).not.toContain(key.slice(4, 20))
      await knex.destroy()
      for (const bad of [`${key}x`, key.slice(0, -1), 'mst_', 'mst_nothing'])
        expect((await clientOf(muster.origin, bad).get('/api/customers')).status).toBe(401)
      await owner.delete(`/api/workspace/service-tokens/${made.text('data.id')}`)
      expect((await machine.get('/api/customers')).status).toBe(401)
    })

    it('close everything that is open to one person: everywhere', async () => {
      const { key } = await invited('viewer')
      const guest = await muster.register('Guest')
      const inside = clientOf(muster.origin, (await guest.post('/api/invites/accept', { key })).text('data.token'))
      expect((await inside.post('/api/auth/logout-everywhere')).status).toBe(200)
      for (const client of [guest, inside]) expect((await client.get('/api/auth/me')).status).toBe(401)
    })
  })
}

describe('keys', () => {
  it('run out: invitations after a week, service tokens when they were told to', async () => {
    const [sqlite] = testDatabases(['sqlite'])
    const muster = await openMuster(sqlite!)
    try {
      const owner = await muster.register('Owner')
      const invite = (await owner.post('/api/workspace/invites', { role: 'viewer' })).text('data.key')
      const service = (
        await owner.post('/api/workspace/service-tokens', { name: 'Short', role: 'viewer', days: 3 })
      ).text('data.key')
      expect((await clientOf(muster.origin, service).get('/api/customers')).status).toBe(200)
      muster.advance(3 * dayMs)
      expect((await clientOf(muster.origin, service).get('/api/customers')).status).toBe(401)
      muster.advance(4 * dayMs)
      const guest = await muster.register('Guest')
      expect((await guest.post('/api/invites/accept', { key: invite })).status).toBe(404)
    } finally {
      await muster.stop()
    }
  })
})

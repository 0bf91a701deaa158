import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { type Client, clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const everyone = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the audit log on ${database.title}`, () => {
    let muster: OpenMuster
    beforeAll(async () => {
      muster = await openMuster(database)
    })
    afterAll(() => muster.stop())

    const actionsOf = async (owner: Client) =>
      (await owner.get('/api/workspace/audit'))
        .list('data.entries')
        .map((entry) => String(Reflect.get(Object(entry), 'action')))
        .reverse()
    const check = async (owner: Client) => (await owner.get('/api/workspace/audit/check')).at('data')
    const inDatabase = async (work: (knex: Awaited<ReturnType<typeof connect>>['knex']) => Promise<unknown>) => {
      const { knex } = await connect(muster.databaseUrl)
      try {
        return await work(knex)
      } finally {
        await knex.destroy()
      }
    }
    const busyOwner = async (entries: number) => {
      const owner = await muster.register('Owner')
      for (let entry = 0; entry < entries; entry++) await owner.post('/api/workspace/invites', { role: 'viewer' })
      return { owner, workspaceId: (await owner.get('/api/workspaces')).text('data.workspaces.0.id') }
    }

    it('says who launched what to how many, and who stopped it', async () => {
      const owner = await muster.register('Lauren Launcher')
      const people = Array.from({ length: 3 }, (_, index) => ({ email: `c${index}@mail.example`, name: 'C' }))
      await owner.post('/api/customers/bulk', { customers: people })
      const id = (await owner.post('/api/campaigns', { name: 'Tea', rules: everyone })).text('data.id')
      const scheduleAt = new Date(Date.now() + 86_400_000).toISOString()
      await owner.post(`/api/campaigns/${id}/launch`, { message: 'Hello', scheduleAt })
      await owner.post(`/api/campaigns/${id}/launch`, { message: 'Hello', scheduleAt })
      for (const control of ['pause', 'pause', 'resume', 'cancel']) await owner.post(`/api/campaigns/${id}/${control}`)
      const log = await owner.get('/api/workspace/audit')
      expect(await actionsOf(owner)).toEqual([
        'campaign.launched',
        'campaign.paused',
        'campaign.resumed',
        'campaign.cancelled',
      ])
      expect(log.at('data.entries.3')).toMatchObject({
        number: 1,
        at: expect.stringMatching(/Z$/),
        actor: { name: 'Lauren Launcher', machineId: null },
        subjectId: id,
        details: { audienceSize: 3, startAtMs: Date.parse(scheduleAt) },
      })
      expect(log.at('data.pagination')).toMatchObject({ page: 1, total: 4 })
      expect(JSON.stringify(log.body)).not.toContain('mail.example')
      expect(await check(owner)).toMatchObject({ entries: 4, isIntact: true, brokenAt: null })
    })

    it('says who let whom in, as what, and who made which key', async () => {
      const owner = await muster.register('Owner')
      const guest = await muster.register('Guest')
      const key = (await owner.post('/api/workspace/invites', { role: 'viewer' })).text('data.key')
      await guest.post('/api/invites/accept', { key })
      const guestId = (await guest.get('/api/auth/me')).text('data.id')
      await owner.patch(`/api/workspace/members/${guestId}`, { role: 'marketer' })
      const robot = await owner.post('/api/workspace/service-tokens', { name: 'Robot', role: 'marketer', days: 3 })
      await owner.delete(`/api/workspace/service-tokens/${robot.text('data.id')}`)
      await owner.delete(`/api/workspace/members/${guestId}`)
      const spare = (await owner.post('/api/workspace/invites', { role: 'owner' })).text('data.id')
      await owner.delete(`/api/workspace/invites/${spare}`)
      const settings = { name: 'Tea', timeZone: 'UTC', currency: 'INR', consentPolicy: 'opt-in' }
      await owner.put('/api/workspace', settings)
      expect(await actionsOf(owner)).toEqual([
        'invite.made',
        'member.joined',
        'member.role-changed',
        'service-token.made',
        'service-token.revoked',
        'member.removed',
        'invite.made',
        'invite.revoked',
        'workspace.changed',
      ])
      const log = await owner.get('/api/workspace/audit')
      expect(log.at('data.entries.6')).toMatchObject({
        subjectId: guestId,
        details: { before: 'viewer', after: 'marketer' },
      })
      expect(JSON.stringify(log.body)).not.toContain(robot.text('data.key'))
      const [, second] = [
        await owner.get('/api/workspace/audit?limit=4'),
        await owner.get('/api/workspace/audit?limit=4&page=2'),
      ]
      expect(second.list('data.entries').map((entry) => Reflect.get(Object(entry), 'number'))).toEqual([5, 4, 3, 2])
    })

    it('says who took people’s data along, and where an owner has events sent to', async () => {
      const owner = await muster.register('Owner')
      await owner.post('/api/customers', { email: 'taken@mail.example', name: 'Taken' })
      const segment = (await owner.post('/api/segments', { name: 'All', rules: everyone })).text('data.segment.id')
      const file = await owner.get(`/api/segments/${segment}/members?format=csv`)
      expect(file.body).toContain('taken@mail.example')
      const hook = { url: 'https://shop.example/hooks?token=secret-in-url', events: ['campaign.completed'] }
      const made = await owner.post('/api/webhooks', hook)
      const id = made.text('data.webhook.id')
      await owner.put(`/api/webhooks/${id}`, { ...hook, url: 'https://other.example/hooks' })
      await owner.delete(`/api/webhooks/${id}`)
      expect(await actionsOf(owner)).toEqual(['people.exported', 'webhook.made', 'webhook.changed', 'webhook.deleted'])
      const log = await owner.get('/api/workspace/audit')
      expect(log.at('data.entries.3')).toMatchObject({
        subjectId: segment,
        details: { what: 'segment-members', format: 'csv' },
      })
      expect(log.at('data.entries.2.details')).toEqual({ host: 'shop.example', isActive: true })
      expect(JSON.stringify(log.body)).not.toMatch(/secret-in-url|taken@/)
    })

    it('names the machine that did it, on behalf of whoever made its key', async () => {
      const owner = await muster.register('Owner')
      const robot = await owner.post('/api/workspace/service-tokens', { name: 'Robot', role: 'marketer' })
      const machine = clientOf(muster.origin, robot.text('data.key'))
      await machine.post('/api/customers', { email: 'm@mail.example', name: 'M' })
      const id = (await machine.post('/api/campaigns', { name: 'By machine', rules: everyone })).text('data.id')
      await machine.post(`/api/campaigns/${id}/launch`, { message: 'Hello', scheduleAt: '2999-01-01' })
      expect((await owner.get('/api/workspace/audit')).at('data.entries.0')).toMatchObject({
        action: 'campaign.launched',
        actor: { machineId: robot.text('data.id'), name: 'Owner' },
      })
    })

    it('is closed to everybody but the owners of the workspace', async () => {
      const { owner } = await busyOwner(1)
      const key = (await owner.post('/api/workspace/invites', { role: 'marketer' })).text('data.key')
      const guest = await muster.register('Guest')
      const inside = clientOf(muster.origin, (await guest.post('/api/invites/accept', { key })).text('data.token'))
      expect((await inside.get('/api/workspace/audit')).status).toBe(403)
      expect((await inside.get('/api/workspace/audit/check')).status).toBe(403)
      expect((await guest.get('/api/workspace/audit')).at('data.entries')).toEqual([])
    })

    it('keeps nothing of what was refused', async () => {
      const { owner } = await busyOwner(1)
      const ownId = (await owner.get('/api/auth/me')).text('data.id')
      expect((await owner.patch(`/api/workspace/members/${ownId}`, { role: 'viewer' })).status).toBe(409)
      expect((await owner.delete('/api/workspace/invites/nothing')).status).toBe(404)
      const id = (await owner.post('/api/campaigns', { name: 'Nobody', rules: everyone })).text('data.id')
      expect((await owner.post(`/api/campaigns/${id}/launch`, { message: 'Hello' })).at('code')).toBe('AUDIENCE_EMPTY')
      expect(await actionsOf(owner)).toEqual(['invite.made'])
    })

    it('numbers what happens at once without gaps', async () => {
      const owner = await muster.register('Owner')
      const made = Array.from({ length: 12 }, () => owner.post('/api/workspace/invites', { role: 'viewer' }))
      expect((await Promise.all(made)).map(({ status }) => status)).toEqual(made.map(() => 201))
      expect(await check(owner)).toMatchObject({ entries: 12, isIntact: true })
    })

    it.each<[string, (knex: Awaited<ReturnType<typeof connect>>['knex'], workspaceId: string) => Promise<unknown>]>([
      ['changed', (knex, id) => knex('audit_entries').where({ workspace_id: id, number: 3 }).update({ details: '{}' })],
      [
        'moved to somebody else',
        (knex, id) => knex('audit_entries').where({ workspace_id: id, number: 3 }).update({ actor_id: 'x' }),
      ],
      ['taken away', (knex, id) => knex('audit_entries').where({ workspace_id: id, number: 3 }).delete()],
    ])('finds the entry that was %s', async (_what, tamper) => {
      const { owner, workspaceId } = await busyOwner(5)
      expect(await check(owner)).toMatchObject({ isIntact: true })
      await inDatabase((knex) => tamper(knex, workspaceId))
      expect(await check(owner)).toMatchObject({ entries: 5, isIntact: false, brokenAt: 3 })
    })

    it('finds that its end was cut off, and a head that was moved', async () => {
      const { owner, workspaceId } = await busyOwner(5)
      await inDatabase((knex) => knex('audit_entries').where({ workspace_id: workspaceId, number: 5 }).delete())
      expect(await check(owner)).toMatchObject({ isIntact: false, brokenAt: 5 })
      await inDatabase((knex) => knex('audit_heads').where({ workspace_id: workspaceId }).update({ entries: 4 }))
      expect(await check(owner)).toMatchObject({ isIntact: false, brokenAt: 4 })
    })
  })
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { completeCampaign, markPaused } from '../../src/campaigns/control-campaign.ts'
import { connect, type Database, disconnect } from '../../src/database/connect.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`news of a run on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    let behind: Database
    beforeAll(async () => {
      muster = await openMuster(database)
      shop = await muster.register()
      behind = await connect(muster.databaseUrl)
      await shop.post('/api/customers', { email: 'one@x.example', name: 'One' })
    })
    afterAll(async () => {
      await muster?.stop()
      if (behind !== undefined) await disconnect(behind)
    })

    it('that has been overtaken by a resume changes nothing: a campaign stands where its run stands', async () => {
      const id = (await shop.post('/api/campaigns', { name: 'Old', rules: { everyone: true } })).text('data.id')
      await shop.post(`/api/campaigns/${id}/launch`, { message: 'Hi', scheduleAt: '2999-01-01T10:00' })
      const workspaceId = (await shop.get('/api/workspaces')).text('data.workspaces.0.id')
      const world = { nowMs: () => Date.now(), after: () => () => {}, random: () => 0, newId: () => 'none' }
      const parts = { knex: behind.knex, world, runs: createRunStore(behind) }
      const statusOf = async () => (await shop.get(`/api/campaigns/${id}`)).text('data.campaign.status')
      await shop.post(`/api/campaigns/${id}/pause`)
      await shop.post(`/api/campaigns/${id}/resume`)
      await markPaused(parts, workspaceId, id)
      await completeCampaign(parts, workspaceId, id)
      expect(await statusOf()).toBe('ACTIVE')
      // What is true is taken over.
      await behind.knex('runs').where({ campaign_id: id }).update({ state: 'PAUSED', pause_reason: 'vendor_auth' })
      await markPaused(parts, workspaceId, id)
      expect(await statusOf()).toBe('PAUSED')
    })
  })
}

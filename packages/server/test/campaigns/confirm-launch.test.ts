import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`large launches on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    beforeAll(async () => {
      muster = await openMuster(database, { LAUNCH_CONFIRM_ABOVE: '2' })
      shop = await muster.register()
      const customers = [1, 2, 3].map((visits) => ({ email: `v${visits}@x.example`, name: 'V', visitCount: visits }))
      await shop.post('/api/customers/bulk', { customers })
    })
    afterAll(() => muster?.stop())

    const create = async (least: number) => {
      const rules = { field: 'visitCount', operator: '>=', value: least }
      return (await shop.post('/api/campaigns', { name: 'Large', rules })).text('data.id')
    }

    it('go out when somebody has seen the preview and said that they mean it', async () => {
      const id = await create(1)
      const launch = (more: object) => shop.post(`/api/campaigns/${id}/launch`, { message: 'Hi', ...more })
      for (const more of [{}, { confirm: true }]) expect((await launch(more)).text('code')).toBe('CONFIRMATION_NEEDED')
      const previewToken = (await shop.post(`/api/campaigns/${id}/preview`)).text('data.previewToken')
      expect((await launch({ previewToken })).text('error')).toContain('3 customers')
      expect((await shop.get(`/api/campaigns/${id}`)).at('data.campaign')).toMatchObject({
        status: 'DRAFT',
        message: null,
      })
      expect((await launch({ previewToken, confirm: true })).at('data')).toMatchObject({ audienceSize: 3 })
    })

    it('are those above the number; others need nothing', async () => {
      const id = await create(2)
      expect((await shop.post(`/api/campaigns/${id}/launch`, { message: 'Hi' })).number('data.audienceSize')).toBe(2)
    })
  })
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const people = 12
const settings = { name: 'Teas', timeZone: 'Asia/Kolkata', currency: 'INR', consentPolicy: 'opt-out' }
const hourMs = 3_600_000

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`when and how often people are written to, on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    beforeAll(async () => {
      muster = await openMuster(database, {
        SIMULATED_VENDOR_SUCCESS_RATE: '1',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '1',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
      })
      shop = await muster.register()
      const customers = Array.from({ length: people }, (_, index) => ({ email: `p${index}@example.org`, name: 'P' }))
      await shop.post('/api/customers/bulk', { customers })
    })
    afterAll(() => muster?.stop())

    const setUp = (more: object) => shop.put('/api/workspace', { ...settings, ...more })
    const draft = async () => (await shop.post('/api/campaigns', { name: 'A', rules: { everyone: true } })).text('id')
    const launch = async (more: object = {}) => {
      const id = await draft()
      const answer = await shop.post(`/api/campaigns/${id}/launch`, { message: 'Hello {name}', ...more })
      expect(answer.status).toBe(200)
      return id
    }
    const look = (id: string) => shop.get(`/api/campaigns/${id}`)
    const over = async (id: string) => {
      await expect
        .poll(async () => (await look(id)).text('data.campaign.status'), { timeout: 20_000 })
        .toBe('COMPLETED')
      return look(id)
    }
    /** The present quarter of an hour and the next three, on the workspace's clock. */
    const anHourOfQuiet = () => {
      const clock = (atMs: number) =>
        new Date(atMs).toLocaleTimeString('en-GB', { timeZone: 'Asia/Kolkata', hour: '2-digit', minute: '2-digit' })
      return { from: clock(Date.now() - hourMs / 4), until: clock(Date.now() + hourMs) }
    }

    it('is shown with the workspace, kept when a client leaves it out, and taken back by null', async () => {
      const manners = { frequencyCap: { messages: 2, days: 7 }, quietHours: { from: '21:00', until: '08:00' } }
      expect((await shop.get('/api/workspace')).at('data')).toMatchObject({ frequencyCap: null, quietHours: null })
      expect((await setUp(manners)).at('data')).toMatchObject(manners)
      expect((await setUp({})).at('data')).toMatchObject(manners)
      expect((await shop.get('/api/workspace')).at('data')).toMatchObject(manners)
      const none = { frequencyCap: null, quietHours: null }
      expect((await setUp(none)).at('data')).toMatchObject(none)
    })

    it.each([
      [{ frequencyCap: { messages: 0, days: 7 } }, '"messages" must be at least 1'],
      [{ frequencyCap: { messages: 3 } }, '"days" is required'],
      [{ frequencyCap: 3 }, '"frequencyCap" must be an object or null'],
      [{ quietHours: { from: '21:00', until: '8:00' } }, '"until" must be a time of day like 21:00'],
      [{ quietHours: { from: '24:00', until: '08:00' } }, '"from" must be a time of day like 21:00'],
      [
        { quietHours: { from: '08:00', until: '08:00' } },
        '"until" of "quietHours" must be another time than "from"; without quiet hours, send null',
      ],
    ])('is refused as %j, in words', async (wrong, words) => {
      const answer = await setUp(wrong)
      expect([answer.status, answer.text('error')]).toEqual([400, words])
    })

    it('waits for the end of the quiet hours, and loses nobody', async () => {
      await setUp({ quietHours: anHourOfQuiet() })
      const id = await launch()
      // Longer than the sending side takes to look twice.
      await expect.poll(async () => (await look(id)).number('data.campaign.deliveryStats.total')).toBe(people)
      const quiet = await look(id)
      expect(quiet.at('data.campaign.deliveryStats')).toMatchObject({ sent: 0, byStatus: { PENDING: people } })
      await setUp({ quietHours: null })
      expect((await over(id)).number('data.campaign.deliveryStats.sent')).toBe(people)
    })

    it('gives nobody more than the cap allows, over all campaigns', async () => {
      await setUp({ frequencyCap: { messages: 2, days: 7 } })
      const second = await over(await launch())
      expect(second.at('data.campaign.deliveryStats')).toMatchObject({ sent: people })
      const third = await over(await launch())
      expect(third.at('data.campaign.deliveryStats')).toMatchObject({ sent: 0, byStatus: { SKIPPED: people } })
      expect(third.at('data.campaign.failures')).toEqual([{ code: 'FREQUENCY_CAP', count: people }])
      expect(third.list('data.campaign.communicationLogs')[0]).toMatchObject({
        status: 'SKIPPED',
        errorCode: 'FREQUENCY_CAP',
        errorMessage: 'This person has had as many messages lately as the workspace allows',
      })
      await setUp({ frequencyCap: null })
    })

    it('sends nothing after the end that a launch names, and says why', async () => {
      await setUp({ quietHours: anHourOfQuiet() })
      const expiresAt = new Date(Date.now() + 1_000).toISOString()
      const id = await launch({ expiresAt })
      expect((await look(id)).text('data.campaign.expiresAt')).toBe(expiresAt)
      const done = await over(id)
      expect(done.at('data.campaign.deliveryStats')).toMatchObject({ sent: 0, byStatus: { SKIPPED: people } })
      expect(done.list('data.campaign.communicationLogs')[0]).toMatchObject({
        status: 'SKIPPED',
        errorCode: 'WINDOW_CLOSED',
        errorMessage: 'The time in which this campaign was to be sent was over',
      })
      const again = await shop.post(`/api/campaigns/${id}/retry-failed`)
      expect([again.status, again.text('error')]).toEqual([
        409,
        'The time in which this campaign was to be sent is over',
      ])
      await setUp({ quietHours: null })
    })

    it.each([
      [{ expiresAt: '2020-01-01T10:00' }, 'The time to end at has passed'],
      [
        { scheduleAt: '2999-01-02T10:00', expiresAt: '2999-01-02T10:00' },
        'The time to end at must be after the time to start at',
      ],
      [{ expiresAt: 'soon' }, '"expiresAt" must be a date and time such as 2026-03-15T09:30'],
    ])('refuses to launch with %j', async (when, words) => {
      const answer = await shop.post(`/api/campaigns/${await draft()}/launch`, { message: 'Hello', ...when })
      expect([answer.status, answer.text('error')]).toEqual([400, words])
    })

    it('reads an end without a zone on the workspace’s clock', async () => {
      const id = await draft()
      const when = { scheduleAt: '2999-01-02T10:00', expiresAt: '2999-01-02T12:00' }
      const answer = await shop.post(`/api/campaigns/${id}/launch`, { message: 'Hello', ...when })
      expect(answer.at('data')).toMatchObject({
        scheduledAt: '2999-01-02T04:30:00.000Z',
        expiresAt: '2999-01-02T06:30:00.000Z',
      })
      await shop.post(`/api/campaigns/${id}/cancel`)
    })
  })
}

import { afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'
import { type StreamEvent, type Watching, watchCampaign } from './watch-campaign.ts'

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`live progress on ${database.title}`, () => {
    const open: OpenMuster[] = []
    afterEach(async () => {
      for (const muster of open.splice(0)) await muster.stop()
    })

    /** A shop of people; the vendor takes this many a second. */
    async function start(people: number, ratePerSecond: number, more: Readonly<Record<string, string>> = {}) {
      const muster = await openMuster(database, {
        VENDOR_RATE_PER_SECOND: String(ratePerSecond),
        VENDOR_CONCURRENCY: '4',
        SIMULATED_VENDOR_SUCCESS_RATE: '0.8',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '1',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
        ...more,
      })
      open.push(muster)
      const shop = await muster.register()
      const customers = Array.from({ length: people }, (_, index) => ({
        email: `watched${index}@example.org`,
        name: `Watched ${index}`,
      }))
      await shop.post('/api/customers/bulk', { customers })
      const id = (await shop.post('/api/campaigns', { name: 'Watched', rules: { everyone: true } })).text('data.id')
      const watch = (more: Readonly<Record<string, string>> = { authorization: `Bearer ${shop.token}` }) =>
        watchCampaign(`${muster.origin}/api/campaigns/${id}/events`, more)
      return {
        muster,
        shop,
        id,
        watch,
        launch: () => shop.post(`/api/campaigns/${id}/launch`, { message: 'Hi {name}' }),
      }
    }

    it('tells the ledger’s numbers, balanced in every event, from the launch to the end', async () => {
      const { id, shop, watch, launch } = await start(60, 25)
      const watching = await watch()
      expect(watching.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      expect(watching.headers.get('cache-control')).toBe('no-store')
      const [draft] = await watching.until('progress')
      expect(draft?.data).toMatchObject({ status: 'DRAFT', total: 0 })
      await launch()
      const events = await watching.toTheEnd()
      const progress = events.filter(({ name }) => name === 'progress')
      // Two seconds of sending, and a look every second.
      expect(progress.length).toBeGreaterThan(3)
      for (const { data } of progress) expect(sumOf(data)).toBe(data['total'])
      expect(progress.map(({ data }) => Number(data['sent']))).toEqual(
        progress.map(({ data }) => Number(data['sent'])).sort((one, other) => one - other),
      )
      const numbers = events.map(({ id: text }) => Number.parseInt(text, 10))
      expect(numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))).toBe(true)
      expect(events.at(-1)).toMatchObject({ name: 'completed', data: { status: 'COMPLETED', total: 60, finished: 60 } })
      const stats = (await shop.get(`/api/campaigns/${id}`)).at('data.campaign.deliveryStats')
      expect(Object(stats).sent).toBe(events.at(-1)?.data['sent'])
      expect(watching.text()).not.toMatch(/@|Watched \d/)
    })

    it('goes on for whoever comes back, at once and with what holds now, and ends for whoever has heard all', async () => {
      const { watch, launch, shop, id } = await start(40, 20)
      await launch()
      const first = await watch()
      const [heard] = await first.until('progress')
      await first.leave()
      const bearer = { authorization: `Bearer ${shop.token}` }
      const again = await watch({ ...bearer, 'last-event-id': heard?.id ?? '' })
      const [next] = await again.until('progress')
      expect(Number(next?.id)).toBeGreaterThan(Number(heard?.id))
      expect(Number(next?.data['sent'])).toBeGreaterThanOrEqual(Number(heard?.data['sent']))
      const events = await again.toTheEnd()
      const last = events.at(-1)
      expect(last?.name).toBe('completed')
      expect((await watch({ ...bearer, 'last-event-id': last?.id ?? '' })).status).toBe(204)
      // Whoever has not heard the end is told it.
      const late = await (await watch({ ...bearer, 'last-event-id': next?.id ?? '' })).toTheEnd()
      expect(late.map(({ name }) => name)).toEqual(['progress', 'completed'])
      // And where it goes on, so does the stream.
      if ((await shop.post(`/api/campaigns/${id}/retry-failed`)).status === 200) {
        const resumed = await watch({ ...bearer, 'last-event-id': last?.id ?? '' })
        expect(resumed.status).toBe(200)
        await resumed.leave()
      }
    })

    it('goes on behind the last sending until the last receipt is in', async () => {
      const late = { SIMULATED_VENDOR_LATE_RATE: '1', SIMULATED_VENDOR_LATE_BY_MS: '3000' }
      const { watch, launch } = await start(10, 1_000, late)
      await launch()
      const events = await (await watch()).toTheEnd()
      const waiting = events.filter(({ data }) => data['status'] === 'COMPLETED' && sentIn(data) > 0)
      expect(waiting.map(({ name }) => name)).toContain('progress')
      expect(waiting.map(({ name }) => name)).not.toContain('completed')
      expect(events.at(-1)?.name).toBe('completed')
      expect(sentIn(events.at(-1)?.data ?? {})).toBe(0)
    })

    it('ends with a cancelled campaign when everybody is accounted for', async () => {
      const { watch, launch, shop, id } = await start(40, 5)
      await launch()
      const watching = await watch()
      await watching.until('progress')
      await shop.post(`/api/campaigns/${id}/cancel`)
      const events = await watching.toTheEnd()
      expect(events.at(-1)).toMatchObject({ name: 'cancelled', data: { finished: 40, byStatus: { PENDING: 0 } } })
    })

    it('works with the cookie, ends with the session, and is closed to strangers', async () => {
      const { muster, watch, shop } = await start(1, 5)
      const watching = await watch({ cookie: `auth_token=${shop.token}` })
      expect(watching.status).toBe(200)
      await watching.until('progress')
      const began = performance.now()
      await shop.post('/api/auth/logout')
      await watching.toTheEnd()
      expect(performance.now() - began).toBeLessThan(8_000)
      expect((await watch()).status).toBe(401)
      const stranger = await muster.register()
      expect((await watch({ authorization: `Bearer ${stranger.token}` })).status).toBe(404)
    })

    it('does not hold up the end of the program', async () => {
      const { muster, watch } = await start(1, 5)
      const watching = await watch()
      await watching.until('progress')
      open.splice(open.indexOf(muster), 1)
      const began = performance.now()
      const [events] = await Promise.all([watching.toTheEnd(), muster.stop()])
      expect(performance.now() - began).toBeLessThan(8_000)
      expect(events.map(({ name }) => name)).toEqual(['progress'])
    })

    it('is bounded for each workspace', async () => {
      const { watch, shop, id } = await start(1, 5)
      const all = await Promise.all(Array.from({ length: 100 }, () => watch()))
      expect(all.every(({ status }) => status === 200)).toBe(true)
      const refused = await shop.get(`/api/campaigns/${id}/events`)
      expect([refused.status, refused.text('code')]).toEqual([429, 'TOO_MANY_LISTENERS'])
      await all[0]?.leave()
      await expect.poll(async () => statusAndLeave(await watch())).toBe(200)
      for (const each of all) await each.leave()
    })
  })
}

/** Messages whose receipt has not come. */
function sentIn({ byStatus }: StreamEvent['data']): number {
  return Number(Object(byStatus).SENT ?? 0)
}

function sumOf({ byStatus }: StreamEvent['data']): number {
  return Object.values(Object(byStatus)).reduce<number>((sum, count) => sum + Number(count), 0)
}

async function statusAndLeave(watching: Watching): Promise<number> {
  await watching.leave()
  return watching.status
}

import { describe, expect, it } from 'vitest'
import { startMuster } from '../../../../examples/src/muster-process.ts'
import { testDatabases } from '../../../../testing/databases.ts'
import { isAtRest, openShop, sendingTo, tally } from './campaign-story.ts'
import { startOutsideVendor } from './outside-vendor.ts'

/** Two server processes on one database, as one has them behind a load balancer. */

const people = 240
const twoLeasesMs = 3_000

const isLong = process.env['MUSTER_LONG'] === '1'

for (const database of testDatabases(isLong ? ['mariadb', 'mysql'] : ['mariadb'])) {
  describe.skipIf(database.missing)(`two servers on one database, on ${database.title}`, () => {
    it('send a campaign together: each message once, and no faster than one alone may', async () => {
      const ratePerSecond = 60
      const { vendor, servers, close } = await startTwo({ VENDOR_RATE_PER_SECOND: String(ratePerSecond) })
      try {
        const shop = await openShop(servers[0].apiUrl, people)
        const id = await shop.draft()
        await Promise.all([shop.launch(id), shop.launch(id)])
        await shop.until(id, isAtRest)
        expect(tally(vendor.effects().values())).toEqual({ 1: people })
        expect(vendor.requests()).toHaveLength(people)
        // No start is later than its plan allows; they arrive a little later, not all equally where the machine is busy.
        const arrivedAtMs = vendor.requests().map(({ atMs }) => atMs)
        expect(mostWithin(arrivedAtMs, 1_000)).toBeLessThanOrEqual(ratePerSecond * 1.1)
      } finally {
        await close()
      }
    })

    it('one takes over when the other is held still, and the other wakes up to no harm', async () => {
      const { vendor, servers, close } = await startTwo({ VENDOR_RATE_PER_SECOND: '200' })
      const [, sleeper] = servers
      try {
        const shop = await openShop(servers[0].apiUrl, people)
        const isStopped = new Promise<number>((resolve) =>
          vendor.when('asked', 60, () => {
            sleeper.process().kill('SIGSTOP')
            resolve(performance.now())
          }),
        )
        const id = await shop.draft()
        await shop.launch(id)
        const stoppedAtMs = await isStopped
        vendor.reportTo([servers[0].apiUrl])
        await expect
          .poll(() => performance.now() - stoppedAtMs, { timeout: 10_000, interval: 50 })
          .toBeGreaterThan(twoLeasesMs)
        sleeper.process().kill('SIGCONT')
        const { deliveryStats } = await shop.until(id, isAtRest)
        expect(deliveryStats.byStatus['DELIVERED']).toBe(people)
        expect(tally(vendor.effects().values())).toEqual({ 1: people })
      } finally {
        sleeper.process().kill('SIGCONT')
        await close()
      }
    })

    async function startTwo(settings: Readonly<Record<string, string>>) {
      const opened = await database.open()
      const vendor = await startOutsideVendor()
      const all = { ...sendingTo(vendor), ...settings, DATABASE_URL: opened.url }
      const servers = [await startMuster(all), await startMuster(all)] as const
      vendor.reportTo(servers.map(({ apiUrl }) => apiUrl))
      return {
        opened,
        vendor,
        servers,
        close: async () => {
          await Promise.all(servers.map((server) => server.stop()))
          await vendor.close()
          await opened.close()
        },
      }
    }
  })
}

/** The most instants in any window of this length, wherever it is laid. */
function mostWithin(instantsMs: readonly number[], windowMs: number): number {
  return Math.max(
    ...instantsMs.map((from) => instantsMs.filter((other) => other >= from && other < from + windowMs).length),
  )
}

import { describe, expect, it } from 'vitest'
import { startMuster } from '../../../../examples/src/muster-process.ts'
import { testDatabases } from '../../../../testing/databases.ts'
import { openShop, sendingTo, tally } from './campaign-story.ts'
import { type Moment, startOutsideVendor } from './outside-vendor.ts'

/** A vendor that knows no idempotency keys and sends no receipts: what is not certain stays so, and is shown. */

const people = 200
const concurrency = 16
const isLong = process.env['MUSTER_LONG'] === '1'
const deaths: readonly (readonly [Moment, number])[] = [
  ['asked', 30],
  ['done', 70],
  ['answered', 40],
]

for (const database of testDatabases(isLong ? ['sqlite', 'mariadb', 'mysql'] : ['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`a vendor without keys, on ${database.title}`, () => {
    it('gets no message twice, however often the server dies; what nobody can know is unconfirmed', async () => {
      const opened = await database.open()
      const vendor = await startOutsideVendor({ knowsKeys: false, sendsReceipts: false, latencyMs: 40 })
      const server = await startMuster({
        ...sendingTo(vendor),
        VENDOR_CONCURRENCY: String(concurrency),
        // Longer than usual, so that only a death makes a doubt and no slow moment of the machine does.
        VENDOR_TIMEOUT_MS: '3000',
        VENDOR_KEY_HOURS: '0',
        VENDOR_DOUBT_DEADLINE_MS: '1500',
        DATABASE_URL: opened.url,
      })
      try {
        const shop = await openShop(server.apiUrl, people)
        const id = await shop.draft()
        for (const [moment, nth] of deaths) {
          const isDead = new Promise<void>((resolve) => vendor.when(moment, nth, resolve)).then(() => server.kill())
          await shop.launch(id).catch(() => {})
          await isDead
          await server.restart()
        }
        const { deliveryStats, failures } = await shop.until(id, ({ status }) => status === 'COMPLETED')
        const unconfirmed = people - deliveryStats.sent
        expect(failures).toEqual([{ code: 'DOUBT_OVERDUE', count: unconfirmed }])
        expect(unconfirmed).toBeGreaterThan(0)
        expect(unconfirmed).toBeLessThanOrEqual(deaths.length * concurrency)
        expect(vendor.requests().length).toBe(vendor.effects().size)
        expect(tally(vendor.effects().values())).toEqual({ 1: vendor.effects().size })
        expect(vendor.effects().size).toBeGreaterThanOrEqual(deliveryStats.sent)
      } finally {
        await server.stop()
        await vendor.close()
        await opened.close()
      }
    })
  })
}

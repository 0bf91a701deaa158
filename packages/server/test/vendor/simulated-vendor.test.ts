import type { Clock } from '@muster/delivery-core'
import { createManualClock } from '@muster/delivery-core/testing'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createSimulatedVendor } from '../../src/vendor/simulated-vendor.ts'
import { calmVendor, type SimulatedVendorSettings } from '../../src/vendor/simulated-vendor-settings.ts'
import { createSimulatedVendorStore } from '../../src/vendor/simulated-vendor-store.ts'
import { drawConduct } from '../../src/vendor/vendor-conduct.ts'
import type { OwedReceipt } from '../../src/vendor/vendor-words.ts'
import { openMigrated } from '../deliveries/open-database-store.ts'
import { realClock } from '../deliveries/real-clock.ts'

const request = { idempotencyKey: 'key', messageId: 'm', customerId: 'c', message: 'Hello' }

async function onDatabase(
  work: (
    create: (
      settings?: Partial<SimulatedVendorSettings>,
      clock?: Clock,
      isDown?: () => boolean,
    ) => ReturnType<typeof createSimulatedVendor>,
    posted: OwedReceipt[],
    count: () => Promise<unknown>,
  ) => Promise<void>,
) {
  const opened = await openMigrated(testDatabases(['sqlite'])[0]!)
  const posted: OwedReceipt[] = []
  try {
    await work(
      (settings = {}, clock = realClock, isDown = () => false) =>
        createSimulatedVendor(
          createSimulatedVendorStore(opened),
          { ...calmVendor, ...settings },
          clock,
          async (receipt) => {
            if (isDown()) return false
            posted.push(receipt)
            return true
          },
          () => {},
        ),
      posted,
      () => opened.knex('simulated_vendor_messages').select('requests', 'deliveries'),
    )
  } finally {
    await opened.close()
  }
}

describe('the simulated vendor', () => {
  it('delivers a message once, however often its key comes, and also after its process died', () =>
    onDatabase(async (create, _posted, count) => {
      const first = await create().accept(request)
      const again = await create().accept(request)
      expect(again).toEqual(first)
      expect(await count()).toEqual([{ requests: 2, deliveries: 1 }])
    }))

  it('refuses a key that comes with another text', () =>
    onDatabase(async (create) => {
      const vendor = create()
      await vendor.accept(request)
      expect(await vendor.accept({ ...request, message: 'Other' })).toEqual({ kind: 'key-mismatch' })
    }))

  it('counts every delivery when it does not know keys', () =>
    onDatabase(async (create, _posted, count) => {
      const vendor = create({ knowsKeys: false })
      await vendor.accept(request)
      await vendor.accept(request)
      expect(await count()).toEqual([{ requests: 2, deliveries: 2 }])
    }))

  it('recognises a key that took effect though the answer was lost', () =>
    onDatabase(async (create, _posted, count) => {
      expect(await create({ silentAfterRate: 1 }).accept(request)).toEqual({ kind: 'silence' })
      expect(await create({ silentAfterRate: 1 }).accept(request)).toMatchObject({ kind: 'accepted' })
      expect(await count()).toEqual([{ requests: 2, deliveries: 1 }])
    }))

  it('does not deliver what it says it was too busy for', () =>
    onDatabase(async (create, _posted, count) => {
      expect(await create({ throttleRate: 1, retryAfterSeconds: 3 }).accept(request)).toEqual({
        kind: 'throttled',
        retryAfterSeconds: 3,
      })
      expect(await count()).toEqual([{ requests: 1, deliveries: 0 }])
    }))

  it('sends one receipt between half a second and two and a half', () =>
    onDatabase(async (create, posted) => {
      const clock = createManualClock()
      const vendor = create({}, clock)
      const taken = vendor.accept(request)
      await clock.advance(0)
      await taken
      vendor.start()
      await clock.advance(499)
      expect(posted).toEqual([])
      await clock.advance(2_200)
      expect(posted).toHaveLength(1)
      expect(posted[0]).toMatchObject({ messageId: 'm' })
      await clock.advance(60_000)
      expect(posted).toHaveLength(1)
    }))

  it('still sends the receipts that an earlier life of its process owed, and tries again while nobody takes them', () =>
    onDatabase(async (create, posted) => {
      await create().accept(request)
      let isDown = true
      const clock = createManualClock(Date.now() + 10_000)
      const vendor = create({}, clock, () => isDown)
      vendor.start()
      await clock.advance(1_000)
      expect(posted).toEqual([])
      isDown = false
      await clock.advance(60_000)
      expect(posted).toHaveLength(1)
    }))

  it('does the same to the same message for the same seed, and about what it was told', () => {
    const draw = (seed: number, key: string) => drawConduct({ idempotencyKey: key }, 0, { ...calmVendor, seed }, 0)
    expect(draw(1, 'a')).toEqual(draw(1, 'a'))
    const delivered = (seed: number) =>
      Array.from({ length: 2_000 }, (_, index) => draw(seed, `k${index}`)).filter(
        ({ receipts }) => receipts[0]?.status === 'DELIVERED',
      ).length
    expect(delivered(1)).toBeGreaterThan(1_750)
    expect(delivered(1)).toBeLessThan(1_850)
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'))
  })
})

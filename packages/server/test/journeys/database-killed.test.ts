import { describe, expect, it } from 'vitest'
import { startMuster } from '../../../../examples/src/muster-process.ts'
import { isAtRest, openShop, sendingTo, tally } from './campaign-story.ts'
import { startOutsideVendor } from './outside-vendor.ts'
import { findMariadb, startPrivateMariadb } from './private-mariadb.ts'

/** The database server dies in the middle of a campaign and comes back; Muster itself goes on living. */

const people = 200
const deaths = process.env['MUSTER_LONG'] === '1' ? 10 : 2
const mariadb = findMariadb()
const missing = mariadb === null ? ' (skipped: no mariadbd and mariadb-install-db to start a server of its own)' : ''

describe.skipIf(mariadb === null)(`a database server that is killed${missing}`, () => {
  it(`fault 29: loses nobody and doubles nobody (${deaths} times)`, async () => {
    if (mariadb === null) return
    const database = await startPrivateMariadb(mariadb)
    const vendor = await startOutsideVendor({ latencyMs: 40 })
    const server = await startMuster({ ...sendingTo(vendor), DATABASE_URL: database.url })
    try {
      vendor.reportTo([server.apiUrl])
      const shop = await openShop(server.apiUrl, people)
      for (let death = 1; death <= deaths; death++) {
        vendor.turnPage()
        const isDead = new Promise<void>((resolve) =>
          vendor.when(death % 2 === 0 ? 'reported' : 'asked', 30 + ((death * 37) % 120), resolve),
        ).then(() => database.kill())
        const id = await shop.draft()
        await shop.launch(id)
        await isDead
        const { status } = await fetch(new URL('/health', server.apiUrl))
        expect(status).toBe(503)
        await database.restart()
        const { deliveryStats } = await shop.until(id, isAtRest)
        expect(deliveryStats.byStatus['DELIVERED']).toBe(people)
        expect(tally(vendor.effects().values())).toEqual({ 1: people })
      }
    } finally {
      await server.stop()
      await vendor.close()
      await database.close()
    }
  })
})

import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MusterProcess, startMuster } from '../../../../examples/src/muster-process.ts'
import { type OpenedDatabase, testDatabases } from '../../../../testing/databases.ts'
import { isAtRest, openShop, type Shop, sendingTo, tally } from './campaign-story.ts'
import { type Moment, type OutsideVendor, startOutsideVendor } from './outside-vendor.ts'

/**
 * A real server that is interrupted while it sends to a vendor in another process. Each story is a campaign of its own
 * to the same people. `MUSTER_LONG=1` dies at every point, three times, on every database.
 */

const people = 200
const concurrency = 16
const twoLeasesMs = 3_000
const isLong = process.env['MUSTER_LONG'] === '1'

interface Point {
  readonly moment: Moment
  readonly nth: number
}

const moments: readonly Moment[] = ['asked', 'done', 'answered', 'reporting', 'reported']
const everyPoint: readonly Point[] = [1, 17, 90, 150, 197].flatMap((nth) => moments.map((moment) => ({ moment, nth })))

/** A few points meet each moment, early and late. */
function pointsOn(database: string): readonly Point[] {
  if (isLong) return database === 'mysql' ? everyPoint : [...everyPoint, ...everyPoint, ...everyPoint]
  return everyPoint.filter((_, index) => index % (database === 'sqlite' ? 4 : 8) === 0)
}

for (const database of testDatabases(isLong ? ['sqlite', 'mariadb', 'mysql'] : ['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`a server that is interrupted, on ${database.title}`, () => {
    let opened: OpenedDatabase
    let vendor: OutsideVendor
    let server: MusterProcess
    let shop: Shop

    beforeAll(async () => {
      opened = await database.open()
      vendor = await startOutsideVendor({ latencyMs: 40 })
      const settings = { ...sendingTo(vendor), VENDOR_CONCURRENCY: String(concurrency), DATABASE_URL: opened.url }
      server = await startMuster(settings)
      vendor.reportTo([server.apiUrl])
      shop = await openShop(server.apiUrl, people)
    })
    beforeEach(() => vendor.turnPage())
    afterAll(async () => {
      await server.stop()
      await vendor.close()
      await opened.close()
    })

    const seen = (moment: Moment, nth: number) => new Promise<void>((resolve) => vendor.when(moment, nth, resolve))
    const expectEverybodyOnce = async (id: string) => {
      const { deliveryStats } = await shop.until(id, isAtRest)
      expect(deliveryStats.byStatus).toMatchObject({ DELIVERED: people, PENDING: 0, FAILED: 0 })
      expect(tally(vendor.effects().values())).toEqual({ 1: people })
    }

    const points = pointsOn(database.name)
    for (const [index, { moment, nth }] of points.entries()) {
      it(`killed when ${nth} were ${moment} (${index + 1} of ${points.length}): everybody is reached once`, async () => {
        const isDead = seen(moment, nth).then(() => server.kill())
        const id = await shop.draft()
        await shop.launch(id).catch(() => {})
        await isDead
        await server.restart()
        // Whoever did not hear the answer launches again; it must be the same launch.
        await shop.launch(id)
        await expectEverybodyOnce(id)
      })
    }

    it('held still for two leases: goes on when it wakes, and sends nothing twice', async () => {
      let stoppedAtMs = 0
      vendor.when('asked', 60, () => {
        server.process().kill('SIGSTOP')
        stoppedAtMs = performance.now()
      })
      const id = await shop.draft()
      const launching = shop.launch(id)
      await expect
        .poll(() => stoppedAtMs > 0 && performance.now() - stoppedAtMs > twoLeasesMs, { timeout: 20_000 })
        .toBe(true)
      expect(vendor.effects().size).toBeLessThan(people)
      server.process().kill('SIGCONT')
      await launching
      await expectEverybodyOnce(id)
    })

    it('asked to end: finishes what is on its way, and leaves nothing in doubt', async () => {
      const isAsked = seen('asked', 60)
      const id = await shop.draft()
      await shop.launch(id)
      await isAsked
      const ending = once(server.process(), 'exit')
      server.process().kill('SIGTERM')
      expect(await ending).toEqual([0, null])
      const reached = vendor.effects().size
      expect(vendor.inFlight()).toBe(0)
      expect(await booksOf(id)).toEqual({ ACCEPTED: reached, waiting: people - reached })
      await server.restart()
      await expectEverybodyOnce(id)
      expect(vendor.requests()).toHaveLength(people)
    })

    it('paused and cancelled: after the answer only what was on its way arrives', async () => {
      const ask = async (id: string, control: 'pause' | 'cancel', afterRequests: number) => {
        await seen('asked', afterRequests)
        const askedAtMs = performance.now()
        await shop.api.post(`/campaigns/${id}/${control}`)
        const tookMs = performance.now() - askedAtMs
        const arrivedBefore = vendor.requests().length
        await expect.poll(() => booksOf(id)).not.toHaveProperty('on the way')
        expect(vendor.requests().length - arrivedBefore).toBeLessThanOrEqual(concurrency)
        expect(tookMs).toBeLessThan(1_000)
      }
      const id = await shop.draft()
      await shop.launch(id)
      for (const afterRequests of [20, 40]) {
        await ask(id, 'pause', afterRequests)
        await shop.api.post(`/campaigns/${id}/resume`)
      }
      await ask(id, 'cancel', 30)
      const arrived = vendor.requests().length
      expect(arrived).toBeLessThan(people)
      const campaign = await shop.until(id, ({ deliveryStats: { byStatus } }) => {
        return byStatus['PENDING'] === 0 && byStatus['SENT'] === 0
      })
      expect(campaign.status).toBe('CANCELLED')
      expect(campaign.deliveryStats.byStatus).toMatchObject({ DELIVERED: arrived, CANCELLED: people - arrived })
      expect(vendor.requests()).toHaveLength(arrived)
      expect(tally(vendor.effects().values())).toEqual({ 1: arrived })
    })

    it('never had more requests on the way than it may', () => {
      expect(vendor.mostInFlight()).toBeLessThanOrEqual(concurrency)
    })

    /** How many messages of a campaign stand where; those that have only to be sent are together. */
    async function booksOf(campaignId: string): Promise<Readonly<Record<string, number>>> {
      const rows = await opened.knex('messages').where('campaign_id', campaignId).pluck<string[]>('dispatch')
      const books: Record<string, number> = {}
      for (const dispatch of rows) {
        const place = places[dispatch] ?? dispatch
        books[place] = (books[place] ?? 0) + 1
      }
      return books
    }
  })
}

const places: Readonly<Record<string, string>> = {
  PENDING: 'waiting',
  RETRY_WAIT: 'waiting',
  LEASED: 'on the way',
  SENDING: 'on the way',
}

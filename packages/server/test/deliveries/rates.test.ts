import { defaultPolicy, type Rate } from '@muster/delivery-core'
import { createSeededRandom } from '@muster/delivery-core/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createMessageStore } from '../../src/deliveries/message-store.ts'
import { roomIn, type Slot, slotMsOf, waitMsIn } from '../../src/deliveries/rate-windows.ts'
import { createRatesStore } from '../../src/deliveries/rates-store.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { addCustomers, openMigrated, workspaceId } from './open-database-store.ts'

/** How many of these instants lie in the fullest window of this length, wherever it is laid. */
function fullest(startsMs: readonly number[], windowMs: number): number {
  let most = 0
  let first = 0
  startsMs.forEach((at, index) => {
    while (startsMs[first]! <= at - windowMs) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}

describe('a window of starts', () => {
  it('never holds more than its limit, wherever it is laid', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(100, 1_000, 60_000),
        fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 20 })), { maxLength: 60 }),
        (starts, windowMs, wishes) => {
          const rate: Rate = { starts, windowMs }
          const slots = new Map<number, Slot>()
          const startsMs: number[] = []
          let nowMs = 1_000_000
          for (const [passMs, wanted] of wishes) {
            nowMs += passMs
            const granted = Math.min(wanted, roomIn(rate, [...slots.values()], nowMs))
            const slot = Math.floor(nowMs / slotMsOf(rate))
            slots.set(slot, { slot, starts: (slots.get(slot)?.starts ?? 0) + granted })
            for (let index = 0; index < granted; index++) startsMs.push(nowMs)
          }
          expect(fullest(startsMs, windowMs)).toBeLessThanOrEqual(starts)
        },
      ),
    ))

  it('is used to 95 percent by somebody who always wants more and waits as told', () => {
    for (const rate of [
      { starts: 100, windowMs: 1_000 },
      { starts: 7, windowMs: 1_000 },
      { starts: 1_000, windowMs: 60_000 },
    ]) {
      const slots = new Map<number, Slot>()
      let [nowMs, total] = [1_000_000, 0]
      const untilMs = nowMs + 100 * rate.windowMs
      while (nowMs < untilMs) {
        const granted = roomIn(rate, [...slots.values()], nowMs)
        const slot = Math.floor(nowMs / slotMsOf(rate))
        slots.set(slot, { slot, starts: (slots.get(slot)?.starts ?? 0) + granted })
        total += granted
        nowMs += Math.max(1, waitMsIn(rate, [...slots.values()], nowMs))
      }
      expect(total).toBeGreaterThanOrEqual(0.95 * 100 * rate.starts)
    }
  })
})

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the rates of an account on ${database.title}`, () => {
    it('hold for all workers together, in every window, and change at once', async () => {
      const opened = await openMigrated(database)
      closers.push(opened.close)
      await addCustomers(
        opened.knex,
        'c',
        Array.from({ length: 400 }, (_, index) => `p${index}@example.com`),
      )
      let nowMs = Date.UTC(2026, 0, 1)
      await opened.knex.transaction((transaction) =>
        createRunStore(opened).launch(transaction, {
          runId: 'run',
          workspaceId,
          campaignId: 'campaign',
          campaignName: 'Spring',
          launchKey: 'campaign',
          template: 'Hi',
          currency: 'USD',
          audience: opened.knex('customers').select({ customer_id: 'id', address: 'email_folded' }),
          nowMs,
          startAtMs: null,
        }),
      )
      const rates = createRatesStore(opened.knex)
      await rates.set(
        'default',
        [
          { starts: 20, windowMs: 1_000 },
          { starts: 50, windowMs: 5_000 },
        ],
        nowMs,
      )
      const workers = [1, 2].map(() => createMessageStore(opened, defaultPolicy, async () => nowMs))
      const random = createSeededRandom(5)
      const startsMs: number[] = []
      const passSecond = async () => {
        for (let tenth = 0; tenth < 10; tenth++) {
          nowMs += 100
          const taken = await Promise.all(
            workers.map(async (store) => {
              const claimed = await store.claim({ limit: 1 + Math.floor(random() * 12), leaseMs: 30_000 })
              const intents = claimed.map(({ messageId, token, epoch }) => ({ messageId, token, epoch, body: 'Hi' }))
              return store.begin(intents, 30_000)
            }),
          )
          for (const { kind } of taken.flat()) if (kind === 'permitted') startsMs.push(nowMs)
        }
      }
      for (let second = 0; second < 12; second++) await passSecond()
      expect(fullest(startsMs, 1_000)).toBeLessThanOrEqual(20)
      expect(fullest(startsMs, 5_000)).toBeLessThanOrEqual(50)
      expect(startsMs.length).toBeGreaterThanOrEqual(110)
      await rates.set('default', [], nowMs)
      await passSecond()
      const before = startsMs.length
      await passSecond()
      expect(startsMs.length - before).toBeGreaterThan(40)
      expect(await rates.of('default')).toEqual([])
    })
  })
}

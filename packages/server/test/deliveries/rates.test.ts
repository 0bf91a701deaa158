import type { Rate } from '@muster/delivery-core'
import { createSeededRandom } from '@muster/delivery-core/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { planAheadMs, planStarts, startsLeft, toleranceMsOf } from '../../src/deliveries/plan-starts.ts'
import { roomIn, type Slot, slotMsOf, waitMsIn } from '../../src/deliveries/rate-windows.ts'
import { createRatesStore } from '../../src/deliveries/rates-store.ts'
import { createStartPlan } from '../../src/deliveries/start-plan.ts'
import { openMigrated } from './open-database-store.ts'

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

describe('a pace of starts', () => {
  const rates = fc.record({
    starts: fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 9_000, max: 12_000 })),
    windowMs: fc.constantFrom(250, 1_000, 60_000),
  })

  it('keeps the limit in every window, however late within the tolerance each call starts', () =>
    fc.assert(
      fc.property(
        rates,
        fc.array(fc.tuple(fc.nat(1_500), fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 40 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (rate, wishes, chance) => {
          let [nowMs, freeFromMs] = [1_000_000, 0]
          const startsMs: number[] = []
          for (const [passMs, wanted] of wishes) {
            nowMs += passMs
            const left = startsLeft(rate, freeFromMs, nowMs, planAheadMs)
            const plan = planStarts(rate, freeFromMs, nowMs, wanted)
            expect(plan.startsMs).toHaveLength(Math.min(wanted, left))
            freeFromMs = plan.freeFromMs
            for (const atMs of plan.startsMs) {
              expect(atMs).toBeGreaterThanOrEqual(nowMs)
              expect(atMs).toBeLessThanOrEqual(nowMs + planAheadMs)
              startsMs.push(Math.ceil(atMs) + Math.floor(chance.next().value * (toleranceMsOf(rate) + 1)))
            }
          }
          expect(
            fullest(
              startsMs.sort((one, other) => one - other),
              rate.windowMs,
            ),
          ).toBeLessThanOrEqual(rate.starts)
        },
      ),
    ))

  it('is used to 95 percent by whoever asks before it has run dry', () =>
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 400 }), (rate, everyMs) => {
        // Where there is plenty, a fifth is given up on purpose.
        fc.pre(rate.windowMs >= 1_000 && toleranceMsOf(rate) <= rate.windowMs / 30)
        let [nowMs, freeFromMs, total] = [1_000_000, 0, 0]
        const untilMs = nowMs + 100 * rate.windowMs
        for (; nowMs < untilMs; nowMs += everyMs) {
          const plan = planStarts(rate, freeFromMs, nowMs, 10_000)
          freeFromMs = plan.freeFromMs
          total += plan.startsMs.length
        }
        expect(total).toBeGreaterThanOrEqual(Math.floor(0.95 * 100 * rate.starts))
      }),
      { numRuns: 30 },
    ))

  it('goes on at once at a new rate, and when the clock was set back', () => {
    const slow = planStarts({ starts: 1, windowMs: 60_000 }, 0, 1_000_000, 1)
    const fast = planStarts({ starts: 100, windowMs: 1_000 }, slow.freeFromMs, 1_000_100, 1)
    expect(fast).toMatchObject({ startsMs: [], waitMs: expect.closeTo(10, 0) })
    expect(planStarts({ starts: 100, windowMs: 1_000 }, 5_000_000, 1_000_100, 1).waitMs).toBeLessThan(20)
  })
})

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
      let nowMs = Date.UTC(2026, 0, 1)
      const rates = createRatesStore(opened.knex)
      await rates.set(
        'default',
        [
          { starts: 20, windowMs: 1_000 },
          { starts: 50, windowMs: 5_000 },
        ],
        nowMs,
      )
      const workers = [1, 2].map(() => createStartPlan(opened, { nowMs: () => nowMs }, [], async () => nowMs))
      const random = createSeededRandom(5)
      const startsMs: number[] = []
      const passSecond = async () => {
        for (let tenth = 0; tenth < 10; tenth++) {
          nowMs += 100
          const planned = await Promise.all(workers.map(({ plan }) => plan('default', 1 + Math.floor(random() * 12))))
          for (const one of planned) startsMs.push(...(one?.starts ?? []).map(({ notAfterMs }) => notAfterMs))
          startsMs.sort((one, other) => one - other)
        }
      }
      for (let second = 0; second < 12; second++) await passSecond()
      expect(fullest(startsMs, 1_000)).toBeLessThanOrEqual(20)
      expect(fullest(startsMs, 5_000)).toBeLessThanOrEqual(50)
      expect(startsMs.length).toBeGreaterThanOrEqual(110)
      await rates.set('default', [{ starts: 100, windowMs: 1_000 }], nowMs)
      const before = startsMs.length
      await passSecond()
      expect(startsMs.length - before).toBeGreaterThan(80)
      await rates.set('default', [], nowMs)
      expect(await workers[0]!.plan('default', 5)).toBe(null)
      expect(await rates.of('default')).toEqual([])
    })
  })
}

import { describe, expect, it } from 'vitest'
import type { PlannedStarts } from '../../src/sending/start-plan.ts'
import { createStartPool } from '../../src/sending/start-pool.ts'
import { createManualClock } from '../../src/testing/manual-clock.ts'

const toleranceMs = 30

/** A plan with one start every `everyMs`, at most half a second ahead; its answers take `tripMs`. */
function setUp({ everyMs = 100, tripMs = 0 } = {}) {
  const clock = createManualClock(1_000_000)
  const failures: unknown[] = []
  let freeFromMs = 0
  const state = { everyMs: everyMs as number | null, asked: 0, isAway: false, planned: 0, tripMs }
  const plan = async (_account: string, wanted: number): Promise<PlannedStarts | null> => {
    state.asked++
    if (state.isAway) throw new Error('the database is away')
    const lastMs = clock.nowMs() + 500
    const starts: { notBeforeMs: number; notAfterMs: number }[] = []
    if (state.everyMs === null) return null
    freeFromMs = Math.max(freeFromMs, clock.nowMs())
    for (; starts.length < wanted && freeFromMs <= lastMs; freeFromMs += state.everyMs)
      starts.push({ notBeforeMs: freeFromMs, notAfterMs: freeFromMs + toleranceMs })
    state.planned += starts.length
    if (state.tripMs > 0) await new Promise<void>((resolve) => void clock.after(state.tripMs, resolve))
    return { starts, waitMs: Math.max(0, freeFromMs - lastMs) }
  }
  const pool = createStartPool({ plan }, clock, ({ error }) => failures.push(error))
  return { clock, pool, state, failures }
}

/** Calls that want to start, each `permitMs` after its booking; answers when each started, counted from now. */
function call({ clock, pool }: ReturnType<typeof setUp>, calls: number, permitMs = () => 0): (number | null)[] {
  const beganAtMs = clock.nowMs()
  const startedAtMs: (number | null)[] = []
  for (let index = 0; index < calls; index++) {
    void pool.book('default', 60_000).then(async (booking) => {
      const waitMs = permitMs()
      if (waitMs > 0) await new Promise<void>((resolve) => void clock.after(waitMs, resolve))
      const isTurn = (await booking?.turn(60_000)) ?? false
      startedAtMs.push(isTurn ? clock.nowMs() - beganAtMs : null)
    })
  }
  return startedAtMs
}

describe('the pool of starts', () => {
  it('lets calls start as they were planned', async () => {
    const set = setUp()
    const startedAtMs = call(set, 10)
    await set.clock.advance(2_000)
    expect(startedAtMs).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
  })

  it('loses no start to a permit that was long on its way while another one is ready', async () => {
    const set = setUp({ everyMs: 10 })
    let permits = 0
    const startedAtMs = call(set, 100, () => (++permits % 10 === 0 ? 300 : 5))
    await set.clock.advance(5_000)
    expect(startedAtMs).toHaveLength(100)
    expect(Math.max(...startedAtMs.map(Number))).toBeLessThan(100 * 10 * 1.05 + 300)
    const sorted = startedAtMs.map(Number).sort((one, other) => one - other)
    for (const atMs of sorted) {
      const within = sorted.filter((other) => other >= atMs && other < atMs + 100)
      expect(within.length).toBeLessThanOrEqual((100 + toleranceMs) / 10)
    }
  })

  it('uses no start whose time is over', async () => {
    const set = setUp({ everyMs: 100, tripMs: 131 })
    const startedAtMs = call(set, 2)
    await set.clock.advance(130)
    expect(startedAtMs).toEqual([])
    await set.clock.advance(2_000)
    // The starts at 0 and 100 came 131 and 31 ms late.
    expect(startedAtMs[0]).toBeGreaterThanOrEqual(200)
    expect(startedAtMs).toHaveLength(2)
  })

  it('gives a start that was not needed to the next one', async () => {
    const set = setUp({ everyMs: 400 })
    const first = await set.pool.book('default', 1_000)
    const waiting = call(set, 1)
    first?.cancel()
    await set.clock.advance(100)
    expect(waiting).toEqual([0])
  })

  it('promises no more starts than there are, and says so when waiting was in vain', async () => {
    const set = setUp({ everyMs: 100_000 })
    const booked = set.pool.book('default', 5_000)
    const inVain = set.pool.book('default', 5_000)
    await set.clock.advance(5_000)
    expect([await booked, await inVain]).toEqual([expect.anything(), null])
    const turn = (await booked)!.turn(1_000)
    await set.clock.advance(1_000)
    // The one start there was is over, and the next is far away.
    expect(await turn).toBe(false)
  })

  it('feels a limit that is set, raised and taken away within two seconds', async () => {
    const set = setUp()
    set.state.everyMs = null
    const free = call(set, 50)
    await set.clock.advance(10)
    expect(free).toHaveLength(50)
    set.state.everyMs = 1_000
    await set.clock.advance(1_000)
    call(set, 1)
    await set.clock.advance(1_000)
    const slow = call(set, 30)
    await set.clock.advance(2_000)
    expect(slow.length).toBeLessThan(5)
    set.state.everyMs = 10
    await set.clock.advance(2_000)
    expect(slow).toHaveLength(30)
  })

  it('asks again when the plan failed, and asks nothing while nobody wants to start', async () => {
    const set = setUp()
    set.state.isAway = true
    const startedAtMs = call(set, 1)
    await set.clock.advance(500)
    expect([startedAtMs, set.failures]).toEqual([[], [new Error('the database is away')]])
    set.state.isAway = false
    await set.clock.advance(1_000)
    expect(startedAtMs).toHaveLength(1)
    await set.clock.advance(10_000)
    const { asked } = set.state
    await set.clock.advance(60_000)
    expect(set.state.asked).toBe(asked)
  })

  it('lets nobody start any more once it is closed', async () => {
    const set = setUp()
    const startedAtMs = call(set, 20)
    await set.clock.advance(250)
    set.pool.close()
    await set.clock.advance(5_000)
    expect(startedAtMs.filter((atMs) => atMs !== null)).toEqual([0, 100, 200])
    expect(startedAtMs).toHaveLength(20)
    expect(await set.pool.book('default', 1_000)).toBe(null)
  })
})

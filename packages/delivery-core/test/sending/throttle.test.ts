import { describe, expect, it, vi } from 'vitest'
import { createThrottle } from '../../src/sending/throttle.ts'
import { createManualClock } from '../../src/testing/manual-clock.ts'

const clock = createManualClock(0)
const ready = async () => true

function held() {
  const waiting: (() => void)[] = []
  return {
    work: () => new Promise<void>((resolve) => waiting.push(resolve)),
    inFlight: () => waiting.length,
    finishAll: () => {
      for (const finish of waiting.splice(0)) finish()
    },
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

describe('the throttle', () => {
  it('fault 30: lets no more calls fly than allowed, and three times as many passages be under way', async () => {
    const throttle = createThrottle({ concurrency: 3, rate: null }, clock)
    const calls = held()
    let started = 0
    const passages = Array.from({ length: 20 }, () =>
      throttle.pass(async (call) => {
        started++
        await call(ready, calls.work)
      }),
    )
    await settle()
    expect([started, calls.inFlight()]).toEqual([9, 3])
    while (started < 20 || calls.inFlight() > 0) {
      expect(calls.inFlight()).toBeLessThanOrEqual(3)
      calls.finishAll()
      await settle()
    }
    await Promise.all(passages)
  })

  it('prepares calls ahead when places were free, never more than there are places, and fewer when they had to wait', async () => {
    const manual = createManualClock(0)
    const throttle = createThrottle({ concurrency: 4, rate: null }, manual)
    const [calls, preparations] = [held(), held()]
    let prepared = 0
    const prepare = async () => {
      await preparations.work()
      prepared++
      return true
    }
    for (let index = 0; index < 100; index++) void throttle.pass((call) => call(prepare, calls.work).then(() => {}))
    const ahead: number[] = []
    for (let round = 0; round < 20; round++) {
      await settle()
      const waiting = prepared - round * 4 - calls.inFlight()
      ahead.push(waiting + preparations.inFlight() - (4 - calls.inFlight()))
      preparations.finishAll()
      await settle()
      if (round > 15) await manual.advance(100)
      calls.finishAll()
    }
    expect(Math.max(...ahead)).toBeLessThanOrEqual(4)
    expect(Math.max(...ahead)).toBeGreaterThan(0)
  })

  it('makes no call that may not be made', async () => {
    const throttle = createThrottle({ concurrency: 1, rate: null }, clock)
    const calls = held()
    const answers: unknown[] = []
    await throttle.pass(async (call) => {
      answers.push(await call(async () => null, calls.work))
    })
    expect([answers, calls.inFlight()]).toEqual([[null], 0])
  })

  it('starts no more calls than the rate in any window, wherever it is laid', async () => {
    vi.useFakeTimers()
    try {
      const throttle = createThrottle({ concurrency: 100, rate: { starts: 5, windowMs: 1_000 } }, clock)
      const startsMs: number[] = []
      const start = async () => {
        startsMs.push(Date.now())
      }
      const passages = Array.from({ length: 30 }, () => throttle.pass((call) => call(ready, start).then(() => {})))
      await vi.advanceTimersByTimeAsync(10_000)
      await Promise.all(passages)
      startsMs.forEach((at, index) => {
        expect(startsMs.filter((other, place) => place <= index && other > at - 1_000).length).toBeLessThanOrEqual(5)
      })
      expect(startsMs.at(-1)! - startsMs[0]!).toBeLessThanOrEqual(5_500)
    } finally {
      vi.useRealTimers()
    }
  })

  it('keeps no rate of its own where somebody else plans the starts', async () => {
    const throttle = createThrottle({ concurrency: 100, rate: { starts: 5, windowMs: 60_000 } }, clock, true, true)
    const calls = held()
    for (let index = 0; index < 30; index++) void throttle.pass((call) => call(ready, calls.work).then(() => {}))
    await settle()
    throttle.limit({ concurrency: 100, rate: { starts: 4, windowMs: 60_000 } })
    for (let index = 0; index < 30; index++) void throttle.pass((call) => call(ready, calls.work).then(() => {}))
    await settle()
    expect(calls.inFlight()).toBe(60)
  })

  it('keeps the number of calls in flight when its limits change', async () => {
    const throttle = createThrottle({ concurrency: 2, rate: null }, clock)
    const calls = held()
    for (let index = 0; index < 10; index++) void throttle.pass((call) => call(ready, calls.work).then(() => {}))
    await settle()
    throttle.limit({ concurrency: 2, rate: { starts: 1_000, windowMs: 1_000 } })
    for (let index = 0; index < 10; index++) void throttle.pass((call) => call(ready, calls.work).then(() => {}))
    await settle()
    expect(calls.inFlight()).toBe(2)
    throttle.limit({ concurrency: 5, rate: null })
    await settle()
    expect(calls.inFlight()).toBe(5)
  })

  it('rejects only the passage that fails', async () => {
    const throttle = createThrottle({ concurrency: 1, rate: null }, clock)
    const failing = throttle.pass(() => Promise.reject(new Error('broken')))
    await expect(failing).rejects.toThrow('broken')
    await throttle.pass(async () => {})
  })

  it('takes into hand what can start in time, and at least one', () => {
    expect(createThrottle({ concurrency: 8, rate: null }, clock).room(10_000)).toBe(40)
    expect(createThrottle({ concurrency: 8, rate: { starts: 1, windowMs: 1_000 } }, clock).room(10_000)).toBe(10)
    expect(createThrottle({ concurrency: 8, rate: { starts: 1, windowMs: 3_600_000 } }, clock).room(10_000)).toBe(1)
  })
})

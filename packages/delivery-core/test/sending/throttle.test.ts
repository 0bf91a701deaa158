import { describe, expect, it, vi } from 'vitest'
import { createThrottle } from '../../src/sending/throttle.ts'

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
  it('lets no more calls fly than allowed, and twice as many passages be under way', async () => {
    const throttle = createThrottle({ concurrency: 3, rate: null })
    const calls = held()
    let started = 0
    const passages = Array.from({ length: 20 }, () =>
      throttle.pass(async (call) => {
        started++
        await call(calls.work)
      }),
    )
    await settle()
    expect([started, calls.inFlight()]).toEqual([6, 3])
    while (started < 20 || calls.inFlight() > 0) {
      expect(calls.inFlight()).toBeLessThanOrEqual(3)
      calls.finishAll()
      await settle()
    }
    await Promise.all(passages)
  })

  it('starts no more than the rate in any window, wherever it is laid', async () => {
    vi.useFakeTimers()
    try {
      const throttle = createThrottle({ concurrency: 100, rate: { starts: 5, windowMs: 1_000 } })
      const startsMs: number[] = []
      const passages = Array.from({ length: 30 }, () =>
        throttle.pass(async () => {
          startsMs.push(Date.now())
        }),
      )
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

  it('keeps the number of calls in flight when its limits change', async () => {
    const throttle = createThrottle({ concurrency: 2, rate: null })
    const calls = held()
    for (let index = 0; index < 10; index++) void throttle.pass((call) => call(calls.work))
    await settle()
    throttle.limit({ concurrency: 2, rate: { starts: 1_000, windowMs: 1_000 } })
    for (let index = 0; index < 10; index++) void throttle.pass((call) => call(calls.work))
    await settle()
    expect(calls.inFlight()).toBe(2)
    throttle.limit({ concurrency: 5, rate: null })
    await settle()
    expect(calls.inFlight()).toBe(5)
  })

  it('rejects only the passage that fails', async () => {
    const throttle = createThrottle({ concurrency: 1, rate: null })
    const failing = throttle.pass(() => Promise.reject(new Error('broken')))
    await expect(failing).rejects.toThrow('broken')
    await throttle.pass(async () => {})
  })

  it('takes into hand what can start in time, and at least one', () => {
    expect(createThrottle({ concurrency: 8, rate: null }).room(10_000)).toBe(32)
    expect(createThrottle({ concurrency: 8, rate: { starts: 1, windowMs: 1_000 } }).room(10_000)).toBe(10)
    expect(createThrottle({ concurrency: 8, rate: { starts: 1, windowMs: 3_600_000 } }).room(10_000)).toBe(1)
  })
})

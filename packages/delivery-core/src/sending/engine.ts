import { mayResend } from '../message/policy.ts'
import { createBell } from '../time/bell.ts'
import type { EngineParts } from './engine-parts.ts'
import { createHand } from './hand.ts'
import { createPassage } from './passage.ts'
import { createRecorder } from './recorder.ts'
import { createStartPool } from './start-pool.ts'
import { createThrottle, type ThrottleLimits } from './throttle.ts'

export interface Engine {
  start(): void
  /**
   * Takes no more work, gives back what was not yet sent, and waits for what is on its way, at most one call's
   * deadline and a little for writing. What is not settled by then is found by its lapsed lease.
   */
  stop(): Promise<void>
  /** There may be new work: do not wait for the next look. */
  wake(): void
  /** New limits with immediate effect on everything that starts from now on. */
  limit(limits: ThrottleLimits): void
}

/**
 * Claim, intend, send, record. The order is the whole promise: nothing is sent before the intent to send it is
 * durable, and nothing that was sent is forgotten, because an intent without an outcome is a doubt and not a failure.
 */
export function createEngine(parts: EngineParts): Engine {
  const { store, clock, limits, policy } = parts
  const tell = parts.tell ?? (() => {})
  const throttle = createThrottle(limits, clock, mayResend(policy), parts.plan !== undefined)
  const recorder = createRecorder(store, clock, limits.concurrency * 2, tell)
  const bell = createBell(clock)
  let isStopping = false
  const starts = createStartPool(parts.plan ?? null, clock, tell)
  const passage = createPassage({ ...parts, tell, starts, record: recorder.record, isStopping: () => isStopping })
  const hand = createHand(clock)
  let loop: Promise<void> | null = null

  const take = async (limit: number): Promise<boolean> => {
    try {
      const claimed = await store.claim({ limit, leaseMs: policy.leaseMs })
      for (const message of claimed) hand.hold(throttle.pass((call) => passage(message, call)))
      return claimed.length > 0
    } catch (error) {
      tell({ kind: 'claim-failed', error })
      return false
    }
  }
  const work = async () => {
    while (!isStopping) {
      const most = throttle.room(policy.leaseMs / 3)
      const room = most - hand.size()
      // Asking again only when half of the hand is empty keeps claims large and few.
      if (room * 2 < most || !recorder.isHealthy()) await hand.change(parts.idleMs)
      else if (!(await take(room))) await bell.sleep(parts.idleMs)
    }
  }
  return {
    start: () => {
      loop ??= work()
    },
    wake: bell.ring,
    limit: throttle.limit,
    stop: async () => {
      isStopping = true
      starts.close()
      bell.ring()
      hand.nudge()
      const cancel = clock.after(policy.callTimeoutMs + 1_000, recorder.giveUp)
      await loop
      await hand.empty()
      cancel()
    },
  }
}

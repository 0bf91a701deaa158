import { createBell } from './bell.ts'
import type { Clock } from './clock.ts'

/** A round that is repeated until it is stopped. */
export interface Repetition {
  start(): void
  /** Resolves when the round that is under way has ended. */
  stop(): Promise<void>
  /** Do not wait for the next round. */
  wake(): void
}

/**
 * Runs rounds one after another, `everyMs` apart, or at once when a round answers that there is more to do. A round
 * that fails is told, and followed by a pause like any other: nothing stops the rounds but `stop`.
 */
export function repeat(
  clock: Clock,
  everyMs: number,
  round: () => Promise<boolean>,
  tell: (error: unknown) => void,
): Repetition {
  let isStopping = false
  let running: Promise<void> | null = null
  const bell = createBell(clock)
  const runRound = async () => {
    try {
      return await round()
    } catch (error) {
      tell(error)
      return false
    }
  }
  const run = async () => {
    while (!isStopping) {
      if (!(await runRound())) await bell.sleep(everyMs)
    }
  }
  return {
    start: () => {
      running ??= run()
    },
    wake: bell.ring,
    stop: async () => {
      isStopping = true
      bell.ring()
      await running
    },
  }
}

import { type Clock, pause } from '../time/clock.ts'

/** The messages that a worker has taken and not yet put down. */
export interface Hand {
  hold(passage: Promise<void>): void
  size(): number
  /** Resolves when one was put down, after a while, or when the signal is raised. */
  change(atMostMs: number, signal: AbortSignal): Promise<void>
  /** Resolves when all were put down. */
  empty(): Promise<void>
}

export function createHand(clock: Clock): Hand {
  const held = new Set<Promise<void>>()
  let changed = new AbortController()
  return {
    hold: (passage) => {
      const done = passage.then(() => {
        held.delete(done)
        changed.abort()
      })
      held.add(done)
    },
    size: () => held.size,
    change: async (atMostMs, signal) => {
      await pause(clock, atMostMs, AbortSignal.any([changed.signal, signal]))
      changed = new AbortController()
    },
    empty: async () => {
      while (held.size > 0) await Promise.all(held)
    },
  }
}

import { createBell } from '../time/bell.ts'
import type { Clock } from '../time/clock.ts'

/** The messages that a worker has taken and not yet put down. */
export interface Hand {
  hold(passage: Promise<void>): void
  size(): number
  /** Resolves when one was put down, after a while, or when somebody calls `nudge`. */
  change(atMostMs: number): Promise<void>
  nudge(): void
  /** Resolves when all were put down. */
  empty(): Promise<void>
}

export function createHand(clock: Clock): Hand {
  const held = new Set<Promise<void>>()
  const bell = createBell(clock)
  return {
    hold: (passage) => {
      const done = passage.then(() => {
        held.delete(done)
        bell.ring()
      })
      held.add(done)
    },
    size: () => held.size,
    change: bell.sleep,
    nudge: bell.ring,
    empty: async () => {
      while (held.size > 0) await Promise.all(held)
    },
  }
}

import type { Clock } from '../time/clock.ts'
import { type Repetition, repeat } from '../time/repeat.ts'
import type { MessageStore, Sweep } from './message-store.ts'
import type { RunBook, RunChange } from './run-book.ts'

export type KeeperEvent =
  | { readonly kind: 'swept'; readonly sweep: Sweep }
  | { readonly kind: 'keep-failed'; readonly error: unknown }

const sweepSize = 500

/**
 * Looks after what no worker looks after: leases of the dead, doubts and receipts that were waited for long enough,
 * messages of cancelled runs and of those whose window closed, and runs in which everybody is accounted for. Tells each end and each pause of a run
 * until hearing of it has succeeded.
 */
export function createKeeper(
  parts: {
    readonly store: Pick<MessageStore, 'sweep'>
    readonly runs: Pick<RunBook, 'changes' | 'told'>
    readonly clock: Clock
    readonly everyMs: number
    readonly onRunChanged: (change: RunChange) => Promise<void>
  },
  tell: (event: KeeperEvent) => void,
): Repetition {
  const round = async () => {
    const sweep = await parts.store.sweep(sweepSize)
    const found = sweep.lapsed + sweep.overdue + sweep.cancelled + sweep.expired
    if (found > 0) tell({ kind: 'swept', sweep })
    for (const change of await parts.runs.changes()) {
      await parts.onRunChanged(change)
      await parts.runs.told(change)
    }
    return found >= sweepSize
  }
  return repeat(parts.clock, parts.everyMs, round, (error) => tell({ kind: 'keep-failed', error }))
}

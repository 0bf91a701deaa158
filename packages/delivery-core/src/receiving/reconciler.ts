import { type Clock, pause } from '../time/clock.ts'
import { type Repetition, repeat } from '../time/repeat.ts'
import type { Fold, ReceiptStore } from './receipt-store.ts'

export type ReconcilerEvent =
  | { readonly kind: 'folded'; readonly fold: Fold }
  | { readonly kind: 'drained'; readonly receipts: number }
  /** Receipts of which nobody will learn any more whose they were. */
  | { readonly kind: 'quarantine-shortened'; readonly outdated: number; readonly crowdedOut: number }
  | { readonly kind: 'fold-failed'; readonly error: unknown }

const foldSize = 250

/** Receipts that arrive within this time are folded together: one transaction a receipt is 10 to 50 times slower. */
const gatherMs = 40

/**
 * Joins what is in the inbox into the messages, and looks again at the quarantine, where receipts wait that came
 * before anyone knew their message. Rounds are cut short by `wake`.
 */
export function createReconciler(
  store: Pick<ReceiptStore, 'fold' | 'drain'>,
  clock: Clock,
  tell: (event: ReconcilerEvent) => void,
  drainEveryMs = 1_000,
): Repetition {
  let drainedAtMs = Number.NEGATIVE_INFINITY
  const round = async () => {
    await pause(clock, gatherMs)
    const fold = await store.fold(foldSize)
    if (fold.taken > 0) tell({ kind: 'folded', fold })
    if (clock.nowMs() - drainedAtMs >= drainEveryMs) {
      drainedAtMs = clock.nowMs()
      const { joined, outdated, crowdedOut } = await store.drain(foldSize)
      if (joined > 0) tell({ kind: 'drained', receipts: joined })
      if (outdated + crowdedOut > 0) tell({ kind: 'quarantine-shortened', outdated, crowdedOut })
    }
    return fold.taken === foldSize
  }
  // A wake that comes during a round is not lost: the pause that follows is then cut short at once.
  return repeat(clock, drainEveryMs, round, (error) => tell({ kind: 'fold-failed', error }))
}

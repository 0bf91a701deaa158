import { createBatcher } from '../batch/batcher.ts'
import { IllegalTransitionError } from '../message/errors.ts'
import { type Clock, pause } from '../time/clock.ts'
import type { AttemptFact, MessageStore } from './message-store.ts'

/** Gets every fact into the store, however long the store is away. */
export interface Recorder {
  /** Resolves when the fact is durable, or when the recorder was told to give up. Never rejects. */
  record(fact: AttemptFact): Promise<void>
  /** Whether the last writing worked. While it did not, nothing more should be sent. */
  isHealthy(): boolean
  /** Stops trying again. What is then not yet written becomes a doubt when its lease lapses. */
  giveUp(): void
}

/** While one waits for the disk, the next is written. Facts about one message may come in any order. */
const batchesAtOnce = 2

const firstRetryMs = 100
const longestRetryMs = 5_000

/**
 * A fact that cannot be written is kept in memory and tried again: losing it would turn a known answer into a doubt.
 * If one fact of a batch is impossible, the others are written one by one and the impossible one is told and dropped.
 */
export function createRecorder(
  store: Pick<MessageStore, 'record'>,
  clock: Clock,
  largestBatch: number,
  tell: (problem: { readonly kind: 'record-failed'; readonly facts: number; readonly error: unknown }) => void,
): Recorder {
  let isHealthy = true
  const patience = new AbortController()

  const write = async (facts: readonly AttemptFact[]): Promise<void> => {
    for (let tried = 0; !patience.signal.aborted; tried++) {
      try {
        await store.record(facts)
        isHealthy = true
        return
      } catch (error) {
        tell({ kind: 'record-failed', facts: facts.length, error })
        if (error instanceof IllegalTransitionError && facts.length === 1) return
        if (error instanceof IllegalTransitionError) return writeSingly(facts)
        isHealthy = false
        await pause(clock, Math.min(longestRetryMs, firstRetryMs * 2 ** tried), patience.signal)
      }
    }
  }
  const writeSingly = async (facts: readonly AttemptFact[]) => {
    for (const fact of facts) await write([fact])
  }
  const writeAll = async (facts: readonly AttemptFact[]) => {
    await write(facts)
    return facts.map(() => undefined)
  }
  const batcher = createBatcher<AttemptFact, void>(largestBatch, writeAll, clock, batchesAtOnce)
  return {
    record: (fact) => batcher.ask(fact),
    isHealthy: () => isHealthy,
    giveUp: () => patience.abort(),
  }
}

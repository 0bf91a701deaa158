import { afterReceipt } from '../message/after-receipt.ts'
import type { AttemptResult } from '../message/attempt.ts'
import { decideIntent } from '../message/decide-intent.ts'
import type { DeliveryPolicy } from '../message/policy.ts'
import type { AttemptFact } from '../sending/message-store.ts'
import type { MemoryMessage, MemoryRows, MemoryRun } from './memory-rows.ts'

/**
 * What the store asks of the library. A simulation puts a design mistake in the place of one of them, to see that it
 * would be noticed; everybody else leaves them alone.
 */
export interface StoreRules {
  readonly decideIntent: typeof decideIntent
  readonly afterReceipt: typeof afterReceipt
  /** What an attempt is taken for whose worker did not come back. */
  readonly lapsedAttempt: AttemptResult
  /** Whether a fact about this attempt is believed, given where its message stands. */
  isBelieved(message: MemoryMessage, fact: AttemptFact, nowMs: number): boolean
  keyOf(messageId: string, attempts: number): string
  /** Whether a receipt for a message that nobody knows yet is kept, and whether it is later joined into this message. */
  readonly isUnknownKept: boolean
  isDrainedInto(message: MemoryMessage): boolean
}

/** What the library says. */
export const soundRules: StoreRules = {
  decideIntent,
  afterReceipt,
  lapsedAttempt: 'doubt',
  isBelieved: () => true,
  keyOf: (messageId) => `r${messageId}`,
  isUnknownKept: true,
  isDrainedInto: () => true,
}

/** What every part of the store in memory works with. */
export interface Context {
  readonly rows: MemoryRows
  readonly policy: DeliveryPolicy
  readonly rules: StoreRules
  readonly nowMs: () => number
}

/** The run of a message: there always is one. */
export function runOf({ rows }: Context, message: MemoryMessage): MemoryRun {
  const run = rows.runs.get(message.runId)
  if (run === undefined) throw new Error(`The message ${message.messageId} has no run`)
  return run
}

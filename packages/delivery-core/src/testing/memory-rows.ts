import type { KnownAttempt } from '../message/after-attempts.ts'
import type { Delivery } from '../message/join-receipts.ts'
import type { Standing } from '../message/message.ts'
import type { RunState } from '../message/run-state.ts'
import type { FailureCode, PauseReason } from '../message/vendor-answer.ts'
import type { RawReceipt } from '../receiving/receipt-store.ts'

/** Somebody in the audience of a run in memory. */
export interface MemoryPerson {
  readonly customerId: string
  readonly address: string
}

export interface MemoryRun {
  readonly runId: string
  readonly account: string
  readonly template: string
  readonly audience: number
  /** When its send window closes; null for never. */
  readonly closesAtMs: number | null
  state: RunState
  epoch: number
  pauseReason: PauseReason | null
  /** The last state that was told; a state that differs is still to be told. */
  told: RunState | null
}

export interface MemoryAttempt extends KnownAttempt {
  /** The token of the claim under which it was permitted: its identity. */
  readonly token: number
  readonly key: string
  readonly body: string
  readonly vendorMessageId: string | null
}

export interface MemoryMessage {
  readonly messageId: string
  readonly runId: string
  readonly customerId: string
  readonly address: string
  standing: Standing
  delivery: Delivery
  attempts: MemoryAttempt[]
  body: string | null
  acceptedAtMs: number | null
  hasLateProof: boolean
}

export type ReceiptPlace = 'joined' | 'late' | 'quarantined' | 'impossible' | 'unreadable'

export interface MemoryReceipt {
  readonly key: string
  readonly raw: RawReceipt
  readonly receivedAtMs: number
  place: ReceiptPlace
  seen: number
}

/** Everything that a store in memory holds. */
export interface MemoryRows {
  readonly runs: Map<string, MemoryRun>
  readonly messages: Map<string, MemoryMessage>
  readonly inbox: { readonly raw: RawReceipt; readonly receivedAtMs: number }[]
  readonly receipts: Map<string, MemoryReceipt>
  /** Why a customer must not be written to. */
  readonly objections: Map<string, FailureCode>
  readonly closedUntilMs: Map<string, number>
  /** What holds for everybody, and may change at any time. */
  readonly manners: MemoryManners
}

/** How much, and when, anybody is written to. */
export interface MemoryManners {
  /** The most messages that one person gets within any window of this length; null when there is no limit. */
  cap: { readonly messages: number; readonly windowMs: number } | null
  /** Until when nobody is to be disturbed, if it is asked at this instant; null when it is a good time. */
  quietUntilMs: (nowMs: number) => number | null
}

export function emptyRows(): MemoryRows {
  return {
    runs: new Map(),
    messages: new Map(),
    inbox: [],
    receipts: new Map(),
    objections: new Map(),
    closedUntilMs: new Map(),
    manners: { cap: null, quietUntilMs: () => null },
  }
}

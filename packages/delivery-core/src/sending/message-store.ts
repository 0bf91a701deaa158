import type { Verdict } from '../message/vendor-answer.ts'

/** A message that this worker alone may send, until its lease lapses. */
export interface ClaimedMessage {
  readonly messageId: string
  readonly runId: string
  /** The vendor account it goes through: what one account is told to do, all its messages obey. */
  readonly account: string
  /** Fences: a store acts on a claim only while both are still current. */
  readonly token: number
  readonly epoch: number
  /** Attempts made before this claim. */
  readonly attempts: number
  readonly idempotencyKey: string
  readonly customerId: string
  readonly address: string
  /** The text as it was first sent, or null when it never was: then it is made from the template. */
  readonly body: string | null
  readonly template: string
  /** What the template may speak of. */
  readonly values: Readonly<Record<string, string | number | boolean | null>>
}

/** What a claim asks for. */
export interface ClaimRequest {
  readonly limit: number
  readonly leaseMs: number
}

/** The wish to send one claimed message now. */
export interface Intent {
  readonly messageId: string
  readonly token: number
  readonly epoch: number
  readonly body: string
}

/** The answer to an intent. Only after `permitted` may a byte leave. */
export interface IntentOutcome {
  readonly messageId: string
  readonly kind: 'permitted' | 'refused'
}

/**
 * What was learned about one attempt. Accepted from anyone at any time: knowledge needs no lease. The attempt is the
 * one that was permitted under this token; where there is none, because its intent never committed, nothing changes.
 */
export interface AttemptFact extends Verdict {
  readonly messageId: string
  readonly token: number
  /** How long to wait before another attempt, if there is to be one. */
  readonly retryInMs: number
}

/** How a claim ends without an attempt. */
export interface Return {
  readonly messageId: string
  readonly token: number
  /** `unsent`: it may be claimed again after `waitMs`. `unrenderable`: its text cannot be made, and it never is sent. */
  readonly kind: 'unsent' | 'unrenderable'
  readonly waitMs: number
  /** For people; empty when there is nothing to say. */
  readonly reason: string
}

/** What a sweep found to do. */
export interface Sweep {
  /** Leases of workers that died or stalled, taken back. */
  readonly lapsed: number
  /** Doubts and missing receipts that were waited for long enough. */
  readonly overdue: number
  /** Messages of cancelled runs that were called off. */
  readonly cancelled: number
  /** Messages that were not sent before the window of their run closed. */
  readonly expired: number
}

/** The durable truth about messages, shared by any number of workers. All instants are by the store's own clock. */
export interface MessageStore {
  /**
   * Takes up to `limit` due messages of running runs, each for this caller alone, sharing fairly among the runs.
   * No message of a run that is paused, cancelled or still being snapshotted is ever given out.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimedMessage[]>
  /**
   * The only way to the network. In one transaction, for each intent: the claim is still held, its run is running
   * under the same epoch and its send window is open, nothing speaks against writing to this person now, and the vendor
   * still knows the key; then the attempt is written down. When it resolves, every permitted attempt is durable. When it rejects, none may be sent.
   */
  begin(intents: readonly Intent[], leaseMs: number): Promise<readonly IntentOutcome[]>
  /**
   * Writes down what was learned, with the message's next state, in one transaction. Repeating a fact changes nothing.
   * A fact that must stop its run stops it in the same transaction.
   */
  record(facts: readonly AttemptFact[]): Promise<void>
  /** Ends claims under which nothing was sent. A return under a stale token changes nothing. */
  giveBack(returns: readonly Return[]): Promise<void>
  /** Looks after up to `limit` messages whose time has run out, and says how many it found; zeroes when nothing is left. */
  sweep(limit: number): Promise<Sweep>
}

/**
 * What to do with a message of which nobody knows whether the vendor has it.
 * `idempotent`: send again with the same key, which the vendor recognises. `atMostOnce`: never send again; wait for a
 * receipt. `atLeastOnce`: send again even without keys, and count the possible double.
 */
export type DoubtPolicy = 'idempotent' | 'atMostOnce' | 'atLeastOnce'

/** How long, how often and how carefully messages are sent. All bounds of the engine and of its stores in one place. */
export interface DeliveryPolicy {
  readonly doubt: DoubtPolicy
  /** Attempts that may be made for one message; throttled ones are not counted. */
  readonly maxAttempts: number
  /** How often one message may be told to wait before it is given up. */
  readonly maxThrottles: number
  /** How long a claim is good for. Must be longer than `callTimeoutMs`, or a slow answer looks like a death. */
  readonly leaseMs: number
  /** The whole time one request may take, from connecting to the last byte of the answer. */
  readonly callTimeoutMs: number
  /** How long the vendor remembers an idempotency key; 0 when it has none. */
  readonly keyTtlMs: number
  /** How long before the vendor forgets a key we stop relying on it. */
  readonly keyMarginMs: number
  /** How long after the first request a doubt may last before the message is shown as unconfirmed. */
  readonly doubtDeadlineMs: number
  /** How long after acceptance we wait for a final receipt before its absence is taken as lost. */
  readonly receiptHorizonMs: number
  /** The first retry waits at most this long, the second at most twice as long, and so on. */
  readonly retryBaseMs: number
  /** No retry waits longer than this, unless the vendor asks for it. */
  readonly retryCapMs: number
  /** A vendor that asks for a longer wait than this has its runs paused instead. */
  readonly maxThrottleWaitMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * Figures for an e-mail vendor with idempotency keys. Seven attempts with a base of two seconds span some four
 * minutes; the horizon of seven days is how long mail servers keep trying.
 */
export const defaultPolicy: DeliveryPolicy = {
  doubt: 'idempotent',
  maxAttempts: 7,
  maxThrottles: 30,
  leaseMs: 30_000,
  callTimeoutMs: 20_000,
  keyTtlMs: 24 * hourMs,
  keyMarginMs: hourMs,
  doubtDeadlineMs: 23 * hourMs,
  receiptHorizonMs: 7 * 24 * hourMs,
  retryBaseMs: 2_000,
  retryCapMs: 5 * minuteMs,
  maxThrottleWaitMs: hourMs,
}

/** When a message that first reached the vendor at this instant stops being waited for. */
export function doubtDeadline(firstReachedAtMs: number, policy: DeliveryPolicy): number {
  return firstReachedAtMs + policy.doubtDeadlineMs
}

/** Whether a message in doubt may be sent again. Without keys only `atLeastOnce` dares to. */
export function mayResend(policy: DeliveryPolicy): boolean {
  return policy.doubt === 'atLeastOnce' || (policy.doubt === 'idempotent' && policy.keyTtlMs > 0)
}

/** How the simulated vendor behaves. Rates are shares of 1. */
export interface SimulatedVendorSettings {
  readonly seed: number
  /** The share of accepted messages that are reported as delivered; the others fail. */
  readonly successRate: number
  /** The share of failures that are reported as bounced. */
  readonly bounceRate: number
  /** Between acceptance and receipt. */
  readonly minLatencyMs: number
  readonly maxLatencyMs: number
  /** How often the vendor looks for receipts to send. */
  readonly receiptEveryMs: number
  /** Whether it recognises an idempotency key. Without, every request takes effect. */
  readonly knowsKeys: boolean
  /** Receipts that come twice, before the answer, much later, with the opposite after them, or not at all. */
  readonly duplicateRate: number
  readonly earlyRate: number
  readonly lateRate: number
  readonly lateByMs: number
  readonly contradictoryRate: number
  readonly lostRate: number
  /** Requests that are answered with 429, with 500 before or after the message took effect, or never. */
  readonly throttleRate: number
  readonly retryAfterSeconds: number
  readonly brokenRate: number
  readonly silentBeforeRate: number
  readonly silentAfterRate: number
  /** How long a connection is held before it is cut. */
  readonly silenceMs: number
}

/** A vendor on a good day: nine of ten are delivered, each with one receipt after half a second to two and a half. */
export const calmVendor: SimulatedVendorSettings = {
  seed: 1,
  successRate: 0.9,
  bounceRate: 0.2,
  minLatencyMs: 500,
  maxLatencyMs: 2_500,
  receiptEveryMs: 100,
  knowsKeys: true,
  duplicateRate: 0,
  earlyRate: 0,
  lateRate: 0,
  lateByMs: 10_000,
  contradictoryRate: 0,
  lostRate: 0,
  throttleRate: 0,
  retryAfterSeconds: 1,
  brokenRate: 0,
  silentBeforeRate: 0,
  silentAfterRate: 0,
  silenceMs: 30_000,
}

/** A vendor on a bad day: everything that can go wrong does, now and then. */
export const roughVendor: SimulatedVendorSettings = {
  ...calmVendor,
  duplicateRate: 0.1,
  earlyRate: 0.1,
  lateRate: 0.05,
  contradictoryRate: 0.03,
  lostRate: 0.02,
  throttleRate: 0.02,
  brokenRate: 0.03,
  silentBeforeRate: 0.01,
  silentAfterRate: 0.01,
}

import type { VendorAnswer } from '../message/vendor-answer.ts'

/** One message on its way out. */
export interface OutgoingMessage {
  /** Our name for it, which the vendor repeats in its receipts. */
  readonly messageId: string
  /** The same for every attempt of this message and for no other message; says nothing about the person. */
  readonly idempotencyKey: string
  readonly customerId: string
  readonly address: string
  /** The finished text: byte for byte the same at every attempt. */
  readonly body: string
}

/** Whoever carries messages: an e-mail service, an SMS gateway, a simulator. */
export interface Vendor {
  /**
   * Hands one message over and reports what came back, whatever came back: a refusal is an answer, not an error.
   * When the signal is raised the request is torn down and the answer is `lost` (or `not-reached`, if certain).
   * A promise that rejects is taken for `lost`.
   */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<VendorAnswer>
}

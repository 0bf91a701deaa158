/**
 * What came back from the vendor, as plain facts of the wire and without any judgement: an adapter reports, and
 * `classifyAnswer` decides what it means.
 */
export type VendorAnswer =
  | {
      readonly kind: 'response'
      /** The HTTP status, or its nearest like. */
      readonly status: number
      /** The `Retry-After` header as it came, or null. */
      readonly retryAfter: string | null
      /** The vendor's own id of the message, where the answer named one. */
      readonly vendorMessageId: string | null
      /** Whether the answer itself, whatever its status, says that the message was not taken. */
      readonly isRefusal: boolean
      /** A short sentence of the vendor about it, cleaned of control characters and cut; empty when there is none. */
      readonly detail: string
    }
  /** The request certainly never reached the vendor: no address, refused, no secure connection. */
  | { readonly kind: 'not-reached'; readonly detail: string }
  /** The request may have reached the vendor, and its answer did not reach us. */
  | { readonly kind: 'lost'; readonly detail: string }

/** Why a message did not arrive, or a run stopped. Clients may rely on these words. */
export type FailureCode =
  | 'VENDOR_REFUSED'
  | 'VENDOR_UNREACHABLE'
  | 'VENDOR_THROTTLED'
  | 'VENDOR_UNAVAILABLE'
  | 'VENDOR_AUTH'
  | 'VENDOR_KEY_MISMATCH'
  | 'ANSWER_LOST'
  | 'DOUBT_OVERDUE'
  | 'KEY_EXPIRED'
  | 'TEMPLATE_FAILED'
  | 'CONSENT_REFUSED'
  | 'CONSENT_MISSING'
  | 'OPTED_OUT'
  | 'FREQUENCY_CAP'
  | 'CUSTOMER_GONE'
  | 'NO_ADDRESS'
  /** Left out on purpose, to be compared with those who were written to. */
  | 'CONTROL_GROUP'
  | 'WINDOW_CLOSED'
  | 'CANCELLED'

/** Why a run was paused. `operator` is a person's wish; all others are the program's. */
export type PauseReason =
  | 'operator'
  | 'vendor_auth'
  | 'vendor_throttled'
  | 'key_mismatch'
  | 'too_many_failures'
  | 'stale_resume'

/** What one answer of the vendor means for the attempt, the message and the run. */
export interface Verdict {
  readonly result: 'accepted' | 'rejected' | 'throttled' | 'notsent' | 'withheld' | 'doubt'
  /** Null when accepted. */
  readonly code: FailureCode | null
  /** For people: what happened, in one sentence. Empty when accepted. */
  readonly reason: string
  readonly vendorMessageId: string | null
  /** How long the vendor wants to be left alone: the whole account, not only this message. Null when it did not say. */
  readonly waitMs: number | null
  /** Whether the run must stop, because every further message would fare alike. */
  readonly pause: PauseReason | null
}

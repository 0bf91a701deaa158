/** One receipt as it came in, already known to be from this vendor account. */
export interface RawReceipt {
  readonly account: string
  /** The vendor's own id of the event; null when it gives none. */
  readonly receiptId: string | null
  /** Our id of the message, as the vendor repeated it; null when it names only its own. */
  readonly messageId: string | null
  /** The vendor's id of the message; null when it names only ours. */
  readonly vendorMessageId: string | null
  /** The vendor's status word, as it came. */
  readonly status: string
  /** When it happened by the vendor's clock; null when it does not say. */
  readonly occurredAtMs: number | null
  readonly reason: string | null
}

/** What a fold did. */
export interface Fold {
  /** Receipts taken from the inbox; zero when it is empty. */
  readonly taken: number
  /** Joined into a message for the first time. */
  readonly joined: number
  /** Seen before; nothing changed. */
  readonly repeated: number
  /** For a message that nobody knows yet: kept, and looked at again. */
  readonly quarantined: number
  /** For a message that was never sent: kept apart, because it cannot be true. */
  readonly impossible: number
  /** With a status that nobody understands: kept apart, never guessed at. */
  readonly unreadable: number
  /** Messages that were believed not to have been sent, until one of these proved it. */
  readonly lateProofs: number
  /** Messages of which the vendor now says both that they arrived and that they did not. */
  readonly contradictions: number
}

/** What a look at the quarantine did. */
export interface Drain {
  /** Joined into messages that have become known. */
  readonly joined: number
  /** Given up: too old for anybody to ask for them. */
  readonly outdated: number
  /** Given up, the oldest first: more were kept than the quarantine holds. */
  readonly crowdedOut: number
}

/**
 * What the quarantine holds. A vendor's account that others use as well reports their messages too; nobody ever asks
 * for those. Seven days are the longest that a receipt is waited for, and a million rows are a few hundred megabytes.
 */
export const quarantineBounds = { keepMs: 7 * 24 * 3_600_000, mostReceipts: 1_000_000 } as const

/** The durable inbox of receipts, and its joining into messages. */
export interface ReceiptStore {
  /** When it resolves, every one of these receipts survives a crash of this process and of the database server. */
  append(receipts: readonly RawReceipt[]): Promise<void>
  /** Joins up to `limit` receipts of the inbox into their messages, in one transaction. */
  fold(limit: number): Promise<Fold>
  /** Joins up to `limit` quarantined receipts whose message has become known, and keeps the quarantine in bounds. */
  drain(limit: number): Promise<Drain>
}

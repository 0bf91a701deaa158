/** A message as it is handed to the vendor. */
export interface VendorRequest {
  readonly idempotencyKey: string
  readonly messageId: string
  readonly customerId: string
  readonly message: string
}

/** How the vendor answers. `silence` is no answer at all: the connection is held and then cut. */
export type VendorReply =
  | { readonly kind: 'accepted'; readonly vendorMessageId: string }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'broken' }
  | { readonly kind: 'key-mismatch' }
  | { readonly kind: 'silence' }

/** Sends one receipt; answers whether it was taken. */
export type PostReceipt = (receipt: OwedReceipt) => Promise<boolean>

/** A receipt that the vendor still has to send. */
export interface OwedReceipt {
  readonly id: string
  readonly messageId: string
  readonly vendorMessageId: string
  readonly receiptId: string
  readonly status: string
  readonly errorMessage: string | null
  readonly occurredAtMs: number
  readonly tries: number
}

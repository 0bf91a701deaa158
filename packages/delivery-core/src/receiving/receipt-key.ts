import type { RawReceipt } from './receipt-store.ts'

/**
 * What makes two receipts the same event: the vendor's own id of it, or, where the vendor gives none, everything the
 * receipt says. A vendor that repeats an event under a new id repeats its content too, and joining that changes nothing.
 */
export function receiptKey(receipt: RawReceipt): string {
  if (receipt.receiptId !== null) return `id:${receipt.receiptId}`
  const { messageId, vendorMessageId, status, occurredAtMs, reason } = receipt
  return `of:${JSON.stringify([messageId, vendorMessageId, status.toUpperCase(), occurredAtMs, reason])}`
}

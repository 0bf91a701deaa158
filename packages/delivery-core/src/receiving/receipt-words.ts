import type { DeliveryStatus, ReceiptMark } from '../message/delivery-status.ts'

/** What each status word of a receipt means. A word that is not here is kept apart and told to the operator. */
const meanings: ReadonlyMap<string, DeliveryStatus | ReceiptMark> = new Map<string, DeliveryStatus | ReceiptMark>([
  ['PENDING', 'queued'],
  ['QUEUED', 'queued'],
  ['ACCEPTED', 'queued'],
  ['SENT', 'sent'],
  ['DEFERRED', 'deferred'],
  ['FAILED', 'failed'],
  ['DELIVERED', 'delivered'],
  ['READ', 'read'],
  ['BOUNCED', 'bounced'],
  ['OPENED', 'opened'],
  ['CLICKED', 'clicked'],
  ['COMPLAINED', 'complained'],
  ['UNSUBSCRIBED', 'unsubscribed'],
])

/** The words that a receipt may use, in the order of a message's life. */
export const receiptWords: readonly string[] = [...meanings.keys()]

/** What a receipt's status word says, or null when nobody knows. Upper and lower case are alike. */
export function readReceiptWord(word: string): DeliveryStatus | ReceiptMark | null {
  return meanings.get(word.toUpperCase()) ?? null
}

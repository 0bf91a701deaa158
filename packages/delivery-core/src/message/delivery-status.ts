/**
 * What the vendor says became of a message, from nothing to the last word. One chain serves every channel: on phones
 * the last words are `failed < delivered < read`, because evidence from the handset outweighs a gateway's; in e-mail
 * they are `failed < delivered < bounced`, because "delivered" only means that the next server took it. A phone
 * vendor never says `bounced` and an e-mail vendor never says `read`, so neither order disturbs the other.
 */
export const deliveryStatuses = [
  'none',
  'queued',
  'sent',
  'deferred',
  'failed',
  'delivered',
  'read',
  'bounced',
] as const

export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** The place in the chain: whoever is higher decides, whatever came first. */
export function rankOf(status: DeliveryStatus): number {
  return deliveryStatuses.indexOf(status)
}

/** Things that happen to a message beside its delivery; each is remembered with its first instant. */
export const receiptMarks = ['opened', 'clicked', 'complained', 'unsubscribed'] as const

export type ReceiptMark = (typeof receiptMarks)[number]

/** Whether no further receipt is awaited once this status is known. */
export function isFinal(status: DeliveryStatus): boolean {
  return rankOf(status) >= rankOf('failed')
}

/** Statuses after which another receipt is still awaited. */
export const awaitingStatuses: readonly DeliveryStatus[] = deliveryStatuses.filter((status) => !isFinal(status))

/** Whether the person has the message, as far as the vendor knows. */
export function isPositive(status: DeliveryStatus): boolean {
  return status === 'delivered' || status === 'read'
}

/** Whether the vendor says that it did not arrive. */
export function isNegative(status: DeliveryStatus): boolean {
  return status === 'failed' || status === 'bounced'
}

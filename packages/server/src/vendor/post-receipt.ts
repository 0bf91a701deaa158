import { vendorKeyHeader } from './vendor-key.ts'
import type { PostReceipt } from './vendor-words.ts'

/** A receiver that takes longer than this is asked again later. */
const deadlineMs = 10_000

/** Sends receipts to this address, as the wire contract describes them. */
export function createPostReceipt(receiptUrl: () => string, key: string): PostReceipt {
  return async ({ messageId, vendorMessageId, receiptId, status, errorMessage, occurredAtMs }) => {
    const response = await fetch(receiptUrl(), {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
      headers: { 'content-type': 'application/json', [vendorKeyHeader]: key },
      body: JSON.stringify({
        messageId,
        vendorMessageId,
        receiptId,
        status,
        occurredAt: new Date(occurredAtMs).toISOString(),
        ...(errorMessage === null ? {} : { errorMessage }),
      }),
    })
    await response.arrayBuffer()
    return response.ok
  }
}

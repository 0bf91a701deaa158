import { signWebhook } from './receipt-signature.ts'
import { vendorKeyHeader } from './vendor-key.ts'
import type { PostReceipt } from './vendor-words.ts'

/** A receiver that takes longer than this is asked again later. */
const deadlineMs = 10_000

/** Where the simulated vendor reports to, and how it shows who it is. */
export interface ReceiptSender {
  readonly url: () => string
  readonly key: string
  /** In base64; with it the receipts are signed, and the key is not sent. Null: the key is sent. */
  readonly webhookSecret: string | null
  readonly nowMs: () => number
}

/** Sends receipts to this address, as the wire contract describes them. */
export function createPostReceipt({ url, key, webhookSecret, nowMs }: ReceiptSender): PostReceipt {
  return async ({ id, messageId, vendorMessageId, receiptId, status, errorMessage, occurredAtMs }) => {
    const body = JSON.stringify({
      messageId,
      vendorMessageId,
      receiptId,
      status,
      occurredAt: new Date(occurredAtMs).toISOString(),
      ...(errorMessage === null ? {} : { errorMessage }),
    })
    const shown =
      webhookSecret === null ? { [vendorKeyHeader]: key } : { ...signWebhook(id, body, webhookSecret, nowMs()) }
    const response = await fetch(url(), {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
      headers: { 'content-type': 'application/json', ...shown },
      body,
    })
    await response.arrayBuffer()
    return response.ok
  }
}

import { createHash } from 'node:crypto'
import { type RawReceipt, receiptKey } from '@muster/delivery-core'
import type { Row } from './write-rows.ts'

/** What a receipt says, as it came. */
export interface InboxRow {
  readonly account: string
  readonly receipt_id: string | null
  readonly message_id: string | null
  readonly vendor_message_id: string | null
  readonly status: string
  readonly occurred_at_ms: number | null
  readonly reason: string | null
  readonly received_at_ms: number
}

export const inboxColumns = [
  'account',
  'receipt_id',
  'message_id',
  'vendor_message_id',
  'status',
  'occurred_at_ms',
  'reason',
  'received_at_ms',
] as const

/** What became of a receipt. */
export type Place = 'joined' | 'late' | 'quarantined' | 'impossible' | 'unreadable'

/** A receipt on its way into a message. */
export interface Incoming {
  readonly key: string
  readonly row: InboxRow
  readonly messageId: string | null
  place: Place
}

/** What makes two receipts the same event, in a form that an index can hold. */
export function keyOf(row: InboxRow): string {
  const key = receiptKey({
    account: row.account,
    receiptId: row.receipt_id,
    messageId: row.message_id,
    vendorMessageId: row.vendor_message_id,
    status: row.status,
    occurredAtMs: row.occurred_at_ms,
    reason: row.reason,
  })
  return createHash('sha256').update(key).digest('hex')
}

/** A receipt on its way into the inbox. */
export function inboxRow(receipt: RawReceipt, nowMs: number): Row {
  return {
    account: receipt.account,
    receipt_id: receipt.receiptId,
    message_id: receipt.messageId,
    vendor_message_id: receipt.vendorMessageId,
    status: receipt.status,
    occurred_at_ms: receipt.occurredAtMs,
    reason: receipt.reason,
    received_at_ms: nowMs,
  }
}

/** A receipt on its way out of it. */
export function receiptRow({ key, row, place, messageId }: Incoming): Row {
  return {
    receipt_key: key,
    place,
    joined_message_id: messageId,
    seen: 1,
    account: row.account,
    receipt_id: row.receipt_id,
    message_id: row.message_id,
    vendor_message_id: row.vendor_message_id,
    status: row.status,
    occurred_at_ms: row.occurred_at_ms,
    reason: row.reason,
    received_at_ms: row.received_at_ms,
  }
}

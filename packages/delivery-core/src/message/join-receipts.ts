import {
  type DeliveryStatus,
  isNegative,
  isPositive,
  type ReceiptMark,
  rankOf,
  receiptMarks,
} from './delivery-status.ts'

/** One thing the vendor said about one message. Its key names the event: the same key is the same event. */
export interface Receipt {
  readonly key: string
  readonly says: DeliveryStatus | ReceiptMark
  readonly occurredAtMs: number
  /** Why it failed, in the vendor's words. */
  readonly reason: string | null
}

/** What all receipts of a message together say. */
export interface Delivery {
  readonly status: DeliveryStatus
  /** When the deciding event occurred, by the vendor's clock; null before the first receipt. */
  readonly decidedAtMs: number | null
  /** The key of the deciding receipt; null before the first. */
  readonly decidedBy: string | null
  readonly reason: string | null
  readonly hasPositive: boolean
  readonly hasNegative: boolean
  readonly openedAtMs: number | null
  readonly clickedAtMs: number | null
  readonly complainedAtMs: number | null
  readonly unsubscribedAtMs: number | null
}

/** What is known before the first receipt. */
export const noDelivery: Delivery = {
  status: 'none',
  decidedAtMs: null,
  decidedBy: null,
  reason: null,
  hasPositive: false,
  hasNegative: false,
  openedAtMs: null,
  clickedAtMs: null,
  complainedAtMs: null,
  unsubscribedAtMs: null,
}

/**
 * Folds one receipt into what is known. The receipt that outranks all others decides, so repeats change nothing and
 * the order of arrival does not matter: joining is commutative, associative and idempotent.
 */
export function joinReceipt(known: Delivery, receipt: Receipt): Delivery {
  if (isMark(receipt.says)) return joinMark(known, receipt.says, receipt.occurredAtMs)
  const status = receipt.says
  const seen = {
    hasPositive: known.hasPositive || isPositive(status),
    hasNegative: known.hasNegative || isNegative(status),
  }
  if (!outranks(status, receipt, known)) return { ...known, ...seen }
  return {
    ...known,
    ...seen,
    status,
    decidedAtMs: receipt.occurredAtMs,
    decidedBy: receipt.key,
    reason: receipt.reason,
  }
}

/** All receipts of a message, joined. */
export function joinReceipts(receipts: readonly Receipt[]): Delivery {
  return receipts.reduce(joinReceipt, noDelivery)
}

/** Whether the vendor said both that it arrived and that it did not. */
export function isContradictory(delivery: Delivery): boolean {
  return delivery.hasPositive && delivery.hasNegative
}

/** The higher rank; then the earlier event; then, to break ties, the smaller key. */
function outranks(status: DeliveryStatus, receipt: Receipt, known: Delivery): boolean {
  if (known.decidedAtMs === null || known.decidedBy === null) return true
  const byRank = rankOf(status) - rankOf(known.status)
  if (byRank !== 0) return byRank > 0
  const byTime = known.decidedAtMs - receipt.occurredAtMs
  if (byTime !== 0) return byTime > 0
  return receipt.key < known.decidedBy
}

function joinMark(known: Delivery, mark: ReceiptMark, atMs: number): Delivery {
  const field = `${mark}AtMs` as const
  const before = known[field]
  return { ...known, [field]: before === null ? atMs : Math.min(before, atMs) }
}

function isMark(says: Receipt['says']): says is ReceiptMark {
  return receiptMarks.some((mark) => mark === says)
}

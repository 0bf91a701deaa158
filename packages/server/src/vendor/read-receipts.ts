import type { RawReceipt } from '@muster/delivery-core'
import { checkerOf, inspectorOf } from '../http/checker-of.ts'
import type { Fault } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'

interface ReceiptBody {
  /** Ours, which vendors repeat; or their own, where they repeat nothing. */
  readonly messageId: string
  readonly vendorMessageId?: string
  readonly status: string
  readonly errorMessage?: string | null
  readonly receiptId?: string
  readonly occurredAt?: string
}

/** Further fields are welcome: vendors add some without asking. */
const receiptSchema = {
  type: 'object',
  required: ['messageId', 'status'],
  properties: {
    messageId: { type: 'string', minLength: 1, maxLength: 200 },
    vendorMessageId: { type: 'string', minLength: 1, maxLength: 200 },
    status: { type: 'string', minLength: 1, maxLength: 64 },
    errorMessage: { type: ['string', 'null'], maxLength: 2_000 },
    receiptId: { type: 'string', minLength: 1, maxLength: 200 },
    occurredAt: { type: 'string', maxLength: 40 },
  },
}

export const checkReceipt = checkerOf<ReceiptBody>(receiptSchema)

const inspectReceipt = inspectorOf<ReceiptBody>(receiptSchema)

/** As many as the inbox writes down in a tenth of a second; a vendor that has more sends them in several requests. */
export const mostReceiptsAtOnce = 1_000

/** What is in the list is looked at one by one, so that one bad receipt does not stop the others. */
export const checkBatch = checkerOf<{ readonly receipts: readonly unknown[] }>({
  type: 'object',
  required: ['receipts'],
  properties: { receipts: { type: 'array', minItems: 1, maxItems: mostReceiptsAtOnce } },
})

/** A receipt of a batch: to be written down, or what is wrong with it. */
export type BatchedReceipt =
  | { readonly ok: true; readonly receipt: RawReceipt }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Whether a body is a list of receipts rather than one. */
export function isBatch(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'receipts')
}

/** @throws ProblemError with everything that is wrong with it */
export function readReceipt(body: unknown, account: string): RawReceipt {
  return rawOf(checkReceipt(body), account)
}

/** @throws ProblemError when it is no list, or too long a one */
export function readBatch(body: unknown, account: string): readonly BatchedReceipt[] {
  return checkBatch(body).receipts.map((item) => {
    const read = inspectReceipt(item)
    return read.ok ? { ok: true, receipt: rawOf(read.value, account) } : { ok: false, faults: read.faults }
  })
}

function rawOf(body: ReceiptBody, account: string): RawReceipt {
  return {
    account,
    receiptId: body.receiptId ?? null,
    messageId: body.messageId,
    vendorMessageId: body.vendorMessageId ?? body.messageId,
    status: body.status,
    occurredAtMs: body.occurredAt === undefined ? null : momentMs(body.occurredAt),
    reason: body.errorMessage ?? null,
  }
}

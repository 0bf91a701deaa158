import { createBatcher } from '../batch/batcher.ts'
import type { Clock } from '../time/clock.ts'
import type { RawReceipt, ReceiptStore } from './receipt-store.ts'

/** More receipts came than can be written down. The vendor should send this one again. */
export class InboxFullError extends Error {
  override readonly name = 'InboxFullError'
  readonly code = 'INBOX_FULL'
  readonly retryAfterMs = 1_000

  constructor(waiting: number) {
    super(`${waiting} receipts are waiting to be written down`)
  }
}

/** Two hundred rows an insert were 10 to 50 times faster than single ones. */
const largestBatch = 200

/** While one waits for the disk, the next ones are written. */
const batchesAtOnce = 3

/** As many as are written in a second or two. More would make vendors time out and send everything again. */
const mostWaiting = 10_000

/** Where receipts arrive. */
export interface Inbox {
  /**
   * Resolves when the receipt is durable: only then may the vendor be answered with a success.
   * @throws InboxFullError at once when too many are waiting, before anything was kept of this one
   */
  put(receipt: RawReceipt): Promise<void>
  /** Whether `put` would refuse now: to be asked before a body is even read. */
  isFull(): boolean
}

/** Writes receipts down in batches. */
export function createInbox(store: Pick<ReceiptStore, 'append'>, clock: Clock, onArrival: () => void): Inbox {
  let waiting = 0
  const append = async (receipts: readonly RawReceipt[]) => {
    await store.append(receipts)
    onArrival()
    return receipts.map(() => undefined)
  }
  const batcher = createBatcher<RawReceipt, void>(largestBatch, append, clock, batchesAtOnce)
  const isFull = () => waiting >= mostWaiting
  return {
    isFull,
    put: async (receipt) => {
      if (isFull()) throw new InboxFullError(waiting)
      waiting++
      try {
        await batcher.ask(receipt)
      } finally {
        waiting--
      }
    },
  }
}

import { createHash } from 'node:crypto'
import { type Clock, createBatcher, type Repetition, repeat } from '@muster/delivery-core'
import type { SimulatedVendorSettings } from './simulated-vendor-settings.ts'
import type { SimulatedVendorStore } from './simulated-vendor-store.ts'
import { drawConduct } from './vendor-conduct.ts'
import type { PostReceipt, VendorReply, VendorRequest } from './vendor-words.ts'

export interface SimulatedVendor {
  /** Takes a message, or does not, as chance and the settings will have it. The same seed does the same. */
  accept(request: VendorRequest): Promise<VendorReply>
  /** Begins to send the receipts that are owed, those of an earlier life of the process included. */
  start(): void
  stop(): Promise<void>
}

/** The longest that a receipt is tried for: 12 tries over about an hour. */
const mostTries = 12
const receiptsAtOnce = 50

/**
 * A vendor to watch Muster by. It recognises idempotency keys, sends receipts late, twice, contradictory or never, is
 * busy, broken or silent, each as often as it is told; and it remembers in the database, so that it is the same vendor
 * after the program was killed.
 */
export function createSimulatedVendor(
  store: SimulatedVendorStore,
  settings: SimulatedVendorSettings,
  clock: Clock,
  postReceipt: PostReceipt,
  tell: (problem: { readonly kind: 'receipts-failed'; readonly error: unknown }) => void,
): SimulatedVendor {
  const take = (requests: readonly VendorRequest[]) =>
    store.take(
      requests.map((request) => ({ ...request, bodyHash: createHash('sha256').update(request.message).digest('hex') })),
      (request, earlierRequests) => drawConduct(request, earlierRequests, settings, clock.nowMs()),
      settings.knowsKeys,
    )
  const batcher = createBatcher<VendorRequest, VendorReply>(100, take, clock)
  const receipts: Repetition = repeat(
    clock,
    settings.receiptEveryMs,
    () => sendDue(store, clock, postReceipt),
    (error) => tell({ kind: 'receipts-failed', error }),
  )
  return { accept: (request) => batcher.ask(request), start: receipts.start, stop: receipts.stop }
}

async function sendDue(store: SimulatedVendorStore, clock: Clock, postReceipt: PostReceipt): Promise<boolean> {
  const due = await store.dueReceipts(clock.nowMs(), receiptsAtOnce)
  const taken = await Promise.all(due.map((receipt) => postReceipt(receipt).catch(() => false)))
  const sent = due.filter((_, index) => taken[index])
  const failed = due.filter((_, index) => !taken[index])
  await store.settleReceipts(
    [...sent, ...failed.filter(({ tries }) => tries + 1 >= mostTries)].map(({ id }) => id),
    failed
      .filter(({ tries }) => tries + 1 < mostTries)
      .map(({ id, tries }) => ({ id, dueAtMs: clock.nowMs() + 1_000 * 2 ** tries })),
  )
  return sent.length === receiptsAtOnce
}

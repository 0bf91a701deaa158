import { isFinal } from './delivery-status.ts'
import { type Delivery, joinReceipt, type Receipt } from './join-receipts.ts'
import { advance, type Standing } from './message.ts'
import type { DeliveryPolicy } from './policy.ts'

/** Both axes of a message, and what a receipt is measured against. */
export interface Received {
  readonly standing: Standing
  readonly delivery: Delivery
  /** When the intent of the first attempt was committed; null when there is none. */
  readonly firstIntentAtMs: number | null
  /** When it became known that the vendor took it; null while it is not. */
  readonly acceptedAtMs: number | null
}

/**
 * `joined`: it changed what it could. `late`: after the horizon, so the counts stay as they were reported.
 * `impossible`: for a message that was never sent; nothing changes.
 */
export interface AfterReceipt {
  readonly kind: 'joined' | 'late' | 'impossible'
  readonly standing: Standing
  readonly delivery: Delivery
  /** Whether it proved a message to be with the vendor that we believed not to be. */
  readonly isLateProof: boolean
}

/** How far a vendor's clock is believed. */
const clockToleranceMs = 5 * 60_000

/** What one receipt changes. Any order and any number of repeats lead to the same result. */
export function afterReceipt(message: Received, receipt: Receipt, nowMs: number, policy: DeliveryPolicy): AfterReceipt {
  const { standing, delivery, firstIntentAtMs, acceptedAtMs } = message
  if (standing.attempts === 0 || firstIntentAtMs === null)
    return { kind: 'impossible', standing, delivery, isLateProof: false }
  if (acceptedAtMs !== null && nowMs > acceptedAtMs + policy.receiptHorizonMs) {
    return { kind: 'late', standing, delivery, isLateProof: false }
  }
  const occurredAtMs = Math.min(
    Math.max(receipt.occurredAtMs, firstIntentAtMs - clockToleranceMs),
    nowMs + clockToleranceMs,
  )
  const joined = joinReceipt(delivery, { ...receipt, occurredAtMs })
  const proven = advance(standing, { kind: 'proven', horizonAtMs: nowMs + policy.receiptHorizonMs })
  return {
    kind: 'joined',
    standing: isFinal(joined.status) ? { ...proven, dueAtMs: null } : proven,
    delivery: joined,
    isLateProof: standing.dispatch !== 'ACCEPTED' && standing.dispatch !== 'SENDING',
  }
}

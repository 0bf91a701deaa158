import type { DeliveryStatus } from './delivery-status.ts'
import type { DispatchState } from './dispatch-state.ts'

/** The seven words that clients see, in the order in which a screen lists them. */
export const wireStatuses = ['PENDING', 'SENT', 'DELIVERED', 'FAILED', 'BOUNCED', 'SKIPPED', 'CANCELLED'] as const

export type WireStatus = (typeof wireStatuses)[number]

/** What an accepted message is called, by what the vendor says of it. */
const wireStatusOfDelivery: Readonly<Record<DeliveryStatus, WireStatus>> = {
  none: 'SENT',
  queued: 'SENT',
  sent: 'SENT',
  deferred: 'SENT',
  failed: 'FAILED',
  delivered: 'DELIVERED',
  read: 'DELIVERED',
  bounced: 'BOUNCED',
}

/** What every other message is called, by what we did with it. */
const wireStatusOfDispatch: Readonly<Record<Exclude<DispatchState, 'ACCEPTED'>, WireStatus>> = {
  PENDING: 'PENDING',
  LEASED: 'PENDING',
  SENDING: 'PENDING',
  RETRY_WAIT: 'PENDING',
  IN_DOUBT: 'PENDING',
  REJECTED: 'FAILED',
  EXHAUSTED: 'FAILED',
  UNCONFIRMED: 'FAILED',
  RENDER_FAILED: 'FAILED',
  SUPPRESSED: 'SKIPPED',
  EXPIRED: 'SKIPPED',
  CANCELLED: 'CANCELLED',
}

/** The one word for a message that clients see. */
export function wireStatus(dispatch: DispatchState, delivery: DeliveryStatus): WireStatus {
  return dispatch === 'ACCEPTED' ? wireStatusOfDelivery[delivery] : wireStatusOfDispatch[dispatch]
}

/**
 * What we did with a message. The other axis, what the vendor says became of it, is `DeliveryStatus`; the two are never
 * mixed in one word.
 */
export const dispatchStates = [
  /** In the snapshot; no attempt was ever made. */
  'PENDING',
  /** Claimed by a worker under a token; no byte was sent under this claim. */
  'LEASED',
  /** The intent is committed and an attempt is open: from here on the vendor may have it. */
  'SENDING',
  /** Attempted before, and every attempt is known not to have been accepted. */
  'RETRY_WAIT',
  /** At least one attempt may have been accepted; none is open, none is known to be. */
  'IN_DOUBT',
  /** The vendor took it. */
  'ACCEPTED',
  /** The vendor refused this recipient or this text for good. */
  'REJECTED',
  /** The attempts are used up, and each is known to have failed. */
  'EXHAUSTED',
  /** The doubt was not resolved in time: it may or may not have arrived. */
  'UNCONFIRMED',
  /** The text could not be made. Nothing was sent. */
  'RENDER_FAILED',
  /** The person must not be written to. */
  'SUPPRESSED',
  /** The run was cancelled before this message went out. */
  'CANCELLED',
  /** The time in which it made sense to send is over. */
  'EXPIRED',
] as const

export type DispatchState = (typeof dispatchStates)[number]

/** States from which nothing is ever sent again. Only proof that the vendor has the message may still change them. */
export const terminalStates = [
  'ACCEPTED',
  'REJECTED',
  'EXHAUSTED',
  'UNCONFIRMED',
  'RENDER_FAILED',
  'SUPPRESSED',
  'CANCELLED',
  'EXPIRED',
] as const satisfies readonly DispatchState[]

/** States in which there is still something to do, to wait for or to find out. A run with one of these is not over. */
export const openStates = [
  'PENDING',
  'LEASED',
  'SENDING',
  'RETRY_WAIT',
  'IN_DOUBT',
] as const satisfies readonly DispatchState[]

/** Every step that a message may take. What is not listed cannot happen, and a store that meets it must roll back. */
export const legalEdges: Readonly<Record<DispatchState, readonly DispatchState[]>> = {
  PENDING: ['LEASED', 'CANCELLED', 'SUPPRESSED', 'EXPIRED'],
  LEASED: [
    'SENDING',
    'PENDING',
    'RETRY_WAIT',
    'RENDER_FAILED',
    'SUPPRESSED',
    'CANCELLED',
    'EXPIRED',
    'EXHAUSTED',
    'ACCEPTED',
  ],
  SENDING: ['ACCEPTED', 'REJECTED', 'RETRY_WAIT', 'EXHAUSTED', 'IN_DOUBT', 'CANCELLED'],
  RETRY_WAIT: ['LEASED', 'CANCELLED', 'SUPPRESSED', 'EXPIRED', 'EXHAUSTED', 'ACCEPTED'],
  IN_DOUBT: ['SENDING', 'ACCEPTED', 'REJECTED', 'RETRY_WAIT', 'EXHAUSTED', 'UNCONFIRMED', 'CANCELLED'],
  ACCEPTED: [],
  REJECTED: ['ACCEPTED'],
  EXHAUSTED: ['ACCEPTED'],
  UNCONFIRMED: ['ACCEPTED'],
  RENDER_FAILED: [],
  SUPPRESSED: ['ACCEPTED'],
  CANCELLED: ['ACCEPTED'],
  EXPIRED: ['ACCEPTED'],
}

/** Whether nothing is ever sent again from this state. */
export function isTerminal(state: DispatchState): boolean {
  return (terminalStates as readonly DispatchState[]).includes(state)
}

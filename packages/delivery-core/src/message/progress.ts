import { type DeliveryStatus, isFinal } from './delivery-status.ts'
import { type DispatchState, dispatchStates, isTerminal } from './dispatch-state.ts'
import { type WireStatus, wireStatus, wireStatuses } from './wire-status.ts'

/** How many messages stand at one place of both axes. */
export interface Tally {
  readonly dispatch: DispatchState
  readonly delivery: DeliveryStatus
  readonly count: number
}

/** The books of a run at one instant. */
export interface Progress {
  /** People in the snapshot. */
  readonly audience: number
  readonly byDispatch: Readonly<Record<DispatchState, number>>
  readonly byWireStatus: Readonly<Record<WireStatus, number>>
  /** Messages that the vendor took. */
  readonly accepted: number
  /** Accepted, and no final receipt yet. */
  readonly awaitingReceipt: number
  /** Messages for which there is nothing left to do or to find out on our side. */
  readonly finished: number
  /** Whether everybody in the snapshot is accounted for exactly once. */
  readonly isBalanced: boolean
}

/** Sums the tallies of a run and holds them against its audience. */
export function progressOf(audience: number, tallies: readonly Tally[]): Progress {
  const byDispatch = zeroes(dispatchStates)
  const byWireStatus = zeroes(wireStatuses)
  let awaitingReceipt = 0
  let finished = 0
  let total = 0
  for (const { dispatch, delivery, count } of tallies) {
    byDispatch[dispatch] += count
    byWireStatus[wireStatus(dispatch, delivery)] += count
    if (dispatch === 'ACCEPTED' && !isFinal(delivery)) awaitingReceipt += count
    if (isTerminal(dispatch)) finished += count
    total += count
  }
  const accepted = byDispatch.ACCEPTED
  return { audience, byDispatch, byWireStatus, accepted, awaitingReceipt, finished, isBalanced: total === audience }
}

function zeroes<Word extends string>(words: readonly Word[]): Record<Word, number> {
  return Object.fromEntries(words.map((word) => [word, 0])) as Record<Word, number>
}

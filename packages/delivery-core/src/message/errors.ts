import type { DispatchState } from './dispatch-state.ts'

/**
 * A message was about to take a step that the table of legal edges does not contain. This is a fault of the program,
 * never of its input: the transaction that meets it must be rolled back.
 */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError'
  readonly code = 'ILLEGAL_TRANSITION'

  constructor(from: DispatchState, event: string) {
    super(`A message that is ${from} cannot be ${event}`)
  }
}

import type { RunState } from '../message/run-state.ts'
import type { PauseReason } from '../message/vendor-answer.ts'

/** A run that came to rest, or was stopped. */
export interface RunChange {
  readonly runId: string
  readonly state: RunState
  readonly reason: PauseReason | null
}

/** What the engine may do to runs. Operators have their own, richer calls in the application. */
export interface RunBook {
  /** Stops a running run: no intent commits after this has resolved. A run that is not running is left alone. */
  pause(runId: string, reason: PauseReason): Promise<void>
  /**
   * Ends the runs in which everybody is accounted for, and only those, and names each run whose end or whose pause has
   * not yet been told; `told` marks them. A change is named again until it was told, also after a crash.
   */
  changes(): Promise<readonly RunChange[]>
  told(change: RunChange): Promise<void>
}

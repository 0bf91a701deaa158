import type { VendorHabits } from '../message/classify-answer.ts'
import type { DeliveryPolicy } from '../message/policy.ts'
import type { Verdict } from '../message/vendor-answer.ts'
import type { Rendering } from '../template/check-template.ts'
import type { Clock, Random } from '../time/clock.ts'
import type { Breaker } from './breaker.ts'
import type { ClaimedMessage, MessageStore } from './message-store.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { RunBook } from './run-book.ts'
import type { StartPlan } from './start-plan.ts'
import type { PlanFailed } from './start-pool.ts'
import type { ThrottleLimits } from './throttle.ts'
import type { Vendor } from './vendor.ts'

/** What the engine stands on. Everything that touches the world is handed in. */
export interface EngineParts {
  readonly store: MessageStore
  readonly runs: Pick<RunBook, 'pause'>
  readonly vendor: Vendor
  readonly habits: VendorHabits
  /** Makes the text of a message that was never sent before. Total: a failure is an answer. */
  readonly render: (message: ClaimedMessage) => Rendering
  readonly clock: Clock
  readonly random: Random
  readonly policy: DeliveryPolicy
  /** What this worker keeps by itself. Where starts are planned, the rate only tells it how much to prepare. */
  readonly limits: ThrottleLimits
  /** What it keeps together with all others: when each call may start. */
  readonly plan?: StartPlan
  /** How long to wait before asking again for work when there was none. `wake` cuts it short. */
  readonly idleMs: number
  readonly breaker?: Breaker
  readonly retryBudget?: RetryBudget
  /** Hears what an operator should see. Carries no address, name or text. */
  readonly tell?: (event: EngineEvent) => void
}

export type EngineEvent =
  | { readonly kind: 'claim-failed' | 'intent-failed' | 'return-failed' | 'pause-failed'; readonly error: unknown }
  | { readonly kind: 'record-failed'; readonly facts: number; readonly error: unknown }
  | PlanFailed
  | {
      readonly kind: 'attempted'
      readonly messageId: string
      readonly result: Verdict['result']
      readonly code: Verdict['code']
    }

/** How a message gets there: durable, throttled, reconciled. Nobody lost, nobody twice, books that balance. */

// Say what happened

export { classifyAnswer, type VendorHabits } from './message/classify-answer.ts'
export { readRetryAfter } from './message/retry-after.ts'
export type { FailureCode, PauseReason, VendorAnswer, Verdict } from './message/vendor-answer.ts'

// Decide what follows

export { afterAttempts, firstReachedAtMs, type KnownAttempt, type Learning } from './message/after-attempts.ts'
export { type Attempt, type AttemptResult, settleAttempt } from './message/attempt.ts'
export { type AttemptBounds, decideDispatch, isBudgetSpent } from './message/decide-dispatch.ts'
export { decideIntent, type IntentDecision, type IntentSituation, isKeyTooOld } from './message/decide-intent.ts'
export {
  type DispatchState,
  dispatchStates,
  isTerminal,
  legalEdges,
  openStates,
  terminalStates,
} from './message/dispatch-state.ts'
export { IllegalTransitionError } from './message/errors.ts'
export { advance, type DispatchEvent, type Standing } from './message/message.ts'
export { type DeliveryPolicy, type DoubtPolicy, defaultPolicy, doubtDeadline, mayResend } from './message/policy.ts'
export { canRunBecome, legalRunEdges, type RunState, runStates } from './message/run-state.ts'

// Join receipts

export { type AfterReceipt, afterReceipt, type Received } from './message/after-receipt.ts'
export {
  awaitingStatuses,
  type DeliveryStatus,
  deliveryStatuses,
  isFinal,
  isNegative,
  isPositive,
  type ReceiptMark,
  rankOf,
  receiptMarks,
} from './message/delivery-status.ts'
export {
  type Delivery,
  isContradictory,
  joinReceipt,
  joinReceipts,
  noDelivery,
  type Receipt,
} from './message/join-receipts.ts'
export { receiptKey } from './receiving/receipt-key.ts'
export { readReceiptWord, receiptWords } from './receiving/receipt-words.ts'

// Count

export { type Progress, progressOf, type Tally } from './message/progress.ts'
export { sayFailure } from './message/say-failure.ts'
export { type WireStatus, wireStatus, wireStatuses } from './message/wire-status.ts'

// Write the text

export {
  type CheckedTemplate,
  checkTemplate,
  type Rendering,
  type Template,
  type TemplateIssue,
  type TemplateOptions,
} from './template/check-template.ts'
export { customerValues, samplePerson, type TemplatePerson } from './template/customer-values.ts'
export type { TemplateValues } from './template/liquid.ts'

// Send

export { type Breaker, type BreakerLimits, createBreaker, defaultBreaker } from './sending/breaker.ts'
export { createEngine, type Engine } from './sending/engine.ts'
export type { EngineEvent, EngineParts } from './sending/engine-parts.ts'
export { createKeeper, type KeeperEvent } from './sending/keeper.ts'
export type {
  AttemptFact,
  ClaimedMessage,
  ClaimRequest,
  Intent,
  IntentOutcome,
  MessageStore,
  Return,
  Sweep,
} from './sending/message-store.ts'
export {
  createRetryBudget,
  defaultRetryBudget,
  type RetryBudget,
  type RetryBudgetLimits,
} from './sending/retry-budget.ts'
export { type RetrySpread, retryDelayMs } from './sending/retry-delay.ts'
export type { RunBook, RunChange } from './sending/run-book.ts'
export type { PlannedStarts, StartPlan, StartWindow } from './sending/start-plan.ts'
export { createThrottle, type Rate, type Throttle, type ThrottleLimits } from './sending/throttle.ts'
export type { OutgoingMessage, Vendor } from './sending/vendor.ts'

// Receive

export { createInbox, type Inbox, InboxFullError } from './receiving/inbox.ts'
export {
  type Drain,
  type Fold,
  quarantineBounds,
  type RawReceipt,
  type ReceiptStore,
} from './receiving/receipt-store.ts'
export { createReconciler, type ReconcilerEvent } from './receiving/reconciler.ts'

// Time, chance and batches

export { type Batcher, createBatcher } from './batch/batcher.ts'
export { type Clock, pause, type Random } from './time/clock.ts'
export { type Repetition, repeat } from './time/repeat.ts'

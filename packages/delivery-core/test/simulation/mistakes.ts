import { afterReceipt } from '../../src/message/after-receipt.ts'
import { decideIntent, isKeyTooOld } from '../../src/message/decide-intent.ts'
import { isTerminal } from '../../src/message/dispatch-state.ts'
import { joinReceipt, noDelivery } from '../../src/message/join-receipts.ts'
import type { VendorAnswer } from '../../src/message/vendor-answer.ts'
import { type StoreRules, soundRules } from '../../src/testing/store-rules.ts'
import type { PaceRules } from './pace.ts'

/** A mistake that a designer could make, put in the place of what is right. */
export interface Mistake {
  readonly rules?: Partial<StoreRules>
  readonly definiteStatuses?: readonly number[]
  readonly pace?: Partial<PaceRules>
  readonly misread?: (answer: VendorAnswer) => VendorAnswer
}

/** The design mistakes that the simulation must notice. */
export const mistakes: Readonly<Record<string, Mistake>> = {
  'an intent without compare-and-set': {
    rules: {
      decideIntent: (situation, policy) => {
        const isClaimable = situation.message.dispatch === 'LEASED' || situation.message.dispatch === 'IN_DOUBT'
        const held = { ...situation.message, dueAtMs: situation.nowMs + 1 }
        return isClaimable
          ? decideIntent({ ...situation, message: held, token: held.token }, policy)
          : { kind: 'stale' }
      },
    },
  },
  'a lapsed attempt goes back to the queue': { rules: { lapsedAttempt: 'notsent' } },
  'a 5xx is taken for "not accepted"': { definiteStatuses: [500, 502, 504] },
  'a timeout is taken for "not accepted"': {
    misread: (answer) => (answer.kind === 'lost' ? { kind: 'not-reached', detail: 'timeout' } : answer),
  },
  'a pause is looked at only when claiming': {
    rules: {
      decideIntent: (situation, policy) =>
        decideIntent({ ...situation, run: { state: 'RUNNING', epoch: situation.epoch } }, policy),
    },
  },
  'a suppression is looked at only when claiming': {
    rules: { decideIntent: (situation, policy) => decideIntent({ ...situation, objection: null }, policy) },
  },
  'the frequency cap is looked at only when claiming': {
    rules: { decideIntent: (situation, policy) => decideIntent({ ...situation, isCapReached: false }, policy) },
  },
  'the send window is looked at only when claiming': {
    rules: { decideIntent: (situation, policy) => decideIntent({ ...situation, windowClosesAtMs: null }, policy) },
  },
  'quiet hours are looked at only when claiming': {
    rules: { decideIntent: (situation, policy) => decideIntent({ ...situation, quietUntilMs: null }, policy) },
  },
  'the last receipt wins': {
    rules: {
      afterReceipt: (message, receipt, nowMs, policy) => {
        const after = afterReceipt(message, receipt, nowMs, policy)
        const alone = joinReceipt(noDelivery, receipt)
        return after.kind === 'joined' && alone.status !== 'none'
          ? { ...after, delivery: { ...after.delivery, ...alone } }
          : after
      },
    },
  },
  'an unknown receipt is dropped': { rules: { isUnknownKept: false } },
  'the quarantine is not drained into terminal messages': {
    rules: { isDrainedInto: ({ standing }) => !isTerminal(standing.dispatch) },
  },
  'the age of a key is ignored': {
    rules: { decideIntent: (situation, policy) => decideIntent({ ...situation, firstReachedAtMs: null }, policy) },
  },
  'the age of a key is looked at only for doubtful messages': {
    rules: {
      decideIntent: (situation, policy) => {
        const isDoubtful = situation.message.dispatch === 'IN_DOUBT'
        const decision = decideIntent({ ...situation, firstReachedAtMs: null }, policy)
        return isDoubtful &&
          decision.kind === 'permitted' &&
          isKeyTooOld(situation.firstReachedAtMs, policy, situation.nowMs)
          ? { kind: 'key-expired' }
          : decision
      },
    },
  },
  'each worker keeps the rate by itself': { pace: { isShared: false } },
  'a call starts however late its permit comes': { pace: { toleranceMs: 3_600_000 } },
  'every attempt has a fresh key': { rules: { keyOf: (messageId, attempts) => `r${messageId}.${attempts}` } },
  'a fact needs the lease': {
    rules: {
      isBelieved: ({ standing }, { token }, nowMs) =>
        standing.token === token && standing.dueAtMs !== null && standing.dueAtMs > nowMs,
    },
  },
}

/** The sound rules with a mistake in them. */
export function rulesWith(mistake: Mistake): StoreRules {
  return { ...soundRules, ...mistake.rules }
}

import type { VendorAnswer } from '../message/vendor-answer.ts'
import type { OutgoingMessage, Vendor } from '../sending/vendor.ts'

/** What happens to one request: what the vendor does, and what we hear of it. */
export interface Scene {
  /** Whether the message takes effect, that is reaches the person. A key that had its effect has it once only. */
  readonly takesEffect: boolean
  readonly answer: VendorAnswer
}

/** A vendor that does as it is told and keeps count. */
export interface ScriptedVendor extends Vendor {
  /** Every request, in order. */
  readonly requests: readonly OutgoingMessage[]
  /** How often each person's message took effect, by message id. */
  readonly effects: ReadonlyMap<string, number>
  /** Calls that are under way. */
  inFlight(): number
  /** The most calls that were ever under way at once. */
  mostInFlight(): number
}

/** An acceptance, with the vendor's own id of the message. */
export function accepted(vendorMessageId: string | null = null): Scene {
  return { takesEffect: true, answer: answered(200, { vendorMessageId }) }
}

/** An answer with this status, and no effect. */
export function refused(status: number, retryAfter: string | null = null): Scene {
  return { takesEffect: false, answer: answered(status, { retryAfter }) }
}

/** No answer; whether the message took effect is for the vendor to know. */
export function lost(takesEffect: boolean): Scene {
  return { takesEffect, answer: { kind: 'lost', detail: 'timeout' } }
}

/** The vendor was never reached. */
export const unreached: Scene = { takesEffect: false, answer: { kind: 'not-reached', detail: 'refused' } }

/**
 * @param script what happens to each request; it may wait before it says so. `knowsKeys` says whether the vendor
 * recognises a key it has seen, and then lets it have no second effect.
 */
export function createScriptedVendor(
  script: (message: OutgoingMessage, signal: AbortSignal) => Scene | Promise<Scene>,
  knowsKeys = true,
): ScriptedVendor {
  const requests: OutgoingMessage[] = []
  const effects = new Map<string, number>()
  const keys = new Set<string>()
  let inFlight = 0
  let mostInFlight = 0
  const affect = ({ messageId, idempotencyKey }: OutgoingMessage) => {
    if (knowsKeys && keys.has(idempotencyKey)) return
    keys.add(idempotencyKey)
    effects.set(messageId, (effects.get(messageId) ?? 0) + 1)
  }
  return {
    requests,
    effects,
    inFlight: () => inFlight,
    mostInFlight: () => mostInFlight,
    send: async (message, signal) => {
      requests.push(message)
      inFlight++
      mostInFlight = Math.max(mostInFlight, inFlight)
      try {
        const scene = await script(message, signal)
        if (scene.takesEffect) affect(message)
        return scene.answer
      } finally {
        inFlight--
      }
    },
  }
}

function answered(
  status: number,
  extra: { retryAfter?: string | null; vendorMessageId?: string | null },
): VendorAnswer {
  return { kind: 'response', status, retryAfter: null, vendorMessageId: null, isRefusal: false, detail: '', ...extra }
}

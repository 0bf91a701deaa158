import { createHash } from 'node:crypto'
import type { SimulatedVendorSettings } from './simulated-vendor-settings.ts'

/** What the vendor does with one request: how it answers, whether the message takes effect, and what it will report. */
export interface Conduct {
  readonly answer: 'accepted' | 'throttled' | 'broken' | 'silence'
  readonly takesEffect: boolean
  readonly atMs: number
  readonly retryAfterSeconds: number
  readonly vendorMessageId: string
  /** Sent only if the message takes effect for the first time. */
  readonly receipts: readonly PlannedReceipt[]
}

export interface PlannedReceipt {
  readonly receiptId: string
  readonly status: 'DELIVERED' | 'FAILED' | 'BOUNCED'
  readonly errorMessage: string | null
  readonly occurredAtMs: number
  readonly dueAtMs: number
}

/**
 * Draws the conduct towards a request from the seed, the key and how often the key came before: the same vendor does
 * the same to the same message, in whatever order messages come.
 */
export function drawConduct(
  { idempotencyKey }: { readonly idempotencyKey: string },
  earlierRequests: number,
  settings: SimulatedVendorSettings,
  nowMs: number,
): Conduct {
  const ofRequest = chancesOf(`${settings.seed} ${idempotencyKey} ${earlierRequests}`)
  const ofMessage = chancesOf(`${settings.seed} ${idempotencyKey}`)
  const vendorMessageId = `v-${createHash('sha256')
    .update(`${settings.seed} ${idempotencyKey} ${settings.knowsKeys ? 0 : earlierRequests}`)
    .digest('hex')
    .slice(0, 24)}`
  const trouble = troubleOf(ofRequest(), settings)
  return {
    ...trouble,
    atMs: nowMs,
    retryAfterSeconds: settings.retryAfterSeconds,
    vendorMessageId,
    receipts: planReceipts(vendorMessageId, ofMessage, settings, nowMs),
  }
}

function troubleOf(chance: number, settings: SimulatedVendorSettings): Pick<Conduct, 'answer' | 'takesEffect'> {
  const { throttleRate, brokenRate, silentBeforeRate, silentAfterRate } = settings
  const table: readonly [number, Pick<Conduct, 'answer' | 'takesEffect'>][] = [
    [throttleRate, { answer: 'throttled', takesEffect: false }],
    [brokenRate / 2, { answer: 'broken', takesEffect: false }],
    [brokenRate / 2, { answer: 'broken', takesEffect: true }],
    [silentBeforeRate, { answer: 'silence', takesEffect: false }],
    [silentAfterRate, { answer: 'silence', takesEffect: true }],
  ]
  let upTo = 0
  for (const [rate, trouble] of table) {
    upTo += rate
    if (chance < upTo) return trouble
  }
  return { answer: 'accepted', takesEffect: true }
}

function planReceipts(
  vendorMessageId: string,
  chance: () => number,
  settings: SimulatedVendorSettings,
  nowMs: number,
): readonly PlannedReceipt[] {
  const isDelivered = chance() < settings.successRate
  const isBounced = chance() < settings.bounceRate
  const latencyMs = Math.round(settings.minLatencyMs + chance() * (settings.maxLatencyMs - settings.minLatencyMs))
  const [isEarly, isLate] = [chance() < settings.earlyRate, chance() < settings.lateRate]
  const [isTwice, isContradicted, isLost] = [
    chance() < settings.duplicateRate,
    chance() < settings.contradictoryRate,
    chance() < settings.lostRate,
  ]
  if (isLost) return []
  const dueAtMs = isEarly ? nowMs : nowMs + latencyMs + (isLate ? settings.lateByMs : 0)
  const receipt = (name: string, isGood: boolean, atMs: number): PlannedReceipt => ({
    receiptId: `${vendorMessageId}-${name}`,
    status: isGood ? 'DELIVERED' : isBounced ? 'BOUNCED' : 'FAILED',
    errorMessage: isGood ? null : isBounced ? 'The address does not exist' : 'The mailbox is full',
    occurredAtMs: nowMs + latencyMs,
    dueAtMs: atMs,
  })
  const first = receipt('a', isDelivered, dueAtMs)
  const again = isTwice ? [{ ...first, dueAtMs: dueAtMs + settings.receiptEveryMs }] : []
  const opposite = isContradicted ? [receipt('b', !isDelivered, dueAtMs + settings.receiptEveryMs)] : []
  return [first, ...again, ...opposite]
}

/** Numbers of [0, 1) that only depend on the text. */
function chancesOf(text: string): () => number {
  let drawn = 0
  return () => {
    const digest = createHash('sha256').update(`${text} ${drawn++}`).digest()
    return digest.readUIntBE(0, 6) / 2 ** 48
  }
}

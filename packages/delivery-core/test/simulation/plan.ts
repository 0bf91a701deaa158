import { type DeliveryPolicy, defaultPolicy } from '../../src/message/policy.ts'
import type { Random } from '../../src/time/clock.ts'

/** What kind of trouble a seed is mainly about: each makes one rare horizon common. */
export const profiles = ['normal', 'long-pause', 'key-horizon', 'receipt-storm', 'tiny-lease'] as const

/** Everything that a seed decides before anything happens. Rates are shares of 1; some are zero in many seeds. */
export interface Plan {
  readonly profile: (typeof profiles)[number]
  readonly policy: DeliveryPolicy
  readonly people: number
  readonly concurrency: number
  readonly workers: number
  /** The time between two starts that all workers together keep; null where the account has no limit. */
  readonly paceMs: number | null
  /** How far each worker's own clock is off. */
  readonly skewMs: number
  readonly troubleMs: number
  readonly store: { readonly failBefore: number; readonly failAfter: number; readonly slow: number }
  readonly vendor: {
    readonly unreached: number
    readonly throttled: number
    readonly refused: number
    readonly forbidden: number
    readonly broken: number
    readonly lost: number
    readonly hanging: number
    readonly slow: number
  }
  readonly receipts: {
    readonly lost: number
    readonly early: number
    readonly late: number
    readonly twice: number
    readonly contradictory: number
    readonly byVendorId: number
  }
  readonly manners: {
    /** Whether a second run writes to the same people. */
    readonly hasSecondRun: boolean
    /** Nobody gets more than one message within this time; null for no cap. */
    readonly capWindowMs: number | null
    /** Every minute so much of it is quiet. */
    readonly quietMs: number
    /** When the send window of the first run closes; null for never. */
    readonly closesInMs: number | null
  }
  /** Events a minute. */
  readonly crashes: number
  readonly freezes: number
  readonly operator: number
}

const hour = 3_600_000

/** Draws a plan. Swarm testing: not all faults at once, but a different mix each time. */
export function drawPlan(random: Random): Plan {
  const profile = profiles[Math.floor(random() * profiles.length)]!
  const rate = (most: number) => (random() < 0.4 ? 0 : random() * most)
  return {
    profile,
    policy: drawPolicy(profile, random),
    people: 4 + Math.floor(random() * 8),
    // Mostly few: claims then wait long, and leases lapse under them.
    concurrency: 1 + Math.floor(random() ** 3 * 4),
    workers: random() < 0.6 ? 1 : 2,
    paceMs: random() < 0.5 ? null : 100 + Math.floor(random() * 900),
    skewMs: random() < 0.7 ? 0 : Math.floor((random() - 0.5) * 2 * hour),
    troubleMs: 20_000 + Math.floor(random() * 100_000),
    store: { failBefore: rate(0.15), failAfter: rate(0.15), slow: rate(0.2) },
    vendor: {
      unreached: rate(0.2),
      throttled: rate(0.2),
      refused: rate(0.15),
      forbidden: rate(0.05),
      broken: rate(0.3),
      lost: rate(0.3),
      hanging: rate(0.15),
      slow: rate(0.3),
    },
    receipts: {
      lost: rate(0.3),
      early: rate(0.5),
      late: rate(0.3),
      twice: profile === 'receipt-storm' ? 0.8 : rate(0.5),
      contradictory: rate(0.4),
      byVendorId: rate(0.7),
    },
    manners: {
      hasSecondRun: random() < 0.5,
      capWindowMs: random() < 0.5 ? null : 1_000 + Math.floor(random() * 60_000),
      quietMs: Math.floor(rate(40_000)),
      closesInMs: random() < 0.5 ? null : Math.floor(random() * 90_000),
    },
    crashes: rate(4),
    freezes: profile === 'long-pause' ? 1 + random() * 3 : rate(1),
    operator: rate(4),
  }
}

function drawPolicy(profile: Plan['profile'], random: Random): DeliveryPolicy {
  const isIdempotent = random() < 0.7
  const lease =
    profile === 'tiny-lease' ? { leaseMs: 2_000, callTimeoutMs: 1_500 } : { leaseMs: 30_000, callTimeoutMs: 20_000 }
  const key =
    profile === 'key-horizon' ? { keyTtlMs: 60_000, keyMarginMs: 35_000 } : { keyTtlMs: 900_000, keyMarginMs: 60_000 }
  return {
    ...defaultPolicy,
    ...lease,
    ...key,
    ...(isIdempotent ? {} : { doubt: 'atMostOnce', keyTtlMs: 0 }),
    maxAttempts: 3 + Math.floor(random() * 3),
    maxThrottles: 5,
    doubtDeadlineMs: 300_000,
    receiptHorizonMs: 24 * hour,
    retryBaseMs: 1_000,
    retryCapMs: 20_000,
    maxThrottleWaitMs: 60_000,
  }
}

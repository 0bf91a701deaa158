import PQueue from 'p-queue'

/** How many calls may start in any window of this length, wherever the window is laid. */
export interface Rate {
  readonly starts: number
  readonly windowMs: number
}

export interface ThrottleLimits {
  /** Calls in flight at any instant. */
  readonly concurrency: number
  /** Null when only the number in flight is limited. */
  readonly rate: Rate | null
}

/** One message's way through the throttle: what stands around the call, and the call itself. */
export type Passage = (call: <Answer>(work: () => Promise<Answer>) => Promise<Answer>) => Promise<void>

export interface Throttle {
  /** Starts the passage when it is its turn; resolves when it is through. Rejects only if the passage does. */
  pass(passage: Passage): Promise<void>
  /** New limits, for every passage that starts from now on. Those that wait already keep their place and the old ones. */
  limit(limits: ThrottleLimits): void
  /** How many passages may usefully be in hand: what is taken on top of that would only grow old waiting. */
  room(withinMs: number): number
}

/**
 * The only file that knows p-queue. Its own `timeout` is left unused on purpose: it frees the place of a call that is
 * still running, which breaks the concurrency limit. `clear` is not used either: it leaves the promises of waiting
 * calls unsettled. `strict` is needed: without it 62 starts were seen within a second at a cap of 50.
 *
 * Without a rate, twice as many passages may be under way as calls: while some are at the vendor, others get their
 * permit or have their answer written down, so that the database's time does not cost the vendor's places. With a rate
 * there is no such lead, because a call that had to wait for its place would start in another call's window.
 */
export function createThrottle(first: ThrottleLimits): Throttle {
  const calls = new PQueue({ concurrency: first.concurrency })
  let limits = first
  let passages = passagesFor(first)
  return {
    pass: (passage) => passages.add(() => passage((work) => calls.add(work))),
    limit: (changed) => {
      // Unchanged limits must not open a new window beside the one that is already part full.
      if (isSame(changed, limits)) return
      limits = changed
      calls.concurrency = changed.concurrency
      passages = passagesFor(changed)
    },
    room: (withinMs) => {
      const { concurrency, rate } = limits
      const inTime = rate === null ? Number.POSITIVE_INFINITY : Math.ceil((rate.starts * withinMs) / rate.windowMs)
      return Math.max(1, Math.min(concurrency * 4, inTime))
    },
  }
}

function passagesFor({ concurrency, rate }: ThrottleLimits): PQueue {
  if (rate === null) return new PQueue({ concurrency: concurrency * 2 })
  return new PQueue({ concurrency, intervalCap: rate.starts, interval: rate.windowMs, strict: true })
}

function isSame(one: ThrottleLimits, other: ThrottleLimits): boolean {
  return (
    one.concurrency === other.concurrency &&
    one.rate?.starts === other.rate?.starts &&
    one.rate?.windowMs === other.rate?.windowMs
  )
}

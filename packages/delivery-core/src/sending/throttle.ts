import PQueue from 'p-queue'
import type { Clock } from '../time/clock.ts'

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

/** Makes a call when it is its turn, with what `prepare` has made ready for it; null when that is null. */
export type Call = <Ready, Answer>(
  prepare: () => Promise<Ready | null>,
  work: (ready: Ready) => Promise<Answer>,
) => Promise<Answer | null>

export interface Throttle {
  /** Starts the passage when it is its turn; resolves when it is through. Rejects only if the passage does. */
  pass(passage: (call: Call) => Promise<void>): Promise<void>
  /** New limits, for every call that starts from now on. Those that wait already keep their place and the old ones. */
  limit(limits: ThrottleLimits): void
  /** How many passages may usefully be in hand: what is taken on top of that would only grow old waiting. */
  room(withinMs: number): number
}

/** A call that is prepared and waits longer than this was prepared too early. Looked at once in this time. */
const mostWaitMs = 100

/**
 * The only file that knows p-queue. Its own `timeout` is left unused on purpose: it frees the place of a call that is
 * still running, which breaks the concurrency limit. `clear` is not used either: it leaves the promises of waiting
 * calls unsettled. `strict` is needed: without it 62 starts were seen within a second at a cap of 50.
 *
 * Some calls are prepared while all places are taken, so that the database's time does not cost the vendor's places:
 * one more whenever a place is free and nobody is ready, half as many when they had to wait. At most as many as there
 * are places: with those at the vendor and those whose answers are being written down, a crash leaves at most three
 * times as many messages in doubt as there are places. `isAhead` false: none is, because a doubt could not be resolved.
 * `isPlanned`: somebody else keeps the rate, for all workers together, and here it only tells how much to prepare.
 */
export function createThrottle(first: ThrottleLimits, clock: Clock, isAhead = true, isPlanned = false): Throttle {
  let limits = first
  let lead = 0
  let shortenedAtMs = Number.NEGATIVE_INFINITY
  const calls = new PQueue({ concurrency: first.concurrency })
  const prepared = new PQueue({ concurrency: first.concurrency })
  const passages = new PQueue({ concurrency: first.concurrency * 3 })
  const startsOf = isPlanned ? () => null : startsFor
  let starts = startsOf(first)

  const setLead = (wanted: number) => {
    lead = Math.min(limits.concurrency, wanted)
    prepared.concurrency = limits.concurrency + lead
  }
  const inPlace = async <Answer>(work: () => Promise<Answer>, preparedAtMs: number): Promise<Answer> => {
    const nowMs = clock.nowMs()
    if (nowMs - Math.max(preparedAtMs, shortenedAtMs) > mostWaitMs) {
      shortenedAtMs = nowMs
      setLead(Math.floor(lead / 2))
    }
    if (starts !== null) await starts.add(asSoonAsPossible)
    try {
      return await work()
    } finally {
      if (calls.size === 0 && prepared.size > 0) setLead(lead + 1)
    }
  }
  const callAhead: Call = (prepare, work) =>
    prepared.add(async () => {
      const ready = await prepare()
      if (ready === null) return null
      const preparedAtMs = clock.nowMs()
      return calls.add(() => inPlace(() => work(ready), preparedAtMs))
    })
  const callAtOnce: Call = (prepare, work) =>
    calls.add(async () => {
      if (starts !== null) await starts.add(asSoonAsPossible)
      const ready = await prepare()
      return ready === null ? null : work(ready)
    })
  const call: Call = (prepare, work) => (isAhead && !isTight(limits) ? callAhead : callAtOnce)(prepare, work)
  return {
    pass: (passage) => passages.add(() => passage(call)),
    limit: (changed) => {
      const { rate, concurrency } = changed
      // An unchanged rate must not open a new window beside the one that is already part full.
      if (rate?.starts !== limits.rate?.starts || rate?.windowMs !== limits.rate?.windowMs) starts = startsOf(changed)
      limits = changed
      calls.concurrency = concurrency
      passages.concurrency = concurrency * 3
      setLead(lead)
    },
    room: (withinMs) => {
      const { concurrency, rate } = limits
      const inTime = rate === null ? Number.POSITIVE_INFINITY : Math.ceil((rate.starts * withinMs) / rate.windowMs)
      return Math.max(1, Math.min(concurrency * 5, inTime))
    },
  }
}

/**
 * Whether the rate, not the number of places, is what holds calls back. Then nothing is won by preparing calls ahead:
 * they would only grow old while they wait.
 */
function isTight({ rate, concurrency }: ThrottleLimits): boolean {
  return rate !== null && rate.starts / 40 < concurrency
}

/** Lets calls start as the rate allows. They have their place already, so that nothing comes between turn and start. */
function startsFor({ rate }: ThrottleLimits): PQueue | null {
  return rate === null ? null : new PQueue({ intervalCap: rate.starts, interval: rate.windowMs, strict: true })
}

async function asSoonAsPossible(): Promise<void> {}

import { type Clock, pause } from '../time/clock.ts'
import type { StartPlan, StartWindow } from './start-plan.ts'

/** The starts that one worker has, and those who want them. */
export interface StartPool {
  /** Waits for a start that nobody has been promised; null when there was none in this time. */
  book(account: string, atMostMs: number): Promise<Booking | null>
  /** Nothing will start any more: whoever waits gets nothing. */
  close(): void
}

/** The promise of one start. Either `turn` or `cancel` is called, once. */
export interface Booking {
  /** Resolves true when the call may start, which it must do at once; false when that did not come to pass in this time. */
  turn(atMostMs: number): Promise<boolean>
  cancel(): void
}

export type PlanFailed = { readonly kind: 'plan-failed'; readonly error: unknown }

/**
 * A start is promised shortly before its time, so that what its call is permitted by is still true then: by half as
 * much again as calls took of late from their promise until they were ready, within these bounds.
 */
const leastReadyMs = 20
const mostReadyMs = 500

/** Asking costs a transaction: whoever got all that a limit leaves asks again after this at the earliest. */
const leastBetweenMs = 100

/** Whoever waits asks again after this at the latest: a limit that was raised, set or taken away is soon felt. */
const mostBetweenMs = 1_000

/**
 * A start belongs to nobody until its call is ready: a permit that was long on its way takes the next one, and none is
 * lost while anybody is ready. Without a plan everybody starts at once.
 */
export function createStartPool(plan: StartPlan | null, clock: Clock, tell: (problem: PlanFailed) => void): StartPool {
  const accounts = new Map<string, StartPool>()
  let isClosed = false
  const poolOf = (account: string, from: StartPlan): StartPool => {
    const known = accounts.get(account) ?? createAccountPool((wanted) => from.plan(account, wanted), clock, tell)
    accounts.set(account, known)
    return known
  }
  return {
    book: async (account, atMostMs) => {
      if (isClosed) return null
      return plan === null ? atOnce : poolOf(account, plan).book(account, atMostMs)
    },
    close: () => {
      isClosed = true
      for (const { close } of accounts.values()) close()
    },
  }
}

const atOnce: Booking = { turn: async () => true, cancel: () => {} }

function createAccountPool(
  plan: (wanted: number) => ReturnType<StartPlan['plan']>,
  clock: Clock,
  tell: (problem: PlanFailed) => void,
): StartPool {
  const bookings = createQueue<Booking | null>(clock, () => settle())
  const turns = createQueue<boolean>(clock, () => settle())
  let windows: StartWindow[] = []
  /** Bookings that have not had their turn yet. */
  let promised = 0
  /** Starts that were used since the last asking: about as many will be wanted until the next. */
  let used = 0
  let isUnlimited = false
  let isAsking = false
  let isClosed = false
  let askAgainAtMs = 0
  let readyMs = leastReadyMs
  let cancelLook = () => {}

  const spare = () => windows.length - promised - bookings.size()
  const settle = () => {
    const nowMs = clock.nowMs()
    while (windows[0] !== undefined && windows[0].notAfterMs < nowMs) windows.shift()
    while (turns.size() > 0 && (isUnlimited || windows.length > 0)) {
      promised--
      used++
      startWithin(windows.shift() ?? null, turns.next())
    }
    while (bookings.size() > 0 && (isUnlimited || nextPromiseAtMs() <= nowMs)) {
      promised++
      bookings.next().resolve(bookingFrom(nowMs))
    }
    cancelLook()
    if (bookings.size() > 0 && windows.length > promised) cancelLook = clock.after(nextPromiseAtMs() - nowMs, settle)
    if (!isAsking && !isClosed && (isUnlimited ? nowMs >= askAgainAtMs : spare() < used)) void ask()
  }
  const nextPromiseAtMs = () => (windows[promised]?.notBeforeMs ?? Number.POSITIVE_INFINITY) - readyMs
  const startWithin = (window: StartWindow | null, waiting: Waiting<boolean>): void => {
    const nowMs = clock.nowMs()
    if (isClosed) waiting.resolve(false)
    else if (isUnlimited || window === null) waiting.resolve(true)
    // A timer may be a little early by the clock that counts.
    else if (nowMs < window.notBeforeMs) clock.after(window.notBeforeMs - nowMs, () => startWithin(window, waiting))
    else if (nowMs <= window.notAfterMs) waiting.resolve(true)
    else {
      // This process was held up for too long, and the start is lost.
      promised++
      turns.putBack(waiting)
      settle()
    }
  }
  const bookingFrom = (promisedAtMs: number): Booking => ({
    turn: (atMostMs) => {
      const tookMs = clock.nowMs() - promisedAtMs
      readyMs = Math.min(mostReadyMs, Math.max(leastReadyMs, tookMs * 1.5, readyMs * 0.99))
      return turns.wait(atMostMs, false, () => {
        promised--
      })
    },
    cancel: () => {
      promised--
      settle()
    },
  })
  const ask = async () => {
    isAsking = true
    const sleepMs = askAgainAtMs - clock.nowMs()
    if (sleepMs > 0) await pause(clock, sleepMs)
    if (!isClosed) askAgainAtMs = clock.nowMs() + (await betweenAfter(Math.max(1, used * 2 - spare())))
    isAsking = false
    settle()
  }
  const betweenAfter = async (wanted: number): Promise<number> => {
    used = 0
    try {
      const planned = await plan(wanted)
      isUnlimited = planned === null
      windows = [...windows, ...(planned?.starts ?? [])]
      if (planned === null) return mostBetweenMs
      if (planned.starts.length === wanted) return 0
      return Math.min(mostBetweenMs, Math.max(leastBetweenMs, planned.waitMs))
    } catch (error) {
      tell({ kind: 'plan-failed', error })
      return mostBetweenMs
    }
  }
  return {
    book: (_account, atMostMs) => bookings.wait(atMostMs, null, () => {}),
    close: () => {
      isClosed = true
      cancelLook()
      bookings.end(null)
      turns.end(false)
    },
  }
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void
}

/** Those who wait for something, first come, first served, each for a while. */
interface Queue<Answer> {
  size(): number
  /** Takes the first one out; only while there is one. */
  next(): Waiting<Answer>
  putBack(waiting: Waiting<Answer>): void
  /** Whoever is not served at once waits for so long. `onLate` is called when that was in vain. */
  wait(atMostMs: number, inVain: Answer, onLate: () => void): Promise<Answer>
  /** Everybody gets this answer. */
  end(answer: Answer): void
}

/** `serve` sees to those who wait: when somebody comes, and when somebody gave up. */
function createQueue<Answer>(clock: Clock, serve: () => void): Queue<Answer> {
  const queue: Waiting<Answer>[] = []
  return {
    size: () => queue.length,
    next: () => queue.shift()!,
    putBack: (waiting) => queue.unshift(waiting),
    wait: (atMostMs, inVain, onLate) =>
      new Promise((resolve) => {
        let isServed = false
        let cancel = () => {}
        const waiting: Waiting<Answer> = {
          resolve: (answer) => {
            isServed = true
            cancel()
            resolve(answer)
          },
        }
        queue.push(waiting)
        serve()
        // Most are served at once, and a timer for each of them would cost more than all the rest of this.
        if (isServed) return
        cancel = clock.after(atMostMs, () => {
          const place = queue.indexOf(waiting)
          // Whoever was taken out is about to be answered.
          if (place < 0) return
          queue.splice(place, 1)
          resolve(inVain)
          onLate()
          serve()
        })
      }),
    end: (answer) => {
      for (const { resolve } of queue.splice(0)) resolve(answer)
    },
  }
}

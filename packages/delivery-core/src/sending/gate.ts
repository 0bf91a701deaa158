import type { Verdict } from '../message/vendor-answer.ts'
import type { Clock } from '../time/clock.ts'

/**
 * Which vendor accounts want to be left alone, or seem to be down, as this process knows it. The store knows the former
 * for all processes.
 */
export interface Gate {
  /** How long a message of this account must wait; null when it may go, and whoever may go must leave. */
  enter(account: string): number | null
  leave(account: string): void
  /** Hears an answer, before anyone else starts a call. */
  hear(account: string, verdict: Verdict): void
  /** Whether the vendor asked, since a message entered, to be left alone. */
  isClosed(account: string): boolean
}

/** So many failures in a row are no accident any more. */
const suspiciousFailures = 3

const firstPauseMs = 1_000
const longestPauseMs = 60_000

interface Account {
  closedUntilMs: number
  failuresInARow: number
  entered: number
}

/**
 * A vendor that is down is asked by one message at a time, less and less often: were all of them tried and tried again,
 * a long outage would use up the attempts of a whole list.
 */
export function createGate(clock: Clock): Gate {
  const accounts = new Map<string, Account>()
  const accountOf = (name: string): Account => {
    const known = accounts.get(name) ?? { closedUntilMs: 0, failuresInARow: 0, entered: 0 }
    accounts.set(name, known)
    return known
  }
  const close = (account: Account, forMs: number) => {
    account.closedUntilMs = Math.max(account.closedUntilMs, clock.nowMs() + forMs)
  }
  return {
    isClosed: (name) => accountOf(name).closedUntilMs > clock.nowMs(),
    enter: (name) => {
      const account = accountOf(name)
      const closedForMs = account.closedUntilMs - clock.nowMs()
      if (closedForMs > 0) return closedForMs
      if (account.failuresInARow >= suspiciousFailures && account.entered > 0) return firstPauseMs
      account.entered++
      return null
    },
    leave: (name) => {
      accountOf(name).entered--
    },
    hear: (name, verdict) => {
      const account = accountOf(name)
      if (verdict.waitMs !== null) close(account, verdict.waitMs)
      // The store stops the run; until it has, nobody asks a vendor again that has said no to all of it.
      if (verdict.pause !== null) close(account, firstPauseMs)
      if (!isDown(verdict)) {
        account.failuresInARow = 0
        return
      }
      account.failuresInARow++
      const doublings = account.failuresInARow - suspiciousFailures
      if (doublings >= 0) close(account, Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(doublings, 10)))
    },
  }
}

/** Whether the answer speaks of the vendor's state rather than of the message. */
function isDown({ code }: Verdict): boolean {
  return code === 'VENDOR_UNREACHABLE' || code === 'VENDOR_UNAVAILABLE'
}

import type { Clock } from '@muster/delivery-core'

/** For tests over real sockets, which have a time of their own. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}

/** The time as the library sees it: handed in, so that a test can hold it still and a simulation can run ahead of it. */
export interface Clock {
  /** The present instant in whole milliseconds since 1970 (UTC). */
  nowMs(): number
  /**
   * Calls back once, `delayMs` from now, unless the returned function is called first.
   * A delay of zero or less calls back as soon as possible, but never before `after` has returned.
   */
  after(delayMs: number, callback: () => void): () => void
}

/** Chance, handed in: each call gives the next number of [0, 1). */
export type Random = () => number

/** Resolves after `delayMs` on the given clock, or as soon as the signal is raised; never rejects. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const finish = () => {
      cancel()
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = clock.after(delayMs, finish)
    signal?.addEventListener('abort', finish, { once: true })
  })
}

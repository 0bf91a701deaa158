import type { Clock } from './clock.ts'

/** Wakes whoever sleeps. A ring that finds nobody asleep is heard by the next one who lies down. */
export interface Bell {
  ring(): void
  /** Resolves when the bell rings, or after this time; at once when it rang since the last sleep. */
  sleep(atMostMs: number): Promise<void>
}

/** A bell for one sleeper. Much cheaper than a signal, which is why the loops use it. */
export function createBell(clock: Clock): Bell {
  let hasRung = false
  let wake: (() => void) | null = null
  return {
    ring: () => {
      hasRung = true
      wake?.()
    },
    sleep: (atMostMs) =>
      new Promise((resolve) => {
        const rise = () => {
          cancel()
          wake = null
          hasRung = false
          resolve()
        }
        const cancel = clock.after(atMostMs, rise)
        if (hasRung) rise()
        else wake = rise
      }),
  }
}

import { readFileSync } from 'node:fs'

/** One tick of the processor's clock, as Linux counts for every process. */
const tickMs = 10

/**
 * Milliseconds of the processor that another process has used, by `/proc`; NaN where there is none. Other than the
 * clock's time this does not grow because something else runs on the machine.
 */
export function cpuMsOf(pid: number): number {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) * tickMs
  } catch {
    return Number.NaN
  }
}

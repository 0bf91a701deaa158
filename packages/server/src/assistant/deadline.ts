import type { Deadline } from '@muster/nl-rules'
import type { World } from '../world/world.ts'

/** Signals that abort by the program's own timers. */
export function deadlineOf(world: Pick<World, 'after'>): Deadline {
  return (afterMs) => {
    const ending = new AbortController()
    world.after(afterMs, () => ending.abort())
    return ending.signal
  }
}

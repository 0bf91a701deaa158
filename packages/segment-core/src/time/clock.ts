/**
 * With `plain-date.ts` the only file that knows Temporal. Day starts, local times that a clock change skips or repeats,
 * and steps by months are its business; where both readings of a local time exist the first counts, where none does it
 * moves forward by the gap, which is what `compatible` means.
 */
import { Temporal } from 'temporal-polyfill'
import type { DurationUnit } from '../language/tree.ts'
import { dayMs, dayOf } from './calendar-day.ts'
import { startOfDay } from './day-starts.ts'
import { plainDate } from './plain-date.ts'

/** The one moment and the one zone in which a rule is asked. */
export interface Clock {
  readonly nowMs: number
  readonly timeZone: string
  /** The day that holds `nowMs`, counted from 1970-01-01. */
  readonly today: number
  /** The first instant of a day: the earliest at which the calendar shows that day or a later one. */
  startOfDay(day: number): number
  /** `nowMs` moved by a duration, forwards or with −1 backwards. */
  shiftedNow(unit: DurationUnit, count: number, direction: 1 | -1): number
  /** `today` moved by a duration, forwards or with −1 backwards. */
  shiftedToday(unit: DurationUnit, count: number, direction: 1 | -1): number
}

/** Between these, a hundred years can be added or taken away and still be a date in every database. */
const earliestNowMs = Date.UTC(1900, 0, 1)
const latestNowMs = Date.UTC(9899, 0, 1)

/**
 * A clock that stands still.
 * @throws RangeError when `nowMs` is not a whole number of milliseconds between 1900 and 9898, or the zone is unknown
 */
export function createClock(nowMs: number, timeZone: string): Clock {
  if (!Number.isInteger(nowMs) || nowMs < earliestNowMs || nowMs > latestNowMs) {
    throw new RangeError(`now must be whole epoch milliseconds between the years 1900 and 9898, not ${nowMs}`)
  }
  checkZone(timeZone)
  // Most rules need neither, and looking up a zone costs more than compiling them.
  const local = once(() => Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDateTime())
  const today = once(() => {
    const { year, month, day } = local()
    const shown = dayOf(year, month, day)!
    // A clock set back across midnight shows the old day once more; the new one has begun already.
    return startOfDay(shown + 1, timeZone) <= nowMs ? shown + 1 : shown
  })
  return {
    nowMs,
    timeZone,
    get today() {
      return today()
    },
    startOfDay: (day) => startOfDay(day, timeZone),
    shiftedNow: (unit, count, direction) => {
      const exactMs = exactMsOf[unit]
      if (exactMs !== undefined) return nowMs + direction * count * exactMs
      return local()
        .add({ [unit]: direction * count })
        .toZonedDateTime(timeZone).epochMilliseconds
    },
    shiftedToday: (unit, count, direction) => {
      const { year, month, day } = plainDate(today()).add({ [unit]: direction * count })
      return dayOf(year, month, day)!
    },
  }
}

function once<Value>(compute: () => Value): () => Value {
  let computed: { readonly value: Value } | undefined
  return () => {
    computed ??= { value: compute() }
    return computed.value
  }
}

/** Zones that were found to exist. There are about 600. */
const knownZones = new Set<string>()

function checkZone(timeZone: string): void {
  if (knownZones.has(timeZone)) return
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
  knownZones.add(timeZone)
}

const exactMsOf: Readonly<Partial<Record<DurationUnit, number>>> = { hours: 3_600_000, days: dayMs, weeks: 7 * dayMs }

import { Temporal } from 'temporal-polyfill'

/** What a workspace says about the hours in which nobody is disturbed. Both null: there are none. */
export interface QuietHoursRow {
  readonly time_zone: string
  /** `HH:MM` on the workspace's clock. */
  readonly quiet_from: string | null
  /** `HH:MM`; before `quiet_from` when the night lies between them. */
  readonly quiet_until: string | null
}

/**
 * Until when nobody of this workspace is to be disturbed, or null when now is a good time. The wall clock decides: the
 * hours are quiet that show a time from `quiet_from` to just before `quiet_until`, on days on which the clock is moved
 * as on all others. The answer is the first instant after `nowMs` that is not quiet.
 */
export function quietUntilMs(row: QuietHoursRow, nowMs: number): number | null {
  const { time_zone, quiet_from, quiet_until } = row
  if (quiet_from === null || quiet_until === null) return null
  const [from, until] = [Temporal.PlainTime.from(quiet_from), Temporal.PlainTime.from(quiet_until)]
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(time_zone)
  if (!isBetween(now.toPlainTime(), from, until)) return null
  const isToday = Temporal.PlainTime.compare(now.toPlainTime(), until) < 0
  const end = now
    .toPlainDate()
    .add({ days: isToday ? 0 : 1 })
    .toPlainDateTime(until)
  return firstLoudMs(now, end, (at) => isBetween(at.toPlainTime(), from, until))
}

/**
 * The end of quiet hours is the wall clock's time, or, where the clock is moved in between, the move: past the end when
 * that time is skipped, or out of the quiet hours altogether.
 */
function firstLoudMs(
  now: Temporal.ZonedDateTime,
  end: Temporal.PlainDateTime,
  isQuiet: (at: Temporal.ZonedDateTime) => boolean,
): number {
  const shown = (['earlier', 'later'] as const).map((disambiguation) =>
    end.toZonedDateTime(now.timeZoneId, { disambiguation }),
  )
  const moved = now.getTimeZoneTransition('next')
  const candidates = [...shown, ...(moved === null ? [] : [moved])]
    .filter((at) => at.epochMilliseconds > now.epochMilliseconds && !isQuiet(at))
    .map((at) => at.epochMilliseconds)
  return Math.min(...candidates)
}

function isBetween(time: Temporal.PlainTime, from: Temporal.PlainTime, until: Temporal.PlainTime): boolean {
  const [isAfterStart, isBeforeEnd] = [
    Temporal.PlainTime.compare(time, from) >= 0,
    Temporal.PlainTime.compare(time, until) < 0,
  ]
  return Temporal.PlainTime.compare(from, until) < 0 ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd
}

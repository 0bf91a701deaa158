/** A day, or a time of day with its offset from UTC, to the millisecond. */
const shape =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/

/**
 * The instant that a text names, as milliseconds since 1970 in UTC, or null when it names none:
 * `2026-01-31` (its first instant in UTC) or `2026-01-31T10:00:00.123+05:30`. Years run from 1900 to 9999.
 */
export function momentMs(text: string): number | null {
  const parts = shape.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = parts
  const isReal =
    Number(year) >= 1900 &&
    isDay(Number(year), Number(month), Number(day)) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60
  const atMs = Date.parse(text)
  return isReal && Number.isFinite(atMs) ? atMs : null
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The instant as it stands on the wire. */
export function isoOf(atMs: number): string
export function isoOf(atMs: number | null): string | null
export function isoOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString()
}

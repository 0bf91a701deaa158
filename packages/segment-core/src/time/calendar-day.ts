/** One day in milliseconds, where no clock changes. */
export const dayMs = 86_400_000

/** A calendar day as the number of days since 1970-01-01, or `undefined` when there is no such day. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  // `Date.UTC` would read the years 0 to 99 as 1900 to 1999.
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCDate() === day ? Math.floor(date.getTime() / dayMs) : undefined
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Reads `YYYY-MM-DD`; `undefined` when it is written otherwise or there is no such day. */
export function readDay(text: string): number | undefined {
  const parts = dayPattern.exec(text)
  return parts === null ? undefined : dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** Writes a day as `YYYY-MM-DD`, for the years 0 to 9999. */
export function writeDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/

/**
 * Reads an instant with offset as milliseconds since 1970, cut down to the millisecond.
 * `undefined` when it is written otherwise, has more decimals than allowed, or does not exist.
 */
export function readInstant(text: string, mostDecimals: number): number | undefined {
  const parts = instantPattern.exec(text)
  if (parts === null) return undefined
  const [, dayText, hours, minutes, seconds, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = parts
  const day = readDay(dayText!)
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)]
  if (day === undefined || hour > 23 || minute > 59 || second > 59 || fraction.length > mostDecimals) return undefined
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return undefined
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes))
  const wholeSeconds = hour * 3600 + (minute - offset) * 60 + second
  return day * dayMs + wholeSeconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
}

/** Writes an instant in UTC with three decimals, as JavaScript's `toISOString`. */
export function writeInstant(instantMs: number): string {
  return new Date(instantMs).toISOString()
}

import { Temporal } from 'temporal-polyfill'
import { invalidInput } from '../problems/problem-error.ts'

/**
 * The instant at which a launch is to begin or to end: `YYYY-MM-DDTHH:mm` on the workspace's clock, as a browser's date field
 * gives it, or an instant with its offset. A local time that does not exist moves forward by the gap; of one that
 * occurs twice it is the first.
 * @throws ProblemError for anything else
 */
export function instantOf(field: 'scheduleAt' | 'expiresAt', text: string, timeZone: string): number {
  try {
    return /(Z|[+-]\d\d:\d\d)$/i.test(text)
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    const message = `"${field}" must be a date and time such as 2026-03-15T09:30`
    throw invalidInput([{ path: `/${field}`, message }])
  }
}

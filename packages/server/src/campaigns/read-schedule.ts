import { Temporal } from 'temporal-polyfill'
import { invalidInput } from '../problems/problem-error.ts'

/**
 * The instant at which a launch is to begin: `YYYY-MM-DDTHH:mm` on the workspace's clock, as a browser's date field
 * gives it, or an instant with its offset. A local time that does not exist moves forward by the gap; of one that
 * occurs twice it is the first.
 * @throws ProblemError for anything else
 */
export function instantOf(scheduleAt: string, timeZone: string): number {
  try {
    return /(Z|[+-]\d\d:\d\d)$/i.test(scheduleAt)
      ? Temporal.Instant.from(scheduleAt).epochMilliseconds
      : Temporal.PlainDateTime.from(scheduleAt).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    const message = '"scheduleAt" must be a date and time such as 2026-03-15T09:30'
    throw invalidInput([{ path: '/scheduleAt', message }])
  }
}

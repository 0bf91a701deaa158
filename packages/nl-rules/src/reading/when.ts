import type { Duration, Period } from '@muster/segment-core'
import { addDays, isoDay } from './days.ts'

/** When: a stretch of time back or forward from now, a calendar period, or fixed days. */
export type When =
  | { readonly is: 'last'; readonly duration: Duration; readonly said: LastForm }
  | { readonly is: 'next'; readonly duration: Duration }
  /** More than so long ago. */
  | { readonly is: 'ago'; readonly duration: Duration }
  | { readonly is: 'calendar'; readonly period: Period; readonly offset: number }
  | {
      readonly is: 'days'
      readonly from: string
      readonly to: string
      readonly month: number | null
      readonly hasYear: boolean
    }
  | { readonly is: 'since' | 'after' | 'before' | 'until'; readonly day: string; readonly hasYear: boolean }
  /** Read, but it could mean more than one thing. */
  | { readonly is: 'unclear'; readonly why: string }

/**
 * The words before "30 days". "for", "in" and "in more than" say how long something has not been done; of something
 * that was done they say nothing certain.
 */
export type LastForm = 'in the last' | 'within' | 'since' | 'in' | 'for' | 'more than'

/** The day before. */
export function dayBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return isoDay(addDays({ year, month, day: date }, -1))
}

/** The day after. */
export function dayAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return isoDay(addDays({ year, month, day: date }, 1))
}

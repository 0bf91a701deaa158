import { invalidInput } from '../problems/problem-error.ts'
import type { Calendar } from './calendar.ts'

/** How far back figures reach, in days of the workspace's calendar. */
const daysIn = { '7d': 7, '30d': 30, '90d': 90, '1y': 365 } as const

export type Timeframe = keyof typeof daysIn

/** Everything that may be asked for; the same words in every endpoint. */
export const timeframes: readonly Timeframe[] = ['7d', '30d', '90d', '1y']

/** Whole days that follow one another. */
export interface Period {
  readonly firstDay: number
  readonly lastDay: number
  /** The first instant of the first day, and the first one after the last day. */
  readonly fromMs: number
  readonly beforeMs: number
}

/** @throws ProblemError for anything but the four timeframes; absent is `usual` */
export function readTimeframe(text: string | undefined, usual: Timeframe): Timeframe {
  if (text === undefined || text === '') return usual
  const timeframe = timeframes.find((known) => known === text)
  if (timeframe !== undefined) return timeframe
  throw invalidInput([{ path: '/timeframe', message: `"timeframe" must be one of ${timeframes.join(', ')}` }])
}

/** The days of a timeframe up to and with `today`, and as many before them. */
export function periodsOf(timeframe: Timeframe, calendar: Calendar, today: number) {
  const days = daysIn[timeframe]
  return {
    current: periodOf(calendar, today - days + 1, today),
    previous: periodOf(calendar, today - 2 * days + 1, today - days),
  }
}

/** From one day to another, both included. */
export function periodOf(calendar: Calendar, firstDay: number, lastDay: number): Period {
  return { firstDay, lastDay, fromMs: calendar.startOf(firstDay), beforeMs: calendar.startOf(lastDay + 1) }
}

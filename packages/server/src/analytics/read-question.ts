import { invalidInput } from '../problems/problem-error.ts'
import { periodOnTheWire } from './analytics-answers.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { openBooks } from './open-books.ts'
import { periodsOf, readTimeframe, type Timeframe } from './period.ts'

/** What is asked: of which books, in which period. `stated` says the latter in the answer. */
export async function questionOf(
  parts: AnalyticsParts,
  workspaceId: string,
  timeframeText: string | undefined,
  usual: Timeframe = '30d',
) {
  const timeframe = readTimeframe(timeframeText, usual)
  const books = await openBooks(parts, workspaceId)
  const { current } = periodsOf(timeframe, books.calendar, books.today)
  return { timeframe, books, stated: { timeframe, period: periodOnTheWire(current, books) } }
}

/** A bounded whole number of a query string; `usual` where it is absent. */
export function readWhole(
  name: string,
  text: string | undefined,
  { least, most, usual }: { readonly least: number; readonly most: number; readonly usual: number },
): number {
  if (text === undefined || text === '') return usual
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw invalidInput([{ path: `/${name}`, message: `"${name}" must be a whole number from ${least} to ${most}` }])
}

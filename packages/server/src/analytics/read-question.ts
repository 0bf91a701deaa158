import type { Context } from 'koa'
import { oneOf } from '../http/paging.ts'
import { sessionOf } from '../http/session.ts'
import { invalidInput } from '../problems/problem-error.ts'
import { periodOnTheWire } from './analytics-answers.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { openBooks } from './open-books.ts'
import { periodsOf, readTimeframe, type Timeframe } from './period.ts'

/** What is asked: of which books, in which period. */
export async function asked(parts: AnalyticsParts, ctx: Context, usual: Timeframe = '30d') {
  const timeframe = readTimeframe(oneOf(ctx, 'timeframe'), usual)
  const books = await openBooks(parts, sessionOf(ctx).workspaceId)
  const { current } = periodsOf(timeframe, books.calendar, books.today)
  return { timeframe, books, stated: { timeframe, period: periodOnTheWire(current, books) } }
}

/** A bounded whole number of the query string. */
export function wholeIn(
  ctx: Context,
  name: string,
  { least, most, usual }: { readonly least: number; readonly most: number; readonly usual: number },
): number {
  const text = oneOf(ctx, name)
  if (text === undefined || text === '') return usual
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw invalidInput([{ path: `/${name}`, message: `"${name}" must be a whole number from ${least} to ${most}` }])
}

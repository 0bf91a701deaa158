import Router from '@koa/router'
import type { Context } from 'koa'
import { succeeded } from '../http/envelope.ts'
import { oneOf } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { sessionOf } from '../http/session.ts'
import { majorOf } from '../money/minor-units.ts'
import { invalidInput } from '../problems/problem-error.ts'
import { averageOf } from './analytics-answers.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { placeKinds } from './customer-groups-store.ts'
import { openBooks } from './open-books.ts'
import type { Timeframe } from './period.ts'
import {
  mostPlaces,
  readCohorts,
  readGroups,
  readGrowth,
  readPlaces,
  readRepeat,
  readScores,
} from './read-customers.ts'
import { questionOf } from './read-question.ts'
import { readSales } from './read-sales.ts'
import { rfmGroupOf, rfmGroups } from './rfm-groups.ts'
import { percentOf } from './sales.ts'

/** Who the customers are: bands, places, cohorts, groups. */
export function customerFigureRoutes(parts: AnalyticsParts): Router {
  const router = new Router()
  const asked = (ctx: Context, usual: Timeframe = '30d') =>
    questionOf(parts, sessionOf(ctx).workspaceId, oneOf(ctx, 'timeframe'), usual)

  router.get('/analytics/customers', allow('viewer'), async (ctx) => {
    const books = await openBooks(parts, sessionOf(ctx).workspaceId)
    const [spending, visits] = [await readGroups(parts, books, 'spending'), await readGroups(parts, books, 'visits')]
    const places = await readPlaces(parts, books, 'state', null)
    ctx.body = succeeded({
      analytics: {
        segments: spending.map(({ band, customers, spendingMinor }) => ({
          segment: band,
          count: customers,
          avgSpending: averageOf(spendingMinor, customers),
        })),
        growth: await readGrowth(parts, books),
        loyalty: visits.map(({ band, customers }) => ({ loyaltyLevel: band, count: customers })),
        geographic: places.map(({ place, customers, revenueMinor }) => ({
          region: place ?? 'Unknown',
          customers,
          revenue: majorOf(revenueMinor),
        })),
      },
    })
  })

  router.get('/analytics/rfm', allow('viewer'), async (ctx) => {
    const { timeframe, books, stated } = await asked(ctx, '1y')
    const scored = await readScores(parts, books, timeframe)
    const figures = <Row extends { readonly revenueMinor: number }>({ revenueMinor, ...row }: Row) => ({
      ...row,
      revenue: majorOf(revenueMinor),
    })
    ctx.body = succeeded({
      ...stated,
      groups: rfmGroups(scored).map(figures),
      scores: scored.map((row) => ({ ...figures(row), group: rfmGroupOf(row) })),
      note: scored.length === 0 ? 'Nobody bought in this period' : null,
    })
  })

  router.get('/analytics/retention', allow('viewer'), async (ctx) => {
    const { timeframe, books, stated } = await asked(ctx, '1y')
    const cohorts = await readCohorts(parts, books, timeframe)
    ctx.body = succeeded({
      ...stated,
      cohorts: cohorts.map(({ month, customers, returned }) => ({
        month,
        customers,
        returned: returned.map((count, months) => ({ months, customers: count, rate: percentOf(count, customers) })),
      })),
    })
  })

  router.get('/analytics/loyalty', allow('viewer'), async (ctx) => {
    const { timeframe, books, stated } = await asked(ctx)
    const levels = await readGroups(parts, books, 'visits')
    const { buyers, repeatBuyers } = await readRepeat(parts, books, timeframe)
    ctx.body = succeeded({
      ...stated,
      levels: levels.map(({ band, customers }) => ({ loyaltyLevel: band, count: customers })),
      buyers,
      repeatBuyers,
      repeatRate: percentOf(repeatBuyers, buyers),
    })
  })

  router.get('/analytics/geography', allow('viewer'), async (ctx) => {
    const { timeframe, books, stated } = await asked(ctx)
    const by = kindIn(ctx)
    const places = await readPlaces(parts, books, by, timeframe)
    const { orders, revenueMinor } = (await readSales(parts, books, timeframe)).current
    const listed = (figure: 'orders' | 'revenueMinor') => places.reduce((sum, place) => sum + place[figure], 0)
    ctx.body = succeeded({
      ...stated,
      by,
      places: places.map(({ place, customers, orders: placed, revenueMinor: minor }) => ({
        region: place ?? 'Unknown',
        customers,
        orders: placed,
        revenue: majorOf(minor),
      })),
      // What belongs to further places, or to people who are customers no more.
      elsewhere: { orders: orders - listed('orders'), revenue: majorOf(revenueMinor - listed('revenueMinor')) },
      isCutShort: places.length === mostPlaces,
    })
  })

  return router
}

function kindIn(ctx: Context) {
  const text = oneOf(ctx, 'by') ?? placeKinds[0]
  const kind = placeKinds.find((known) => known === text)
  if (kind !== undefined) return kind
  throw invalidInput([{ path: '/by', message: `"by" must be one of ${placeKinds.join(', ')}` }])
}

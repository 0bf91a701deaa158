import Router from '@koa/router'
import type { Context } from 'koa'
import { succeeded } from '../http/envelope.ts'
import { oneOf } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { sessionOf } from '../http/session.ts'
import { majorOf } from '../money/minor-units.ts'
import {
  campaignPerformance,
  customerGrowth,
  dashboardOnTheWire,
  metrics,
  orderStatus,
  topProducts,
} from './analytics-answers.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { campaignsIn } from './campaign-figures.ts'
import { listedProducts, readDashboard } from './dashboard.ts'
import { readBandSales } from './read-customers.ts'
import { questionOf, readWhole } from './read-question.ts'
import { readProducts, readSales } from './read-sales.ts'

/** The longest list of products. */
const mostProducts = 100

/** The dashboard and its charts, revenue and products. */
export function salesFigureRoutes(parts: AnalyticsParts): Router {
  const router = new Router()
  const asked = (ctx: Context) => questionOf(parts, sessionOf(ctx).workspaceId, oneOf(ctx, 'timeframe'))

  router.get('/analytics/dashboard', allow('viewer'), async (ctx) => {
    const { timeframe, books } = await asked(ctx)
    const { data, charts } = dashboardOnTheWire(await readDashboard(parts, books, timeframe), books)
    ctx.body = succeeded(data, charts)
  })

  router.get('/analytics/customer-growth', allow('viewer'), async (ctx) => {
    const { timeframe, books } = await asked(ctx)
    ctx.body = succeeded(customerGrowth(await readSales(parts, books, timeframe)))
  })

  router.get('/analytics/campaign-performance', allow('viewer'), async (ctx) => {
    const { timeframe, books } = await asked(ctx)
    ctx.body = succeeded(campaignPerformance(await campaignsIn(parts, books, timeframe)))
  })

  router.get('/analytics/order-status', allow('viewer'), async (ctx) => {
    const { timeframe, books } = await asked(ctx)
    ctx.body = succeeded(orderStatus((await readSales(parts, books, timeframe)).current))
  })

  router.get('/analytics/revenue', allow('viewer'), async (ctx) => {
    const { timeframe, books, stated } = await asked(ctx)
    const sales = await readSales(parts, books, timeframe)
    const segments = await readBandSales(parts, books, timeframe)
    ctx.body = succeeded({
      ...stated,
      timeline: sales.byDay.map(({ date, orders, revenueMinor }) => ({ date, revenue: majorOf(revenueMinor), orders })),
      segments: segments.map(({ band, orders, revenueMinor }) => ({
        segment: band ?? 'Deleted customers',
        revenue: majorOf(revenueMinor),
        orders,
      })),
      topProducts: topProducts(await readProducts(parts, books, timeframe, listedProducts)),
      metrics: metrics(sales),
    })
  })

  router.get('/analytics/products', allow('viewer'), async (ctx) => {
    const { timeframe, books, stated } = await asked(ctx)
    const limit = readWhole('limit', oneOf(ctx, 'limit'), { least: 1, most: mostProducts, usual: listedProducts })
    const sold = await readProducts(parts, books, timeframe, limit)
    const { revenueMinor } = (await readSales(parts, books, timeframe)).current
    ctx.body = succeeded({
      ...stated,
      products: topProducts(sold),
      revenue: majorOf(revenueMinor),
      revenueOfProducts: majorOf(sold.allMinor),
      revenueWithoutItems: majorOf(revenueMinor - sold.allMinor),
    })
  })

  return router
}

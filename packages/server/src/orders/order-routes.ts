import Router from '@koa/router'
import type { Context } from 'koa'
import { type RowResult, rejectionOf, tally } from '../customers/import-rows.ts'
import { checkerOf, inspectorOf } from '../http/checker-of.ts'
import { done, succeeded } from '../http/envelope.ts'
import { nextCursor, pagination, readFilters, readPaging } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { bulkLimitBytes, readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { expectedVersion, tagVersion } from '../http/version-tag.ts'
import { majorOf } from '../money/minor-units.ts'
import { type Asker, changeOrder, moveOrder, removeOrder, unknownOrder } from './change-order.ts'
import { importOrders } from './import-orders.ts'
import type { OrderInput, OrderRow, OrderStatus } from './order.ts'
import { orderFigures } from './order-figures-store.ts'
import { orderFilterNames, readOrderFilter } from './order-filter.ts'
import { countOrders, findPlacedOrder, listOrders, orderKey, orderSorts } from './order-list-store.ts'
import { placedOnTheWire } from './order-on-the-wire.ts'
import type { OrderParts } from './order-parts.ts'
import { orderBulkSchema, orderRowSchema, orderSchema, statusSchema } from './order-schemas.ts'
import { placeOrder } from './place-order.ts'

const checkOrder = checkerOf<OrderInput>(orderSchema)
const checkStatus = checkerOf<{ status: OrderStatus }>(statusSchema)
const checkBulk = checkerOf<{ orders: readonly unknown[] }>(orderBulkSchema)
const inspectRow = inspectorOf<OrderRow>(orderRowSchema)

/** The orders of a workspace. */
export function orderRoutes(parts: OrderParts): Router {
  const { reads } = parts
  const router = new Router({ prefix: '/orders' })

  router.get('/', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const paging = readPaging(ctx, { sortable: orderSorts })
    const stated = readFilters(ctx, orderFilterNames)
    const filter = readOrderFilter(stated, stated.size > 0 ? await parts.timeZoneOf(workspaceId) : 'UTC')
    const query = { ...paging, filter }
    const orders = await listOrders(reads, workspaceId, query)
    const total = await countOrders(reads, workspaceId, query)
    const cursor = nextCursor(paging, orders, (last) => orderKey(last, paging.sortBy))
    const place = { ...pagination(paging, total), nextCursor: cursor }
    ctx.body = succeeded({ orders: orders.map(placedOnTheWire), pagination: place })
  })

  router.get('/analytics/stats', allow('viewer'), async (ctx) => {
    const figures = await orderFigures(reads, sessionOf(ctx).workspaceId, null)
    const completed = figures.find(({ status }) => status === 'COMPLETED') ?? { count: 0, sumMinor: 0 }
    ctx.body = succeeded({
      totalOrders: figures.reduce((total, { count }) => total + count, 0),
      totalRevenue: majorOf(completed.sumMinor),
      avgOrderValue: completed.count === 0 ? 0 : majorOf(Math.round(completed.sumMinor / completed.count)),
      statusCounts: Object.fromEntries(figures.map(({ status, count }) => [status, count])),
    })
  })

  router.post('/', allow('marketer'), async (ctx) => {
    const placed = await placeOrder(parts, sessionOf(ctx).workspaceId, await readBody(ctx, checkOrder))
    tagVersion(ctx, placed.order)
    ctx.status = 201
    ctx.body = succeeded(placedOnTheWire(placed))
  })

  router.post('/bulk', allow('marketer'), async (ctx) => {
    const { orders } = await readBody(ctx, checkBulk, bulkLimitBytes)
    const results: readonly RowResult[] = await importOrders(parts, sessionOf(ctx), orders.map(inspectRow))
    const counts = tally(results)
    if (counts.rejected === results.length) throw rejectionOf(results, 'orders')
    ctx.status = 201
    ctx.body = succeeded({ ...counts, skipped: results.length - counts.created, results })
  })

  router.get('/:id', allow('viewer'), async (ctx) => {
    const placed = await findPlacedOrder(reads, sessionOf(ctx).workspaceId, ctx.params['id'] ?? '')
    if (placed === null) throw unknownOrder()
    tagVersion(ctx, placed.order)
    ctx.body = succeeded(placedOnTheWire(placed))
  })

  router.put('/:id', allow('marketer'), async (ctx) => {
    const placed = await changeOrder(parts, askerIn(ctx), ctx.params['id'] ?? '', await readBody(ctx, checkOrder))
    tagVersion(ctx, placed.order)
    ctx.body = succeeded(placedOnTheWire(placed))
  })

  router.patch('/:id', allow('marketer'), async (ctx) => {
    const { status } = await readBody(ctx, checkStatus)
    const placed = await moveOrder(parts, askerIn(ctx), ctx.params['id'] ?? '', status)
    tagVersion(ctx, placed.order)
    ctx.body = succeeded(placedOnTheWire(placed))
  })

  router.delete('/:id', allow('marketer'), async (ctx) => {
    await removeOrder(parts, askerIn(ctx), ctx.params['id'] ?? '')
    ctx.body = done('Order deleted')
  })

  return router
}

function askerIn(ctx: Context): Asker {
  return { ...sessionOf(ctx), expected: expectedVersion(ctx) }
}

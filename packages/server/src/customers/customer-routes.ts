import Router from '@koa/router'
import { checkerOf, inspectorOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { formFields } from '../http/form-fields.ts'
import { nextCursor, oneOf, pagination, readFilters, readPaging } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { bulkLimitBytes, readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { expectedVersion, tagVersion } from '../http/version-tag.ts'
import { majorOf } from '../money/minor-units.ts'
import { isoOf } from '../world/moment.ts'
import { type ConsentAnswer, changeConsent } from './change-consent.ts'
import { changeCustomer, eraseCustomer, existing } from './change-customer.ts'
import { listConsentChanges } from './consent-store.ts'
import { createCustomer } from './create-customer.ts'
import type { CustomerInput } from './customer.ts'
import { attributePrefix, customerFilterNames, customerFilterOf } from './customer-filter.ts'
import type { CustomerHistory } from './customer-history.ts'
import { countCustomers, customerKey, customerSorts, listCustomers } from './customer-list-store.ts'
import { consentOnTheWire, customerOnTheWire } from './customer-on-the-wire.ts'
import type { CustomerParts } from './customer-parts.ts'
import { consentSchema, customerBulkSchema, customerChangeSchema, newCustomerSchema } from './customer-schemas.ts'
import { importCustomers } from './import-customers.ts'
import { rejectionOf, tally } from './import-rows.ts'
import { loyaltyScore } from './loyalty-score.ts'
import { addTagRoutes } from './tag-routes.ts'

const checkNew = checkerOf<CustomerInput>(newCustomerSchema)
const checkChange = checkerOf<CustomerInput>(customerChangeSchema)
const checkBulk = checkerOf<{ customers: readonly unknown[] }>(customerBulkSchema)
const checkConsent = checkerOf<ConsentAnswer>(consentSchema)
const inspectRow = inspectorOf<CustomerInput>(newCustomerSchema)
const withFormFields = formFields('name', 'email', 'phone', 'totalSpending', 'visitCount')

/** The client counts what it is given, so the cap is generous. */
const mostHistory = 500

/** The customers of a workspace. */
export function customerRoutes(parts: CustomerParts, history: CustomerHistory): Router {
  const { reads, world } = parts
  const router = new Router({ prefix: '/customers' })
  addTagRoutes(router, parts)

  router.get('/', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const paging = readPaging(ctx, { sortable: customerSorts, limit: 100 })
    const query = { ...paging, filter: await customerFilterOf(parts, workspaceId, stated(ctx)) }
    const customers = await listCustomers(reads, workspaceId, query)
    const total = await countCustomers(reads, workspaceId, query)
    const ids = customers.map(({ id }) => id)
    const [orders, messages] = [
      await history.countOrders(workspaceId, ids),
      await history.countCommunications(workspaceId, ids),
    ]
    const listed = customers.map((customer) => ({
      ...customerOnTheWire(customer),
      _count: { orders: orders.get(customer.id) ?? 0, communicationLogs: messages.get(customer.id) ?? 0 },
    }))
    const cursor = nextCursor(paging, customers, (last) => customerKey(last, paging.sortBy))
    ctx.body = succeeded({ customers: listed, pagination: { ...pagination(paging, total), nextCursor: cursor } })
  })

  router.post('/', allow('marketer'), withFormFields, async (ctx) => {
    const customer = await createCustomer(parts, sessionOf(ctx), await readBody(ctx, checkNew))
    tagVersion(ctx, customer)
    ctx.status = 201
    ctx.body = succeeded({ customer: customerOnTheWire(customer) })
  })

  router.post('/bulk', allow('marketer'), async (ctx) => {
    const { customers } = await readBody(ctx, checkBulk, bulkLimitBytes)
    const results = await importCustomers(parts, sessionOf(ctx), customers.map(inspectRow))
    const counts = tally(results)
    if (counts.rejected === results.length) throw rejectionOf(results, 'customers')
    ctx.status = 201
    ctx.body = succeeded({ ...counts, skipped: results.length - counts.created, results })
  })

  router.get('/:id', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const customer = await existing(reads, workspaceId, idIn(ctx))
    tagVersion(ctx, customer)
    const orders = await history.orders(workspaceId, customer.id, mostHistory)
    const communicationLogs = await history.communications(workspaceId, customer.id, 10)
    ctx.body = succeeded({ customer: { ...customerOnTheWire(customer), orders, communicationLogs } })
  })

  router.put('/:id', allow('marketer'), withFormFields, async (ctx) => {
    const input = await readBody(ctx, checkChange)
    const customer = await changeCustomer(parts, sessionOf(ctx), idIn(ctx), input, expectedVersion(ctx))
    tagVersion(ctx, customer)
    ctx.body = succeeded({ customer: customerOnTheWire(customer) })
  })

  router.delete('/:id', allow('marketer'), async (ctx) => {
    await eraseCustomer(parts, sessionOf(ctx).workspaceId, idIn(ctx), expectedVersion(ctx))
    ctx.body = succeeded({ message: 'Customer deleted' })
  })

  router.get('/:id/consent', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const customer = await existing(reads, workspaceId, idIn(ctx))
    const changes = await listConsentChanges(reads, workspaceId, customer.id, mostHistory)
    ctx.body = succeeded(consentOnTheWire(customer, changes))
  })

  router.put('/:id/consent', allow('marketer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const answer = await readBody(ctx, checkConsent)
    const customer = await changeConsent(parts, sessionOf(ctx), idIn(ctx), answer)
    const changes = await listConsentChanges(parts.knex, workspaceId, customer.id, mostHistory)
    ctx.body = succeeded(consentOnTheWire(customer, changes))
  })

  router.get('/:id/orders', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const { id } = await existing(reads, workspaceId, idIn(ctx))
    ctx.body = succeeded(await history.orders(workspaceId, id, limitIn(ctx)))
  })

  router.get('/:id/communications', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const { id } = await existing(reads, workspaceId, idIn(ctx))
    ctx.body = succeeded(await history.communications(workspaceId, id, limitIn(ctx)))
  })

  router.get('/:id/analytics', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const customer = await existing(reads, workspaceId, idIn(ctx))
    const orders = await history.orderFigures(workspaceId, customer.id)
    const averageMinor = orders.completedCount === 0 ? 0 : Math.round(orders.completedMinor / orders.completedCount)
    ctx.body = succeeded({
      analytics: {
        totalOrders: orders.count,
        totalSpent: majorOf(customer.totalSpendingMinor),
        avgOrderValue: majorOf(averageMinor),
        lastOrderDate: isoOf(orders.lastAtMs),
        campaignStats: await history.campaignFigures(workspaceId, customer.id),
        loyaltyScore: loyaltyScore(customer, world.nowMs()),
      },
    })
  })

  return router
}

function stated(ctx: Parameters<typeof readFilters>[0]) {
  return readFilters(ctx, customerFilterNames, attributePrefix)
}

function idIn(ctx: { params: Readonly<Record<string, string>> }): string {
  return ctx.params['id'] ?? ''
}

function limitIn(ctx: Parameters<typeof oneOf>[0]): number {
  const limit = Number(oneOf(ctx, 'limit') ?? mostHistory)
  return Number.isInteger(limit) && limit >= 1 ? Math.min(limit, mostHistory) : mostHistory
}

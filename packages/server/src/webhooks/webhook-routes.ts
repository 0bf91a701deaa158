import Router from '@koa/router'
import { actorOf } from '../audit/audit-entry.ts'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { oneOf, pagination, readPaging } from '../http/paging.ts'
import { allowPeople } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { isoOf } from '../world/moment.ts'
import { listDeliveries } from './delivery-log-store.ts'
import { listEndpoints } from './endpoint-store.ts'
import {
  addEndpoint,
  changeEndpoint,
  dropEndpoint,
  requireEndpoint,
  sendAgain,
  testEndpoint,
  type WebhookParts,
} from './keep-endpoints.ts'
import type { Endpoint, EventKind, WebhookDelivery } from './webhook.ts'
import { endpointSchema } from './webhook-schemas.ts'

const checkEndpoint = checkerOf<{
  readonly url: string
  readonly events: readonly EventKind[]
  readonly isActive?: boolean
}>(endpointSchema)

const states: readonly string[] = ['waiting', 'delivered', 'failed']

/** Whom a workspace tells of what happens, and how that went. For owners: an endpoint hears of everything. */
export function webhookRoutes(parts: WebhookParts): Router {
  const router = new Router({ prefix: '/webhooks' })
  const owner = allowPeople('owner')

  router.get('/', owner, async (ctx) => {
    const endpoints = await listEndpoints(parts.knex, sessionOf(ctx).workspaceId)
    ctx.body = succeeded({ webhooks: endpoints.map(endpointOnTheWire) })
  })

  router.post('/', owner, async (ctx) => {
    const { events: kinds, ...plan } = await readBody(ctx, checkEndpoint)
    const session = sessionOf(ctx)
    const described = { ...plan, kinds }
    const { endpoint, secret } = await addEndpoint(parts, session.workspaceId, actorOf(session), described)
    ctx.status = 201
    ctx.body = succeeded({ webhook: endpointOnTheWire(endpoint), secret })
  })

  router.put('/:id', owner, async (ctx) => {
    const { events: kinds, ...plan } = await readBody(ctx, checkEndpoint)
    const session = sessionOf(ctx)
    const described = { ...plan, kinds }
    const endpoint = await changeEndpoint(parts, session.workspaceId, actorOf(session), named(ctx).id, described)
    ctx.body = succeeded({ webhook: endpointOnTheWire(endpoint) })
  })

  router.delete('/:id', owner, async (ctx) => {
    const session = sessionOf(ctx)
    await dropEndpoint(parts, session.workspaceId, actorOf(session), named(ctx).id)
    ctx.body = succeeded({ message: 'Webhook deleted' })
  })

  router.post('/:id/test', owner, async (ctx) => {
    ctx.body = succeeded({ eventId: await testEndpoint(parts, sessionOf(ctx).workspaceId, named(ctx).id) })
  })

  router.get('/:id/deliveries', owner, async (ctx) => {
    const { id } = await requireEndpoint(parts, sessionOf(ctx).workspaceId, named(ctx).id)
    const paging = readPaging(ctx, { sortable: ['createdAt'], limit: 50 })
    const state = oneOf(ctx, 'state') ?? null
    if (state !== null && !states.includes(state)) {
      const message = `"state" must be one of ${states.join(', ')}`
      throw new ProblemError('VALIDATION', message, [{ path: '/state', message }])
    }
    const { deliveries, total } = await listDeliveries(parts.knex, id, { ...paging, state })
    ctx.body = succeeded({ deliveries: deliveries.map(deliveryOnTheWire), pagination: pagination(paging, total) })
  })

  router.post('/:id/deliveries/:eventId/redeliver', owner, async (ctx) => {
    const { id, eventId } = named(ctx)
    await sendAgain(parts, sessionOf(ctx).workspaceId, id, eventId)
    ctx.body = succeeded({ message: 'The event is sent again' })
  })

  return router
}

function named({ params }: { readonly params: Readonly<Record<string, string | undefined>> }) {
  return { id: params['id'] ?? '', eventId: params['eventId'] ?? '' }
}

function endpointOnTheWire({ id, url, kinds, isActive, stoppedBecause, createdAtMs, updatedAtMs }: Endpoint) {
  return {
    id,
    url,
    events: kinds,
    isActive,
    stoppedBecause,
    createdAt: isoOf(createdAtMs),
    updatedAt: isoOf(updatedAtMs),
  }
}

function deliveryOnTheWire(delivery: WebhookDelivery) {
  return {
    eventId: delivery.eventId,
    event: delivery.kind,
    state: delivery.state,
    attempts: delivery.attempts,
    nextAttemptAt: isoOf(delivery.dueAtMs),
    responseStatus: delivery.responseStatus,
    failure: delivery.failure,
    createdAt: isoOf(delivery.createdAtMs),
    updatedAt: isoOf(delivery.updatedAtMs),
  }
}

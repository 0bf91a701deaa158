import Router from '@koa/router'
import { type Clock, pause } from '@muster/delivery-core'
import type { Context } from 'koa'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { oneOf } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import type { SimulatedVendor } from './simulated-vendor.ts'
import { allowVendor } from './vendor-key.ts'
import type { createVendorLedger } from './vendor-ledger-store.ts'
import type { VendorReply } from './vendor-words.ts'

interface SendBody {
  readonly messageId: string
  readonly customerId: string
  readonly message: string
}

export const checkSend = checkerOf<SendBody>({
  type: 'object',
  required: ['messageId', 'customerId', 'message'],
  properties: {
    messageId: { type: 'string', minLength: 1, maxLength: 200 },
    customerId: { type: 'string', minLength: 1, maxLength: 200 },
    message: { type: 'string', minLength: 1, maxLength: 100_000 },
  },
})

/** What the routes of this file stand on. */
export interface SimulatedVendorParts {
  readonly vendor: SimulatedVendor
  readonly key: string
  readonly clock: Clock
  readonly newId: () => string
  /** How long a connection is held before it is cut. */
  readonly silenceMs: number
  readonly ledger: ReturnType<typeof createVendorLedger>
}

/** The vendor's side of the wire contract: where messages are handed over, and its own books. */
export function simulatedVendorRoutes(parts: SimulatedVendorParts): Router {
  const router = new Router()
  router.post('/vendor/send-message', allowVendor(parts.key), async (ctx) => {
    const body = await readBody(ctx, checkSend)
    // Without a key a request is its own key: such a client gets what it asks for, as often as it asks.
    const idempotencyKey = ctx.get('idempotency-key').slice(0, 200) || parts.newId()
    const reply = await parts.vendor.accept({ ...body, idempotencyKey })
    if (reply.kind === 'silence') await fallSilent(ctx, parts)
    else answer(ctx, reply, body)
  })
  router.get('/vendor/simulated-ledger', allow('viewer'), async (ctx) => {
    ctx.body = succeeded(await parts.ledger(sessionOf(ctx).workspaceId, oneOf(ctx, 'campaignId') ?? ''))
  })
  return router
}

function answer(
  ctx: Context,
  reply: Exclude<VendorReply, { kind: 'silence' }>,
  { messageId, message }: SendBody,
): void {
  switch (reply.kind) {
    case 'accepted':
      ctx.body = succeeded({ messageId, vendorMessageId: reply.vendorMessageId, status: 'ACCEPTED', message })
      break
    case 'throttled':
      ctx.set('retry-after', String(reply.retryAfterSeconds))
      refuse(ctx, 429, 'Too many messages at once')
      break
    case 'broken':
      refuse(ctx, 500, 'The simulated vendor is broken just now')
      break
    case 'key-mismatch':
      refuse(ctx, 422, 'This idempotency key was used for another message')
      break
  }
}

function refuse(ctx: Context, status: number, error: string): void {
  ctx.status = status
  ctx.body = { success: false, error }
}

/** Holds the connection and then cuts it, as a vendor does that dies. */
async function fallSilent(ctx: Context, { clock, silenceMs }: SimulatedVendorParts): Promise<void> {
  const gone = new AbortController()
  ctx.req.socket.once('close', () => gone.abort())
  await pause(clock, silenceMs, gone.signal)
  ctx.respond = false
  ctx.req.socket.destroy()
}

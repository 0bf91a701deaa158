import Router from '@koa/router'
import type { Inbox } from '@muster/delivery-core'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { oneOf } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'
import { allowVendor } from './vendor-key.ts'
import type { StatsPeriod, VendorStats } from './vendor-stats-store.ts'

interface ReceiptBody {
  /** Ours, which vendors repeat; or their own, where they repeat nothing. */
  readonly messageId: string
  readonly vendorMessageId?: string
  readonly status: string
  readonly errorMessage?: string | null
  readonly receiptId?: string
  readonly occurredAt?: string
}

/** Further fields are welcome: vendors add some without asking. */
export const checkReceipt = checkerOf<ReceiptBody>({
  type: 'object',
  required: ['messageId', 'status'],
  properties: {
    messageId: { type: 'string', minLength: 1, maxLength: 200 },
    vendorMessageId: { type: 'string', minLength: 1, maxLength: 200 },
    status: { type: 'string', minLength: 1, maxLength: 64 },
    errorMessage: { type: ['string', 'null'], maxLength: 2_000 },
    receiptId: { type: 'string', minLength: 1, maxLength: 200 },
    occurredAt: { type: 'string', maxLength: 40 },
  },
})

const largestReceiptBytes = 64 * 1024

/** What the routes of this file stand on. */
export interface ReceiptParts {
  readonly inbox: Inbox
  readonly stats: VendorStats
  readonly vendorKey: string
  /** The account whose receipts come with this key. */
  readonly account: string
}

/** Where the vendor tells us what became of messages, and where people see it. */
export function receiptRoutes({ inbox, stats, vendorKey, account }: ReceiptParts): Router {
  return new Router()
    .post('/vendor/delivery-receipt', allowVendor(vendorKey), async (ctx) => {
      if (inbox.isFull()) {
        ctx.set('retry-after', '1')
        throw new ProblemError(
          'BUSY',
          'More receipts are coming in than can be written down; please send this one again',
        )
      }
      const body = await readBody(ctx, checkReceipt, largestReceiptBytes)
      await inbox.put({
        account,
        receiptId: body.receiptId ?? null,
        messageId: body.messageId,
        vendorMessageId: body.vendorMessageId ?? body.messageId,
        status: body.status,
        occurredAtMs: body.occurredAt === undefined ? null : momentMs(body.occurredAt),
        reason: body.errorMessage ?? null,
      })
      ctx.body = succeeded({ messageId: body.messageId, status: 'UPDATED' })
    })
    .get('/vendor/stats', allow('viewer'), async (ctx) => {
      const period = readPeriod(oneOf(ctx, 'startDate'), oneOf(ctx, 'endDate'))
      ctx.body = succeeded({ stats: await stats(sessionOf(ctx).workspaceId, period) })
    })
}

/** Both ends or none, as the client sends them. A day as the end means the whole of it. */
function readPeriod(start: string | undefined, end: string | undefined): StatsPeriod | null {
  if (start === undefined || end === undefined) return null
  const [fromMs, toMs] = [momentMs(start), momentMs(end)]
  if (fromMs === null) throw invalidInput([{ path: '/startDate', message: '"startDate" must be a day or an instant' }])
  if (toMs === null) throw invalidInput([{ path: '/endDate', message: '"endDate" must be a day or an instant' }])
  return { fromMs, beforeMs: end.length === 10 ? toMs + 24 * 3_600_000 : toMs + 1 }
}

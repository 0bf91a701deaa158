import Router from '@koa/router'
import { type Inbox, InboxFullError, type RawReceipt } from '@muster/delivery-core'
import { succeeded } from '../http/envelope.ts'
import { oneOf } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { readJson } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'
import { type BatchedReceipt, isBatch, readBatch, readReceipt } from './read-receipts.ts'
import { allowReceipts, type ReceiptGuard, rawBodyOf } from './vendor-key.ts'
import type { StatsPeriod, VendorStats } from './vendor-stats-store.ts'

/** One receipt says little; a list of them says it a thousand times at most. */
export const largestReceiptBytes = 64 * 1024
const largestBatchBytes = 1024 * 1024

/** What the routes of this file stand on. */
export interface ReceiptParts {
  readonly inbox: Inbox
  readonly stats: VendorStats
  readonly guard: ReceiptGuard
  /** The account whose receipts come this way. */
  readonly account: string
}

/** Where the vendor tells us what became of messages, and where people see it. */
export function receiptRoutes({ inbox, stats, guard, account }: ReceiptParts): Router {
  const refuseWhenFull = () => {
    if (inbox.isFull()) throw busy()
  }
  const keep = async (receipts: readonly RawReceipt[]) => {
    try {
      await Promise.all(receipts.map(inbox.put))
    } catch (error) {
      // Those that were written down already are known again when the vendor repeats them.
      throw error instanceof InboxFullError ? busy() : error
    }
  }
  return new Router()
    .post('/vendor/delivery-receipt', allowReceipts(guard, largestBatchBytes, refuseWhenFull), async (ctx) => {
      const raw = rawBodyOf(ctx)
      const body = readJson(raw)
      if (isBatch(body)) {
        const batch = readBatch(body, account)
        await keep(batch.flatMap((item) => (item.ok ? [item.receipt] : [])))
        ctx.body = succeeded({ results: batch.map(resultOf) })
        return
      }
      if (raw.length > largestReceiptBytes)
        throw new ProblemError('BODY_TOO_LARGE', `The body is larger than ${largestReceiptBytes} bytes`)
      const receipt = readReceipt(body, account)
      await keep([receipt])
      ctx.body = updated(receipt)
    })
    .get('/vendor/stats', allow('viewer'), async (ctx) => {
      const period = readPeriod(oneOf(ctx, 'startDate'), oneOf(ctx, 'endDate'))
      ctx.body = succeeded({ stats: await stats(sessionOf(ctx).workspaceId, period) })
    })
}

/** The answer to one receipt that is written down. */
export function updated({ messageId }: RawReceipt) {
  return succeeded({ messageId, status: 'UPDATED' })
}

function resultOf(item: BatchedReceipt) {
  return item.ok
    ? { messageId: item.receipt.messageId, status: 'UPDATED' }
    : { messageId: null, status: 'REJECTED', errors: item.faults }
}

function busy(): ProblemError {
  return new ProblemError('BUSY', 'More receipts are coming in than can be written down; please send this one again')
}

/** Both ends or none, as the client sends them. A day as the end means the whole of it. */
function readPeriod(start: string | undefined, end: string | undefined): StatsPeriod | null {
  if (start === undefined || end === undefined) return null
  const [fromMs, toMs] = [momentMs(start), momentMs(end)]
  if (fromMs === null) throw invalidInput([{ path: '/startDate', message: '"startDate" must be a day or an instant' }])
  if (toMs === null) throw invalidInput([{ path: '/endDate', message: '"endDate" must be a day or an instant' }])
  return { fromMs, beforeMs: end.length === 10 ? toMs + 24 * 3_600_000 : toMs + 1 }
}

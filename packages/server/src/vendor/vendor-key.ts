import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'koa'
import { declarePolicy } from '../http/policy.ts'
import { readRawBody } from '../http/read-body.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { isSigned, maySign } from './receipt-signature.ts'

/** The header in which a vendor, or we towards it, say who we are. */
export const vendorKeyHeader = 'x-vendor-key'

/** How the vendor shows who it is when it reports: by the key, or by signing with one of the secrets. */
export interface ReceiptAccess {
  readonly key: string
  /** In base64; none: only the key opens. Two while they are exchanged. */
  readonly webhookSecrets: readonly string[]
  readonly nowMs: () => number
}

/**
 * Lets the vendor's receipts in, and hands their body on as it came (`rawBodyOf`). `beforeReading` may turn a request
 * away before its body is read. All refusals are one and the same: whoever guesses learns neither what was wrong nor
 * whether there is such an account.
 */
export function allowReceipts(access: ReceiptAccess, limitBytes: number, beforeReading: () => void) {
  return declarePolicy(async (ctx: Context, next) => {
    const signature = {
      'webhook-id': ctx.get('webhook-id'),
      'webhook-timestamp': ctx.get('webhook-timestamp'),
      'webhook-signature': ctx.get('webhook-signature'),
    }
    const hasKey = isSame(ctx.get(vendorKeyHeader), access.key)
    const mayBeSigned = access.webhookSecrets.length > 0 && maySign(signature, access.nowMs())
    if (!hasKey && !mayBeSigned) throw refused()
    beforeReading()
    const body = await readRawBody(ctx, limitBytes)
    if (!hasKey && !isSigned(signature, body, access.webhookSecrets, access.nowMs())) throw refused()
    ctx.state['rawBody'] = body
    await next()
  })
}

/** @throws a plain error when the route's policy did not read it: a fault of the program */
export function rawBodyOf(ctx: Pick<Context, 'state'>): Buffer {
  const body: unknown = ctx.state['rawBody']
  if (!Buffer.isBuffer(body)) throw new Error('A route asked for a body that its policy did not read')
  return body
}

function refused(): ProblemError {
  return new ProblemError('VENDOR_REFUSED', 'This is for the vendor')
}

/**
 * Lets only the vendor in. The refusal is a 403 that says nothing: 401 would make browsers' clients throw their
 * session away, and a reason would help whoever guesses.
 */
export function allowVendor(key: string) {
  return declarePolicy(async (ctx: Context, next) => {
    if (!isSame(ctx.get(vendorKeyHeader), key)) throw refused()
    await next()
  })
}

/** Compares digests, which have one length, so that the time it takes tells nothing about the key. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

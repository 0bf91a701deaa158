import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
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

/** Looks at who a request for receipts is from, in two steps: before and after its body is read. */
export interface ReceiptGuard {
  /** Whether it is worth reading. */
  mayEnter(headers: IncomingHttpHeaders): boolean
  /** Whether it is the vendor's. */
  isVendors(headers: IncomingHttpHeaders, body: Buffer): boolean
}

export function createReceiptGuard({ key, webhookSecrets, nowMs }: ReceiptAccess): ReceiptGuard {
  const expected = digest(key)
  const hasKey = (headers: IncomingHttpHeaders) => timingSafeEqual(digest(textOf(headers[vendorKeyHeader])), expected)
  return {
    mayEnter: (headers) => hasKey(headers) || (webhookSecrets.length > 0 && maySign(signatureIn(headers), nowMs())),
    isVendors: (headers, body) => hasKey(headers) || isSigned(signatureIn(headers), body, webhookSecrets, nowMs()),
  }
}

function signatureIn(headers: IncomingHttpHeaders) {
  return {
    'webhook-id': textOf(headers['webhook-id']),
    'webhook-timestamp': textOf(headers['webhook-timestamp']),
    'webhook-signature': textOf(headers['webhook-signature']),
  }
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : ''
}

/**
 * Lets the vendor's receipts in, and hands their body on as it came (`rawBodyOf`). `beforeReading` may turn a request
 * away before its body is read. All refusals are one and the same: whoever guesses learns neither what was wrong nor
 * whether there is such an account.
 */
export function allowReceipts(guard: ReceiptGuard, limitBytes: number, beforeReading: () => void) {
  return declarePolicy(async (ctx: Context, next) => {
    if (!guard.mayEnter(ctx.headers)) throw refused()
    beforeReading()
    const body = await readRawBody(ctx, limitBytes)
    if (!guard.isVendors(ctx.headers, body)) throw refused()
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

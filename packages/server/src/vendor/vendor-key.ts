import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'koa'
import { declarePolicy } from '../http/policy.ts'
import { ProblemError } from '../problems/problem-error.ts'

/** The header in which a vendor, or we towards it, say who we are. */
export const vendorKeyHeader = 'x-vendor-key'

/**
 * Lets only the vendor in. The refusal is a 403 that says nothing: 401 would make browsers' clients throw their
 * session away, and a reason would help whoever guesses.
 */
export function allowVendor(key: string) {
  return declarePolicy(async (ctx: Context, next) => {
    if (!isSame(ctx.get(vendorKeyHeader), key))
      throw new ProblemError('VENDOR_REFUSED', 'The vendor key is missing or wrong')
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

import Router from '@koa/router'
import type { Rate } from '@muster/delivery-core'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { readBody } from '../http/read-body.ts'
import { allowVendor } from './vendor-key.ts'

/** What the routes of this file stand on. */
export interface RateParts {
  readonly vendorKey: string
  rates(): Promise<readonly Rate[]>
  changeRates(rates: readonly Rate[]): Promise<void>
}

/** A day, the longest window that a vendor was seen to count in. */
const longestWindowMs = 24 * 3_600_000

export const checkRates = checkerOf<{ readonly rates: readonly Rate[] }>({
  type: 'object',
  required: ['rates'],
  additionalProperties: false,
  properties: {
    rates: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      items: {
        type: 'object',
        required: ['starts', 'windowMs'],
        additionalProperties: false,
        properties: {
          starts: { type: 'integer', minimum: 1, maximum: 100_000_000 },
          windowMs: { type: 'integer', minimum: 100, maximum: longestWindowMs },
        },
      },
    },
  },
})

/**
 * How fast messages go out, while they do. For whoever holds the vendor's key, that is the operator of the
 * installation: one vendor account serves all workspaces, and an owner of one must not slow down the others.
 */
export function rateRoutes({ rates, changeRates, vendorKey }: RateParts): Router {
  return new Router()
    .get('/vendor/rates', allowVendor(vendorKey), async (ctx) => {
      ctx.body = succeeded({ rates: await rates() })
    })
    .put('/vendor/rates', allowVendor(vendorKey), async (ctx) => {
      const wanted = await readBody(ctx, checkRates)
      await changeRates(wanted.rates)
      ctx.body = succeeded({ rates: await rates() })
    })
}

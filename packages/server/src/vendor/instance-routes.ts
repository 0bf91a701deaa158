import Router from '@koa/router'
import { done, succeeded } from '../http/envelope.ts'
import { allowVendor } from './vendor-key.ts'

/** What the routes of this file stand on. */
export interface InstanceParts {
  readonly vendorKey: string
  readonly instance: {
    check(): Promise<'ours' | 'foreign' | 'unchecked'>
    confirm(): Promise<unknown>
  }
  /** The operator has confirmed: what was held back may begin. */
  readonly begin: () => Promise<unknown>
}

/**
 * Whether this database belongs to this installation, and the word of its operator that it does. For whoever holds the
 * vendor's key, because the vendor is who would get everything twice.
 */
export function instanceRoutes({ instance, begin, vendorKey }: InstanceParts): Router {
  return new Router()
    .get('/vendor/instance', allowVendor(vendorKey), async (ctx) => {
      ctx.body = succeeded({ state: await instance.check() })
    })
    .post('/vendor/instance/confirm', allowVendor(vendorKey), async (ctx) => {
      await instance.confirm()
      await begin()
      ctx.body = done('This installation sends from now on')
    })
}

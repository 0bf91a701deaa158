import cors from '@koa/cors'
import type { Middleware } from 'koa'
import { ProblemError } from '../problems/problem-error.ts'
import { usesCookie } from './authentication.ts'

/** Which pages may call, by the `Origin` that browsers send. */
export interface OriginRules {
  readonly allowed: readonly string[]
  /** In development: any port of `localhost`. */
  readonly anyLocalhost: boolean
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** CORS headers for allowed origins, echoed exactly; none at all for others. */
export function crossOrigin(rules: OriginRules): Middleware {
  const answer = cors({
    origin: (ctx) => ctx.get('origin'),
    credentials: true,
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'If-Match'],
    exposeHeaders: ['ETag', 'X-Request-Id', 'Retry-After'],
    maxAge: 600,
  })
  return (ctx, next) => {
    ctx.vary('Origin')
    return isAllowed(ctx.get('origin'), rules) ? answer(ctx, next) : next()
  }
}

/**
 * Refuses changes that a foreign page asks for. With a session by cookie, which a browser adds to anybody's
 * request, the origin must be there and allowed; the server's own pages say so by `Sec-Fetch-Site`.
 */
export function refuseForeignChanges(rules: OriginRules): Middleware {
  return (ctx, next) => {
    if (safeMethods.has(ctx.method) || ctx.get('sec-fetch-site') === 'same-origin') return next()
    const origin = ctx.get('origin')
    const isFine = origin === '' ? !usesCookie(ctx) : isAllowed(origin, rules)
    if (!isFine) throw new ProblemError('ORIGIN_REFUSED', 'Requests from this page are not accepted')
    return next()
  }
}

function isAllowed(origin: string, { allowed, anyLocalhost }: OriginRules): boolean {
  return allowed.includes(origin) || (anyLocalhost && /^https?:\/\/localhost(:\d{1,5})?$/.test(origin))
}

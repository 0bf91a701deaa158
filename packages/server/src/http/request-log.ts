import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import type { World } from '../world/world.ts'

/**
 * Gives each request an id and logs its end: the route's pattern, never the address, which may carry a
 * search for a person; no bodies, no headers.
 */
export function requestLog(log: Logger, world: Pick<World, 'nowMs' | 'newId'>): Middleware {
  return async (ctx, next) => {
    const requestId = world.newId()
    const startedMs = world.nowMs()
    ctx.state['requestId'] = requestId
    ctx.set('X-Request-Id', requestId)
    await next()
    const route: unknown = ctx['_matchedRoute']
    const took = { status: ctx.status, tookMs: world.nowMs() - startedMs }
    log.info({ requestId, method: ctx.method, route: typeof route === 'string' ? route : null, ...took }, 'request')
  }
}

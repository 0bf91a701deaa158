import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import type { World } from '../world/world.ts'

/** A request that has been answered. */
export interface EndedRequest {
  readonly method: string
  /** The route's pattern; null where there was no route. */
  readonly route: string | null
  readonly status: number
  readonly tookMs: number
}

/**
 * Gives each request an id, logs its end and tells it: the route's pattern, never the address, which may carry a
 * search for a person; no bodies, no headers.
 */
export function requestLog(
  log: Logger,
  world: Pick<World, 'nowMs' | 'newId'>,
  ended: (request: EndedRequest) => void,
): Middleware {
  const tell = tellEnd(log, ended)
  return async (ctx, next) => {
    const requestId = world.newId()
    const startedMs = world.nowMs()
    ctx.state['requestId'] = requestId
    ctx.set('X-Request-Id', requestId)
    await next()
    const route: unknown = ctx['_matchedRoute']
    tell(requestId, {
      method: ctx.method,
      route: typeof route === 'string' ? route : null,
      status: ctx.status,
      tookMs: world.nowMs() - startedMs,
    })
  }
}

/** Logs the end of a request and tells it. */
export function tellEnd(
  log: Logger,
  ended: (request: EndedRequest) => void,
): (requestId: string, request: EndedRequest) => void {
  return (requestId, request) => {
    log.info({ requestId, ...request }, 'request')
    ended(request)
  }
}

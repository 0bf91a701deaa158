import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import { answerProblems, withoutValues } from './http/answer-problems.ts'
import { authentication, type FindSession, type Machines, type TokenRules } from './http/authentication.ts'
import type { Limits } from './http/limits.ts'
import { crossOrigin, type OriginRules, refuseForeignChanges } from './http/origins.ts'
import { requirePolicies } from './http/policy.ts'
import { createRecentSessions } from './http/recent-sessions.ts'
import { type EndedRequest, requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { ProblemError } from './problems/problem-error.ts'
import type { World } from './world/world.ts'

/** What the HTTP side is built from. */
export interface AppParts {
  readonly world: Pick<World, 'nowMs' | 'newId'>
  readonly log: Logger
  /** Hears of every request that has been answered. */
  readonly requestEnded: (request: EndedRequest) => void
  readonly isProduction: boolean
  readonly origins: OriginRules
  readonly tokens: TokenRules
  readonly findSession: FindSession
  readonly machines: Machines
  readonly limits: Limits
  /** How many proxies stand before the server and may say where a request came from. */
  readonly trustedProxyHops: number
  /** Served at the root. */
  readonly rootRouters: readonly Router[]
  /** Served below `/api`. */
  readonly apiRouters: readonly Router[]
}

/**
 * The whole way of a request, from outside to inside.
 * @throws when a route names no policy
 */
export function createApp(parts: AppParts): Koa {
  requirePolicies([...parts.rootRouters, ...parts.apiRouters])
  const hops = parts.trustedProxyHops
  const app = new Koa({ proxy: hops > 0, ...(hops > 0 ? { maxIpsCount: hops } : {}) })
  app.on('error', (error: unknown) => parts.log.error({ failure: withoutValues(error) }, 'response failed'))
  app.use(requestLog(parts.log, parts.world, parts.requestEnded))
  app.use(securityHeaders(parts.isProduction))
  app.use(crossOrigin(parts.origins))
  app.use(answerProblems(parts.log))
  app.use(refuseForeignChanges(parts.origins))
  app.use(authentication(parts.tokens, parts.findSession, parts.machines, createRecentSessions(parts.world.nowMs)))
  app.use(parts.limits.requests)
  mount(app, new Router(), parts.rootRouters)
  mount(app, new Router({ prefix: '/api' }), parts.apiRouters)
  return app
}

function mount(app: Koa, router: Router, routers: readonly Router[]): void {
  for (const inner of routers) router.use(inner.routes())
  const refused = () => new ProblemError('METHOD_NOT_ALLOWED', 'This address does not take that method')
  app.use(router.routes())
  app.use(router.allowedMethods({ throw: true, methodNotAllowed: refused, notImplemented: refused }))
}

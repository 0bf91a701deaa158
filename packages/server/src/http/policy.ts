import type Router from '@koa/router'
import type { Middleware } from 'koa'
import { ProblemError } from '../problems/problem-error.ts'
import type { Role, Session } from './session.ts'

/** Who may use a route: everybody, or members of a workspace from this role upward. */
export type Access = 'anyone' | Role

const rank: Readonly<Record<Role, number>> = { viewer: 0, marketer: 1, owner: 2 }

const policies = new WeakSet<object>()

/** The first middleware of every route: lets the request pass, or fails with 401 or 403. */
export function allow(access: Access): Middleware {
  if (access === 'anyone') return declarePolicy((_ctx, next) => next())
  return declarePolicy(async (ctx, next) => {
    const authenticate: () => Promise<Session> = ctx.state['authenticate']
    const session = await authenticate()
    if (rank[session.role] < rank[access]) {
      throw new ProblemError('FORBIDDEN', `This needs the role ${access} in the workspace; yours is ${session.role}`)
    }
    ctx.state['session'] = session
    await next()
  })
}

/** As `allow`, for people only: a machine's key opens no door to accounts, members or other keys. */
export function allowPeople(role: Role): Middleware {
  const allowed = allow(role)
  return declarePolicy(async (ctx, next) => {
    await allowed(ctx, async () => {
      const session: Session = ctx.state['session']
      if (session.isMachine) throw new ProblemError('FORBIDDEN', 'This is for people: please log in instead')
      await next()
    })
  })
}

/** Marks a middleware of another kind, such as a check of a machine's key, as a route's policy. */
export function declarePolicy(middleware: Middleware): Middleware {
  policies.add(middleware)
  return middleware
}

/**
 * Refuses routers with a route that names no policy: what nobody thought about is closed.
 * @throws a plain error that names the route
 */
export function requirePolicies(routers: readonly Router[]): void {
  for (const { stack } of routers) {
    for (const { path, methods, stack: steps } of stack) {
      const [first] = steps
      if (methods.length > 0 && (first === undefined || !policies.has(first))) {
        throw new Error(`The route ${methods.join('|')} ${String(path)} names no policy`)
      }
    }
  }
}

import type { Context, Middleware } from 'koa'
import koaJwt from 'koa-jwt'
import { ProblemError } from '../problems/problem-error.ts'
import type { Session } from './session.ts'

/** How tokens are signed, and what each of them must say. */
export interface TokenRules {
  readonly issuer: string
  readonly audience: string
  /** Key id to secret. The first one signs; the others still verify until their tokens have run out. */
  readonly keys: ReadonlyMap<string, string>
}

/** Finds the session that a token names, unless it has been revoked or has run out. */
export type FindSession = (sessionId: string, userId: string) => Promise<Session | null>

/** Machines: how their keys begin, and who stands behind one. */
export interface Machines {
  readonly keyStart: string
  find(key: string): Promise<Session | null>
}

/** The cookie that carries the token where the client keeps none itself. */
export const tokenCookie = 'auth_token'

/**
 * Checks the token of a request, wherever it stands, and leaves `authenticate` for the route's policy:
 * the session is looked up once, and only where a route needs it.
 */
export function authentication(rules: TokenRules, findSession: FindSession, machines: Machines): Middleware {
  const verify = koaJwt({
    secret: async (header: { kid?: string }) => rules.keys.get(header.kid ?? '') ?? refuseKey(),
    algorithms: ['HS256'],
    issuer: rules.issuer,
    audience: rules.audience,
    getToken: (ctx) => tokenOf(ctx) ?? null,
    key: 'token',
    passthrough: true,
  })
  return async (ctx, next) => {
    const key = bearerOf(ctx)
    if (key?.startsWith(machines.keyStart)) {
      ctx.state['authenticate'] = async () => (await machines.find(key)) ?? refuse()
      return next()
    }
    ctx.state['authenticate'] = () => sessionFor(ctx.state['token'], findSession)
    if (tokenOf(ctx) === undefined) return next()
    await verify(ctx, next)
  }
}

/** Whether the request would be authenticated by the cookie, which browsers add unasked. */
export function usesCookie(ctx: Context): boolean {
  return bearerOf(ctx) === undefined && cookieOf(ctx) !== undefined
}

function tokenOf(ctx: Context): string | undefined {
  return bearerOf(ctx) ?? cookieOf(ctx)
}

function bearerOf(ctx: Context): string | undefined {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(ctx.get('authorization'))?.[1]
}

/** Two cookies of the name may come; browsers send the one with the longer path first, and that is ours. */
function cookieOf(ctx: Context): string | undefined {
  return new RegExp(`(?:^|;\\s*)${tokenCookie}=([^;\\s]+)`).exec(ctx.get('cookie'))?.[1]
}

function refuseKey(): never {
  throw new Error('unknown key')
}

async function sessionFor(token: unknown, findSession: FindSession): Promise<Session> {
  return (isClaims(token) ? await findSession(token.sid, token.userId) : null) ?? refuse()
}

function refuse(): never {
  throw new ProblemError('UNAUTHENTICATED', 'Please log in: the session is missing or has ended')
}

/** Lifetimes are checked by the verification only where `exp` stands; here it has to. */
function isClaims(token: unknown): token is { sid: string; userId: string } {
  return (
    typeof token === 'object' &&
    token !== null &&
    'exp' in token &&
    typeof token.exp === 'number' &&
    'sid' in token &&
    typeof token.sid === 'string' &&
    'userId' in token &&
    typeof token.userId === 'string'
  )
}

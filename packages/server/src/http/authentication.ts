import { createSecretKey } from 'node:crypto'
import type { Context, Middleware } from 'koa'
import koaJwt from 'koa-jwt'
import { ProblemError } from '../problems/problem-error.ts'
import type { RecentSessions } from './recent-sessions.ts'
import type { Session } from './session.ts'

/** How tokens are signed, and what each of them must say. */
export interface TokenRules {
  readonly issuer: string
  readonly audience: string
  /** The longest that a token may say it is good for. */
  readonly lifetimeSeconds: number
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
 * the session is looked up once, and only where a route needs it. Reads may be served with a session that was looked up
 * a moment ago; whatever changes something looks it up, and afterwards nothing is remembered.
 */
export function authentication(
  rules: TokenRules,
  findSession: FindSession,
  machines: Machines,
  recent: RecentSessions,
): Middleware {
  // As text, each verification would first try to read a secret as a public key: a fifth of the time of a small request.
  const keys = new Map([...rules.keys].map(([id, secret]) => [id, createSecretKey(secret, 'utf8')]))
  const verify = koaJwt({
    // The types of the library know text and bytes only; what it calls takes keys as well.
    secret: async (header: { kid?: string }) => Object(keys.get(header.kid ?? '') ?? refuseKey()),
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
    const token = tokenOf(ctx)
    const isRead = ctx.method === 'GET' && !mayEndSessions(ctx.path)
    const known = isRead && token !== undefined ? recent.of(token) : null
    if (known !== null) {
      ctx.state['token'] = known.claims
      ctx.state['authenticate'] = async () => known.session
      return next()
    }
    ctx.state['authenticate'] = async () => {
      const claims: unknown = ctx.state['token']
      const find = async () => ({ claims, session: await sessionFor(claims, rules, findSession) })
      const { session } = await (isRead && token !== undefined ? recent.lookUp(token, find) : find())
      return session
    }
    try {
      await (token === undefined ? next() : verify(ctx, next))
    } finally {
      if (!isRead && (token !== undefined || mayEndSessions(ctx.path))) recent.forgetAll()
    }
  }
}

/** Logins, logouts and what comes back from Google, by whatever method. */
function mayEndSessions(path: string): boolean {
  return path.startsWith('/api/auth/') && path !== '/api/auth/me'
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

async function sessionFor(token: unknown, rules: TokenRules, findSession: FindSession): Promise<Session> {
  if (!isClaims(token) || token.exp - token.iat > rules.lifetimeSeconds) return refuse()
  return (await findSession(token.sid, token.userId)) ?? refuse()
}

function refuse(): never {
  throw new ProblemError('UNAUTHENTICATED', 'Please log in: the session is missing or has ended')
}

/** The end is checked by the verification only where it stands; here it has to, and not in ten years. */
function isClaims(token: unknown): token is { sid: string; userId: string; iat: number; exp: number } {
  return (
    typeof token === 'object' &&
    token !== null &&
    'exp' in token &&
    typeof token.exp === 'number' &&
    'iat' in token &&
    typeof token.iat === 'number' &&
    'sid' in token &&
    typeof token.sid === 'string' &&
    'userId' in token &&
    typeof token.userId === 'string'
  )
}

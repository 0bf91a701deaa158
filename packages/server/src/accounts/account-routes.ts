import Router from '@koa/router'
import { folded } from '../database/folded.ts'
import { checkerOf } from '../http/checker-of.ts'
import { done, succeeded } from '../http/envelope.ts'
import type { Limits } from '../http/limits.ts'
import { allow, allowPeople } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionIfAny, sessionOf } from '../http/session.ts'
import { clearTokenCookie, setTokenCookie } from '../http/token-cookie.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { loginSchema, passwordChangeSchema, profileSchema, registrationSchema } from './account-schemas.ts'
import { changePassword } from './change-password.ts'
import { changeProfile, type Profile } from './change-profile.ts'
import { logIn } from './log-in.ts'
import { refreshSession } from './open-session.ts'
import { type Registration, register } from './register.ts'
import { revokeAllSessions, revokeSession } from './sessions-store.ts'
import { tokenLifetimeSeconds } from './tokens.ts'
import { findUser, type User } from './users-store.ts'

const checkRegistration = checkerOf<Registration>(registrationSchema)
const checkLogin = checkerOf<{ email: string; password: string }>(loginSchema)
const checkPasswordChange = checkerOf<{ currentPassword: string; newPassword: string }>(passwordChangeSchema)
const checkProfile = checkerOf<Profile>(profileSchema)

/** Logging in and out, and one's own account. */
export function accountRoutes(parts: AccountParts, limits: Limits, isProduction: boolean): Router {
  const { knex, world } = parts
  const router = new Router()

  router.post('/auth/register', allow('anyone'), limits.registrations, async (ctx) => {
    const { user, token } = await register(parts, await readBody(ctx, checkRegistration))
    setTokenCookie(ctx, token, tokenLifetimeSeconds, isProduction)
    ctx.body = succeeded({ ...userOnTheWire(user), token })
  })

  router.post('/auth/login', allow('anyone'), async (ctx) => {
    const login = await readBody(ctx, checkLogin)
    const { user, token } = await limits.attempt(ctx, `login ${folded(login.email)}`, () => logIn(parts, login))
    setTokenCookie(ctx, token, tokenLifetimeSeconds, isProduction)
    ctx.body = succeeded({ ...userOnTheWire(user), token })
  })

  router.get('/auth/me', allowPeople('viewer'), async (ctx) => {
    ctx.body = succeeded(userOnTheWire(await userBehind(ctx)))
  })

  router.post('/auth/logout', allow('anyone'), async (ctx) => {
    const session = await sessionIfAny(ctx)
    if (session !== null) await revokeSession(knex, session.sessionId, world.nowMs())
    clearTokenCookie(ctx, isProduction)
    ctx.body = done('Logged out')
  })

  router.post('/auth/logout-everywhere', allowPeople('viewer'), async (ctx) => {
    await revokeAllSessions(knex, sessionOf(ctx).userId, world.nowMs())
    clearTokenCookie(ctx, isProduction)
    ctx.body = done('Logged out everywhere')
  })

  router.post('/auth/refresh', allowPeople('viewer'), async (ctx) => {
    const user = await userBehind(ctx)
    const token = await refreshSession(parts, sessionOf(ctx))
    setTokenCookie(ctx, token, tokenLifetimeSeconds, isProduction)
    ctx.body = succeeded({ user: userOnTheWire(user), token })
  })

  router.post('/auth/change-password', allowPeople('viewer'), async (ctx) => {
    const session = sessionOf(ctx)
    const change = await readBody(ctx, checkPasswordChange)
    await limits.attempt(ctx, `password ${session.userId}`, () => changePassword(parts, session, change))
    ctx.body = done('Password changed')
  })

  router.put('/users/me', allowPeople('viewer'), async (ctx) => {
    const user = await changeProfile(parts, sessionOf(ctx).userId, await readBody(ctx, checkProfile))
    ctx.body = succeeded(userOnTheWire(user))
  })

  async function userBehind(ctx: Parameters<typeof sessionOf>[0]): Promise<User> {
    const user = await findUser(knex, sessionOf(ctx).userId)
    if (user === null) throw new ProblemError('UNAUTHENTICATED', 'Please log in: the account is gone')
    return user
  }

  return router
}

/** Named one by one: a column that joins the table later is not shown by accident. */
function userOnTheWire({ id, email, name, avatar, googleId, company, createdAtMs }: User) {
  return { id, email, name, avatar, googleId, company, createdAt: new Date(createdAtMs).toISOString() }
}

import Router from '@koa/router'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { allow } from '../http/policy.ts'
import { setTokenCookie } from '../http/token-cookie.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { createAccount } from './create-account.ts'
import { openSession } from './open-session.ts'
import { tokenLifetimeSeconds } from './tokens.ts'
import { findUserByEmail } from './users-store.ts'
import { firstWorkspaceOf } from './workspaces-store.ts'

/** Who a developer is, without logging in. */
const developer = { email: 'dev@localhost', name: 'Local Dev' } as const

/**
 * A login without a password, for work on the client. It is there only where it was switched on, which a start in
 * production refuses, and only for requests from this machine; and it opens a workspace of its own, no other.
 */
export function developerRoutes(parts: AccountParts, isOn: boolean, frontendUrl: string): Router {
  return new Router().get('/auth/dev-token', allow('anyone'), async (ctx) => {
    if (!isOn || !isThisMachine(ctx.req.socket.remoteAddress)) {
      throw new ProblemError('NOT_FOUND', 'There is nothing at this address')
    }
    setTokenCookie(ctx, await enterAsDeveloper(parts), tokenLifetimeSeconds, false)
    ctx.redirect(`${frontendUrl}/dashboard`)
  })
}

async function enterAsDeveloper(parts: AccountParts): Promise<string> {
  return inTransaction(
    parts.knex,
    async (transaction) => {
      const known = await findUserByEmail(transaction, developer.email)
      const workspaceId = known && (await firstWorkspaceOf(transaction, known.id))
      if (known !== null && workspaceId !== null) return openSession(parts, transaction, known.id, workspaceId)
      const account = { ...developer, passwordHash: null, avatar: null, googleId: null, isEmailVerified: false }
      const made = await createAccount(parts, transaction, account)
      return openSession(parts, transaction, made.user.id, made.workspaceId)
    },
    isDuplicate,
  )
}

function isThisMachine(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address)
}

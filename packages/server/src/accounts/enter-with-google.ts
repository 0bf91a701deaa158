import type { Knex } from 'knex'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { createAccount } from './create-account.ts'
import type { GoogleIdentity } from './google-identity.ts'
import { openSession } from './open-session.ts'
import { revokeAllSessions } from './sessions-store.ts'
import { findUserByEmail, findUserByGoogleId, type User, updateGoogleId } from './users-store.ts'
import { firstWorkspaceOf } from './workspaces-store.ts'

/**
 * Logs in whom Google vouches for: known by Google's id, never by the address alone. Whoever is new gets an account.
 * @throws ProblemError with the reason, where this identity must not enter
 */
export async function enterWithGoogle(
  parts: AccountParts,
  identity: GoogleIdentity,
): Promise<{ readonly token: string }> {
  // Two logins of the same newcomer at once: the second one finds, at its second try, what the first one made.
  return inTransaction(parts.knex, (transaction) => enterWithin(parts, transaction, identity), isDuplicate)
}

async function enterWithin(
  parts: AccountParts,
  transaction: Knex.Transaction,
  identity: GoogleIdentity,
): Promise<{ readonly token: string }> {
  const known = await findUserByGoogleId(transaction, identity.googleId)
  if (known !== null) return enterAs(parts, transaction, known)
  if (!identity.isEmailVerified) {
    throw new ProblemError('GOOGLE_REFUSED', 'Google has not verified the e-mail address of this account')
  }
  const namesake = await findUserByEmail(transaction, identity.email)
  // Another login of the same newcomer may have committed between the two questions.
  if (namesake?.googleId === identity.googleId) return enterAs(parts, transaction, namesake)
  if (namesake !== null) return linkAndEnter(parts, transaction, namesake, identity)
  const { user, workspaceId } = await createAccount(parts, transaction, { ...identity, passwordHash: null })
  return { token: await openSession(parts, transaction, user.id, workspaceId) }
}

/**
 * An account with this address exists. It is linked only when the address is verified on this side too; otherwise
 * somebody may have registered it to wait for its owner. Its password stays, and sessions from before end.
 */
async function linkAndEnter(
  parts: AccountParts,
  transaction: Knex.Transaction,
  user: User,
  { googleId }: GoogleIdentity,
): Promise<{ readonly token: string }> {
  const nowMs = parts.world.nowMs()
  if (user.emailVerifiedAtMs === null || user.googleId !== null) {
    const message = 'An account with this e-mail address exists: log in with its password, then link Google to it'
    throw new ProblemError('GOOGLE_REFUSED', message)
  }
  await updateGoogleId(transaction, user, googleId, nowMs)
  await revokeAllSessions(transaction, user.id, nowMs)
  return enterAs(parts, transaction, user)
}

async function enterAs(parts: AccountParts, knex: Knex, user: User): Promise<{ readonly token: string }> {
  const workspaceId = await firstWorkspaceOf(knex, user.id)
  if (workspaceId === null)
    throw new ProblemError('GOOGLE_REFUSED', 'This account is a member of no workspace any more')
  return { token: await openSession(parts, knex, user.id, workspaceId) }
}

import { folded } from '../database/folded.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import type { GoogleIdentity } from './google-identity.ts'
import { findLiveSession } from './sessions-store.ts'
import { findUser, markEmailVerified, type UserWithHash, updateGoogleId } from './users-store.ts'

/** A login that asks for the link, and has to be alive still when Google answers. */
export interface LinkingSession {
  readonly sessionId: string
  readonly userId: string
}

/**
 * Asks for the password before an account gets another way in: a stolen token must not become one that lasts.
 * @throws ProblemError when it is wrong, or Google is linked already
 */
export async function confirmLinking(
  { knex, passwords }: AccountParts,
  userId: string,
  currentPassword: string,
): Promise<void> {
  const user = await requireUser(await findUser(knex, userId))
  if (user.googleId !== null) throw new ProblemError('GOOGLE_REFUSED', 'This account is linked with Google already')
  await confirmPassword(passwords, user, currentPassword)
}

/**
 * Lets a Google account enter the account that asked for it. Where both have the same address, it is verified now.
 * @throws ProblemError when the session has ended meanwhile, or the Google account belongs to another account
 */
export async function linkGoogle(
  { knex, world }: AccountParts,
  { sessionId, userId }: LinkingSession,
  { googleId, email, isEmailVerified }: GoogleIdentity,
): Promise<void> {
  const nowMs = world.nowMs()
  try {
    await inTransaction(knex, async (transaction) => {
      const session = await findLiveSession(transaction, sessionId, userId, nowMs)
      const user = session && (await findUser(transaction, userId))
      if (user === null)
        throw new ProblemError('GOOGLE_REFUSED', 'Your session has ended: please log in and link again')
      if (user.googleId !== null || !(await updateGoogleId(transaction, user, googleId, nowMs))) {
        throw new ProblemError('GOOGLE_REFUSED', 'This account is linked with Google already')
      }
      if (isEmailVerified && folded(email) === folded(user.email)) await markEmailVerified(transaction, userId, nowMs)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new ProblemError('GOOGLE_REFUSED', 'This Google account enters another account already')
  }
}

/**
 * Google opens this account no longer; its password does.
 * @throws ProblemError when the password is wrong, or there is none to enter with
 */
export async function unlinkGoogle(
  { knex, world, passwords }: AccountParts,
  userId: string,
  currentPassword: string,
): Promise<void> {
  const user = await requireUser(await findUser(knex, userId))
  await confirmPassword(passwords, user, currentPassword)
  await updateGoogleId(knex, user, null, world.nowMs())
}

async function requireUser(user: UserWithHash | null): Promise<UserWithHash> {
  if (user === null) throw new ProblemError('UNAUTHENTICATED', 'Please log in: the account is gone')
  return user
}

async function confirmPassword(
  passwords: AccountParts['passwords'],
  { passwordHash }: UserWithHash,
  currentPassword: string,
): Promise<void> {
  if (!(await passwords.matches(currentPassword, passwordHash))) {
    throw new ProblemError('WRONG_PASSWORD', 'The current password is wrong')
  }
}

import { folded } from '../database/folded.ts'
import { isDuplicate } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { findUser, type User, updateProfile } from './users-store.ts'

/** What users say about themselves. An absent company stays as it is; an empty one is taken away. */
export interface Profile {
  readonly name: string
  readonly email: string
  readonly company?: string | null
}

/** Changes the profile. Where Google vouches for the address, it cannot be changed here; for another one nobody does. */
export async function changeProfile({ knex, world }: AccountParts, userId: string, profile: Profile): Promise<User> {
  const user = await findUser(knex, userId)
  if (user === null) throw new ProblemError('UNAUTHENTICATED', 'Please log in: the account is gone')
  const email = profile.email.toLowerCase()
  const isSameAddress = folded(email) === folded(user.email)
  if (user.googleId !== null && !isSameAddress) {
    throw new ProblemError(
      'FORBIDDEN',
      'The e-mail address of an account that logs in with Google cannot be changed here',
    )
  }
  const company = profile.company === undefined ? user.company : profile.company || null
  const emailVerifiedAtMs = isSameAddress ? user.emailVerifiedAtMs : null
  const changed = { name: profile.name, email, emailVerifiedAtMs, company }
  try {
    await updateProfile(knex, userId, changed, world.nowMs())
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const message = 'Another account has this e-mail address'
    throw new ProblemError('EMAIL_TAKEN', message, [{ path: '/email', message }])
  }
  return { ...user, ...changed }
}

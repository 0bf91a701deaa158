import { ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { openSession } from './open-session.ts'
import { findUserByEmail, type User } from './users-store.ts'
import { firstWorkspaceOf } from './workspaces-store.ts'

/**
 * Logs a user in. An unknown address, a wrong password and an account without a password are told apart
 * neither by the answer nor by the time it takes.
 */
export async function logIn(
  parts: AccountParts,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<{ readonly user: User; readonly token: string }> {
  const user = await findUserByEmail(parts.knex, email)
  const isRight = await parts.passwords.matches(password, user?.passwordHash ?? null)
  const workspaceId = user === null || !isRight ? null : await firstWorkspaceOf(parts.knex, user.id)
  if (user === null || workspaceId === null) {
    throw new ProblemError('WRONG_CREDENTIALS', 'The e-mail address or the password is wrong')
  }
  return { user, token: await openSession(parts, parts.knex, user.id, workspaceId) }
}

import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { createAccount } from './create-account.ts'
import { openSession } from './open-session.ts'
import { passwordFault } from './password-fault.ts'
import type { User } from './users-store.ts'

/** What a new account needs. */
export interface Registration {
  readonly email: string
  readonly name: string
  readonly password: string
}

/** Creates a user and a workspace of their own, and logs them in. */
export async function register(
  parts: AccountParts,
  { email, name, password }: Registration,
): Promise<{ readonly user: User; readonly token: string }> {
  const fault = passwordFault(password, [name, email])
  if (fault !== null) throw invalidInput([{ path: '/password', message: fault }], 'WEAK_PASSWORD')
  const passwordHash = await parts.passwords.hash(password)
  const account = { email, name, passwordHash, avatar: null, googleId: null, isEmailVerified: false }
  try {
    return await inTransaction(parts.knex, async (transaction) => {
      const { user, workspaceId } = await createAccount(parts, transaction, account)
      return { user, token: await openSession(parts, transaction, user.id, workspaceId) }
    })
  } catch (error) {
    if (isDuplicate(error))
      throw new ProblemError('USER_EXISTS', 'User already exists', [{ path: '/email', message: 'User already exists' }])
    throw error
  }
}

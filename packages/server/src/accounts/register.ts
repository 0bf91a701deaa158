import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { openSession } from './open-session.ts'
import { passwordFault } from './passwords.ts'
import { insertUser, type User } from './users-store.ts'
import { insertMembership, insertWorkspace } from './workspaces-store.ts'

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
  const fault = passwordFault(password)
  if (fault !== null) throw invalidInput([{ path: '/password', message: fault }], 'WEAK_PASSWORD')
  const passwordHash = await parts.passwords.hash(password)
  const nowMs = parts.world.nowMs()
  const user = {
    id: parts.world.newId(),
    email: email.toLowerCase(),
    name,
    avatar: null,
    googleId: null,
    company: null,
    createdAtMs: nowMs,
  }
  try {
    return await inTransaction(parts.knex, async (transaction) => {
      const workspaceId = parts.world.newId()
      const workspace = {
        id: workspaceId,
        name,
        timeZone: parts.timeZone,
        currency: 'USD',
        consentPolicy: 'opt-out',
      } as const
      await insertUser(transaction, { ...user, passwordHash })
      await insertWorkspace(transaction, workspace, nowMs)
      await insertMembership(transaction, workspaceId, user.id, 'owner', nowMs)
      return { user, token: await openSession(parts, transaction, user.id, workspaceId) }
    })
  } catch (error) {
    if (isDuplicate(error))
      throw new ProblemError('USER_EXISTS', 'User already exists', [{ path: '/email', message: 'User already exists' }])
    throw error
  }
}

import { inTransaction } from '../database/in-transaction.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { passwordFault } from './password-fault.ts'
import { revokeOtherSessions } from './sessions-store.ts'
import { findUser, updatePasswordHash } from './users-store.ts'

/** Exchanges the password and ends every other session of the user. */
export async function changePassword(
  { knex, world, passwords }: AccountParts,
  session: { readonly sessionId: string; readonly userId: string },
  { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
): Promise<void> {
  const user = await findUser(knex, session.userId)
  if (user === null || !(await passwords.matches(currentPassword, user.passwordHash))) {
    throw new ProblemError('WRONG_PASSWORD', 'The current password is wrong')
  }
  const fault = passwordFault(newPassword, [user.name, user.email])
  if (fault !== null) throw invalidInput([{ path: '/newPassword', message: fault }], 'WEAK_PASSWORD')
  const hash = await passwords.hash(newPassword)
  await inTransaction(knex, async (transaction) => {
    await updatePasswordHash(transaction, user.id, hash, world.nowMs())
    await revokeOtherSessions(transaction, user.id, session.sessionId, world.nowMs())
  })
}

import type { AccountParts } from '../accounts/account-parts.ts'
import { openSession } from '../accounts/open-session.ts'
import { findUser } from '../accounts/users-store.ts'
import { insertMembership } from '../accounts/workspaces-store.ts'
import { folded } from '../database/folded.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { findInvite, type Invite, type InvitedRole, insertInvite, spendInvite } from './invites-store.ts'
import { hashOf, newSecretKey } from './secret-key.ts'

const lifetimeMs = 7 * 24 * 60 * 60 * 1000

/** Opens a door for one person. Its key is answered once, here, and never stored. */
export async function invite(
  { knex, world }: AccountParts,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
  { role, email }: { readonly role: InvitedRole; readonly email?: string | null },
): Promise<{ readonly invite: Invite; readonly key: string }> {
  const nowMs = world.nowMs()
  const { key, hash } = newSecretKey(world, 'inv_')
  const made: Invite = {
    id: world.newId(),
    workspaceId,
    role,
    email: folded(email ?? null),
    createdBy: userId,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + lifetimeMs,
  }
  await insertInvite(knex, made, hash)
  return { invite: made, key }
}

/** Walks a user through the door, which closes behind them, and logs them in on the other side. */
export async function acceptInvite(
  parts: AccountParts,
  userId: string,
  key: string,
): Promise<{ readonly workspaceId: string; readonly role: InvitedRole; readonly token: string }> {
  const { knex, world } = parts
  try {
    return await inTransaction(knex, async (transaction) => {
      const nowMs = world.nowMs()
      const found = await findInvite(transaction, hashOf(key), nowMs)
      const user = await findUser(transaction, userId)
      const isTheirs = found !== null && (found.email === null || found.email === folded(user?.email ?? ''))
      if (!isTheirs || !(await spendInvite(transaction, found.id, userId, nowMs))) throw noSuchInvite()
      const { workspaceId, role } = found
      await insertMembership(transaction, workspaceId, userId, role, nowMs)
      return { workspaceId, role, token: await openSession(parts, transaction, userId, workspaceId) }
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new ProblemError('ALREADY_MEMBER', 'You are a member of this workspace already')
  }
}

/** An invite that is spent, revoked, too old, somebody else's or invented: nobody learns which. */
export function noSuchInvite(): ProblemError {
  return new ProblemError(
    'INVITE_NOT_FOUND',
    'This invitation does not exist, is no longer valid, or is for somebody else',
  )
}

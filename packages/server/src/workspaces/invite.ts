import type { AccountParts } from '../accounts/account-parts.ts'
import { openSession } from '../accounts/open-session.ts'
import { findUser } from '../accounts/users-store.ts'
import { insertMembership } from '../accounts/workspaces-store.ts'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { folded } from '../database/folded.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { findInvite, type Invite, type InvitedRole, insertInvite, revokeInvite, spendInvite } from './invites-store.ts'
import { hashOf, newSecretKey } from './secret-key.ts'

const lifetimeMs = 7 * 24 * 60 * 60 * 1000

/** Opens a door for one person. Its key is answered once, here, and never stored. */
export async function invite(
  { knex, world }: AccountParts,
  workspaceId: string,
  actor: Actor,
  { role, email }: { readonly role: InvitedRole; readonly email?: string | null },
): Promise<{ readonly invite: Invite; readonly key: string }> {
  const nowMs = world.nowMs()
  const { key, hash } = newSecretKey(world, 'inv_')
  const made: Invite = {
    id: world.newId(),
    workspaceId,
    role,
    email: folded(email ?? null),
    createdBy: actor.userId,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + lifetimeMs,
  }
  await inTransaction(knex, async (transaction) => {
    await insertInvite(transaction, made, hash)
    const details = { role, isForOneAddress: made.email !== null }
    await appendAudit(transaction, { workspaceId, actor, action: 'invite.made', subjectId: made.id, details }, nowMs)
  })
  return { invite: made, key }
}

/**
 * Closes a door that nobody has used.
 * @throws ProblemError when there is none
 */
export async function revoke(
  { knex, world }: AccountParts,
  workspaceId: string,
  actor: Actor,
  id: string,
): Promise<void> {
  const nowMs = world.nowMs()
  await inTransaction(knex, async (transaction) => {
    if (!(await revokeInvite(transaction, workspaceId, id, nowMs))) throw noSuchInvite()
    const deed = { workspaceId, actor, action: 'invite.revoked', subjectId: id, details: {} } as const
    await appendAudit(transaction, deed, nowMs)
  })
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
      const token = await openSession(parts, transaction, userId, workspaceId)
      const actor = { userId, machineId: null }
      const details = { role, inviteId: found.id }
      await appendAudit(transaction, { workspaceId, actor, action: 'member.joined', subjectId: userId, details }, nowMs)
      return { workspaceId, role, token }
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new ProblemError('ALREADY_MEMBER', 'You are a member of this workspace already')
  }
}

/** An invite that is spent, revoked, too old, somebody else's or invented: nobody learns which. */
function noSuchInvite(): ProblemError {
  return new ProblemError(
    'INVITE_NOT_FOUND',
    'This invitation does not exist, is no longer valid, or is for somebody else',
  )
}

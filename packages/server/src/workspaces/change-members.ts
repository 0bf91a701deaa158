import type { Knex } from 'knex'
import type { AccountParts } from '../accounts/account-parts.ts'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { deleteMembership, lockRoles, type MemberRole, updateRole } from './members-store.ts'

/** Gives a member another role. It counts from the member's next request. */
export async function changeRole(
  parts: AccountParts,
  workspaceId: string,
  userId: string,
  role: MemberRole,
  actor: Actor,
): Promise<void> {
  await changing(parts, workspaceId, userId, role, async (transaction, before) => {
    await updateRole(transaction, workspaceId, userId, role)
    const details = { before, after: role }
    const deed = { workspaceId, actor, action: 'member.role-changed', subjectId: userId, details } as const
    await appendAudit(transaction, deed, parts.world.nowMs())
  })
}

/** Shows a member out. Their sessions in this workspace end with it. */
export async function removeMember(
  parts: AccountParts,
  workspaceId: string,
  userId: string,
  actor: Actor,
): Promise<void> {
  await changing(parts, workspaceId, userId, null, async (transaction, before) => {
    await deleteMembership(transaction, workspaceId, userId)
    const deed = { workspaceId, actor, action: 'member.removed', subjectId: userId, details: { before } } as const
    await appendAudit(transaction, deed, parts.world.nowMs())
  })
}

/** A workspace without an owner could never be changed again. */
async function changing(
  { knex }: AccountParts,
  workspaceId: string,
  userId: string,
  role: MemberRole | null,
  change: (transaction: Knex.Transaction, before: MemberRole) => Promise<void>,
): Promise<void> {
  await inTransaction(knex, async (transaction) => {
    const roles = await lockRoles(transaction, workspaceId)
    const before = roles.get(userId)
    if (before === undefined) throw new ProblemError('MEMBER_NOT_FOUND', 'There is no such member')
    const owners = [...roles].filter(([, each]) => each === 'owner').map(([owner]) => owner)
    if (role !== 'owner' && owners.length === 1 && owners[0] === userId) {
      throw new ProblemError('LAST_OWNER', 'A workspace needs an owner: make somebody else one first')
    }
    await change(transaction, before)
  })
}

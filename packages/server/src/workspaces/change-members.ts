import type { Knex } from 'knex'
import type { AccountParts } from '../accounts/account-parts.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { deleteMembership, lockRoles, type MemberRole, updateRole } from './members-store.ts'

/** Gives a member another role. It counts from the member's next request. */
export async function changeRole(
  { knex }: AccountParts,
  workspaceId: string,
  userId: string,
  role: MemberRole,
): Promise<void> {
  await changing(knex, workspaceId, userId, role, (transaction) => updateRole(transaction, workspaceId, userId, role))
}

/** Shows a member out. Their sessions in this workspace end with it. */
export async function removeMember({ knex }: AccountParts, workspaceId: string, userId: string): Promise<void> {
  await changing(knex, workspaceId, userId, null, (transaction) => deleteMembership(transaction, workspaceId, userId))
}

/** A workspace without an owner could never be changed again. */
async function changing(
  knex: Knex,
  workspaceId: string,
  userId: string,
  role: MemberRole | null,
  change: (transaction: Knex.Transaction) => Promise<void>,
): Promise<void> {
  await inTransaction(knex, async (transaction) => {
    const roles = await lockRoles(transaction, workspaceId)
    if (!roles.has(userId)) throw new ProblemError('MEMBER_NOT_FOUND', 'There is no such member')
    const owners = [...roles].filter(([, each]) => each === 'owner').map(([owner]) => owner)
    if (role !== 'owner' && owners.length === 1 && owners[0] === userId) {
      throw new ProblemError('LAST_OWNER', 'A workspace needs an owner: make somebody else one first')
    }
    await change(transaction)
  })
}

import type { Knex } from 'knex'

/** What a member may do; each role includes those after it. */
export type MemberRole = 'owner' | 'marketer' | 'viewer'

/** Somebody who works in a workspace. */
export interface Member {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: MemberRole
  readonly sinceMs: number
}

/** A workspace as its member sees it from outside. */
export interface OwnWorkspace {
  readonly id: string
  readonly name: string
  readonly role: MemberRole
}

interface MemberRow {
  readonly user_id: string
  readonly name: string | null
  readonly email: string
  readonly role: MemberRole
  readonly created_at_ms: number
}

/** Those who came first, first. */
export async function listMembers(knex: Knex, workspaceId: string): Promise<readonly Member[]> {
  const rows: readonly MemberRow[] = await knex('memberships as m')
    .join('users as u', 'u.id', 'm.user_id')
    .where({ 'm.workspace_id': workspaceId })
    .orderBy([{ column: 'm.created_at_ms' }, { column: 'm.user_id' }])
    .select('m.user_id', 'm.role', 'm.created_at_ms', 'u.name', 'u.email')
  return rows.map(({ user_id, name, email, role, created_at_ms }) => ({
    userId: user_id,
    name: name ?? '',
    email,
    role,
    sinceMs: Number(created_at_ms),
  }))
}

/** The workspaces of a user, the first one first. */
export async function listWorkspacesOf(knex: Knex, userId: string): Promise<readonly OwnWorkspace[]> {
  return knex('memberships as m')
    .join('workspaces as w', 'w.id', 'm.workspace_id')
    .where({ 'm.user_id': userId })
    .orderBy([{ column: 'm.created_at_ms' }, { column: 'w.id' }])
    .select('w.id', 'w.name', 'm.role')
}

/** The members' roles, held until the transaction ends: whoever changes one has to see the others. */
export async function lockRoles(
  transaction: Knex.Transaction,
  workspaceId: string,
): Promise<ReadonlyMap<string, MemberRole>> {
  const rows: readonly { user_id: string; role: MemberRole }[] = await transaction('memberships')
    .where({ workspace_id: workspaceId })
    .orderBy('user_id')
    .forUpdate()
    .select('user_id', 'role')
  return new Map(rows.map(({ user_id, role }) => [user_id, role]))
}

export async function updateRole(knex: Knex, workspaceId: string, userId: string, role: MemberRole): Promise<void> {
  await knex('memberships').where({ workspace_id: workspaceId, user_id: userId }).update({ role })
}

export async function deleteMembership(knex: Knex, workspaceId: string, userId: string): Promise<void> {
  await knex('memberships').where({ workspace_id: workspaceId, user_id: userId }).delete()
}

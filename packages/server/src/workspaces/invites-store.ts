import type { Knex } from 'knex'

/** What an invited person may do. */
export type InvitedRole = 'owner' | 'marketer' | 'viewer'

/** An open door into a workspace, for one person, for some days. */
export interface Invite {
  readonly id: string
  readonly workspaceId: string
  readonly role: InvitedRole
  /** Folded; null: whoever has the link. */
  readonly email: string | null
  readonly createdBy: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

interface InviteRow {
  readonly id: string
  readonly workspace_id: string
  readonly role: InvitedRole
  readonly email_folded: string | null
  readonly created_by: string
  readonly created_at_ms: number
  readonly expires_at_ms: number
}

export async function insertInvite(knex: Knex, invite: Invite, secretHash: string): Promise<void> {
  await knex('invites').insert({
    id: invite.id,
    workspace_id: invite.workspaceId,
    secret_hash: secretHash,
    role: invite.role,
    email_folded: invite.email,
    created_by: invite.createdBy,
    created_at_ms: invite.createdAtMs,
    expires_at_ms: invite.expiresAtMs,
  })
}

/** Invites that can still be accepted, newest first. */
export async function listInvites(knex: Knex, workspaceId: string, nowMs: number): Promise<readonly Invite[]> {
  const rows: readonly InviteRow[] = await open(knex, nowMs)
    .where({ workspace_id: workspaceId })
    .orderBy([
      { column: 'created_at_ms', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(500)
  return rows.map(inviteOf)
}

export async function findInvite(knex: Knex, secretHash: string, nowMs: number): Promise<Invite | null> {
  const row: InviteRow | undefined = await open(knex, nowMs).where({ secret_hash: secretHash }).first()
  return row === undefined ? null : inviteOf(row)
}

/** True for one caller only: the invite is spent then. */
export async function spendInvite(knex: Knex, inviteId: string, userId: string, nowMs: number): Promise<boolean> {
  const spent = await open(knex, nowMs).where({ id: inviteId }).update({ accepted_by: userId, accepted_at_ms: nowMs })
  return spent === 1
}

export async function revokeInvite(knex: Knex, workspaceId: string, inviteId: string, nowMs: number): Promise<boolean> {
  const revoked = await open(knex, nowMs)
    .where({ workspace_id: workspaceId, id: inviteId })
    .update({ revoked_at_ms: nowMs })
  return revoked === 1
}

function open(knex: Knex, nowMs: number): Knex.QueryBuilder {
  return knex('invites').where({ accepted_at_ms: null, revoked_at_ms: null }).where('expires_at_ms', '>', nowMs)
}

function inviteOf(row: InviteRow): Invite {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    role: row.role,
    email: row.email_folded,
    createdBy: row.created_by,
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
  }
}

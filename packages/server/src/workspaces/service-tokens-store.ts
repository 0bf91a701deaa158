import type { Knex } from 'knex'

/** What a machine may do; never what an owner may. */
export type ServiceRole = 'marketer' | 'viewer'

/** A machine's way into a workspace. */
export interface ServiceToken {
  readonly id: string
  readonly workspaceId: string
  readonly name: string
  readonly role: ServiceRole
  readonly createdBy: string
  readonly createdAtMs: number
  /** Null: until it is revoked. */
  readonly expiresAtMs: number | null
  /** To the minute. */
  readonly lastUsedAtMs: number | null
}

interface TokenRow {
  readonly id: string
  readonly workspace_id: string
  readonly name: string
  readonly role: ServiceRole
  readonly created_by: string
  readonly created_at_ms: number
  readonly expires_at_ms: number | null
  readonly last_used_at_ms: number | null
}

export async function insertServiceToken(
  knex: Knex,
  token: Omit<ServiceToken, 'lastUsedAtMs'>,
  secretHash: string,
): Promise<void> {
  await knex('service_tokens').insert({
    id: token.id,
    workspace_id: token.workspaceId,
    secret_hash: secretHash,
    name: token.name,
    role: token.role,
    created_by: token.createdBy,
    created_at_ms: token.createdAtMs,
    expires_at_ms: token.expiresAtMs,
  })
}

/** Those that have not been revoked, newest first. */
export async function listServiceTokens(knex: Knex, workspaceId: string): Promise<readonly ServiceToken[]> {
  const rows: readonly TokenRow[] = await knex('service_tokens')
    .where({ workspace_id: workspaceId, revoked_at_ms: null })
    .orderBy([
      { column: 'created_at_ms', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(500)
  return rows.map(tokenOf)
}

export async function findServiceToken(knex: Knex, secretHash: string, nowMs: number): Promise<ServiceToken | null> {
  const row: TokenRow | undefined = await knex('service_tokens')
    .where({ secret_hash: secretHash, revoked_at_ms: null })
    .where((live) => live.whereNull('expires_at_ms').orWhere('expires_at_ms', '>', nowMs))
    .first()
  return row === undefined ? null : tokenOf(row)
}

export async function touchServiceToken(knex: Knex, tokenId: string, nowMs: number): Promise<void> {
  await knex('service_tokens').where({ id: tokenId }).update({ last_used_at_ms: nowMs })
}

export async function revokeServiceToken(
  knex: Knex,
  workspaceId: string,
  tokenId: string,
  nowMs: number,
): Promise<boolean> {
  const revoked = await knex('service_tokens')
    .where({ workspace_id: workspaceId, id: tokenId, revoked_at_ms: null })
    .update({ revoked_at_ms: nowMs })
  return revoked === 1
}

function tokenOf(row: TokenRow): ServiceToken {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    name: row.name,
    role: row.role,
    createdBy: row.created_by,
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
    lastUsedAtMs: row.last_used_at_ms === null ? null : Number(row.last_used_at_ms),
  }
}

import type { Knex } from 'knex'

/** A login that has not been ended: who, and in which workspace with which role. */
export interface LiveSession {
  readonly sessionId: string
  readonly userId: string
  readonly workspaceId: string
  readonly role: 'owner' | 'marketer' | 'viewer'
  readonly createdAtMs: number
  /** To some minutes; where it has not been used since it began, its beginning. */
  readonly lastUsedAtMs: number
}

interface SessionRow {
  readonly id: string
  readonly user_id: string
  readonly workspace_id: string
  readonly role: LiveSession['role']
  readonly created_at_ms: number
  readonly last_used_at_ms: number | null
}

export async function insertSession(
  knex: Knex,
  session: { readonly id: string; readonly userId: string; readonly workspaceId: string },
  nowMs: number,
  expiresAtMs: number,
): Promise<void> {
  await knex('sessions').insert({
    id: session.id,
    user_id: session.userId,
    workspace_id: session.workspaceId,
    created_at_ms: nowMs,
    expires_at_ms: expiresAtMs,
    revoked_at_ms: null,
  })
}

/** The session, unless it has been revoked, has run out, or its user is no longer a member. */
export async function findLiveSession(
  knex: Knex,
  sessionId: string,
  userId: string,
  nowMs: number,
): Promise<LiveSession | null> {
  const row: SessionRow | undefined = await knex('sessions as s')
    .join('memberships as m', (join) => join.on('m.user_id', 's.user_id').on('m.workspace_id', 's.workspace_id'))
    .where({ 's.id': sessionId, 's.user_id': userId, 's.revoked_at_ms': null })
    .where('s.expires_at_ms', '>', nowMs)
    .first('s.id', 's.user_id', 's.workspace_id', 's.created_at_ms', 's.last_used_at_ms', 'm.role')
  if (row === undefined) return null
  const createdAtMs = Number(row.created_at_ms)
  return {
    sessionId: row.id,
    userId: row.user_id,
    workspaceId: row.workspace_id,
    role: row.role,
    createdAtMs,
    lastUsedAtMs: row.last_used_at_ms === null ? createdAtMs : Number(row.last_used_at_ms),
  }
}

export async function extendSession(knex: Knex, sessionId: string, expiresAtMs: number): Promise<void> {
  await knex('sessions').where({ id: sessionId }).update({ expires_at_ms: expiresAtMs })
}

export async function touchSession(knex: Knex, sessionId: string, nowMs: number): Promise<void> {
  await knex('sessions').where({ id: sessionId }).update({ last_used_at_ms: nowMs })
}

export async function revokeSession(knex: Knex, sessionId: string, nowMs: number): Promise<void> {
  await knex('sessions').where({ id: sessionId, revoked_at_ms: null }).update({ revoked_at_ms: nowMs })
}

/** Takes away a user's sessions that ran out before an instant, revoked or not. */
export async function deleteSessionsEndedBefore(knex: Knex, userId: string, beforeMs: number): Promise<void> {
  await knex('sessions').where({ user_id: userId }).where('expires_at_ms', '<', beforeMs).delete()
}

/** Ends every session of a user, in every workspace. */
export async function revokeAllSessions(knex: Knex, userId: string, nowMs: number): Promise<void> {
  await knex('sessions').where({ user_id: userId, revoked_at_ms: null }).update({ revoked_at_ms: nowMs })
}

/** Ends every session of a user but the given one. */
export async function revokeOtherSessions(knex: Knex, userId: string, keptId: string, nowMs: number): Promise<void> {
  await knex('sessions')
    .where({ user_id: userId, revoked_at_ms: null })
    .whereNot({ id: keptId })
    .update({ revoked_at_ms: nowMs })
}

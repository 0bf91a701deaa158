import type { Knex } from 'knex'

/** The room in which customers, orders, segments and campaigns belong to each other and to nobody else. */
export interface Workspace {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly currency: string
  readonly consentPolicy: 'opt-out' | 'opt-in'
}

export async function insertWorkspace(knex: Knex, workspace: Workspace, nowMs: number): Promise<void> {
  await knex('workspaces').insert({
    id: workspace.id,
    name: workspace.name,
    time_zone: workspace.timeZone,
    currency: workspace.currency,
    consent_policy: workspace.consentPolicy,
    created_at_ms: nowMs,
  })
}

export async function insertMembership(
  knex: Knex,
  workspaceId: string,
  userId: string,
  role: 'owner' | 'marketer' | 'viewer',
  nowMs: number,
): Promise<void> {
  await knex('memberships').insert({ workspace_id: workspaceId, user_id: userId, role, created_at_ms: nowMs })
}

/** The workspace that a user has been a member of for the longest time: where a login leads. */
export async function firstWorkspaceOf(knex: Knex, userId: string): Promise<string | null> {
  const row: { workspace_id: string } | undefined = await knex('memberships')
    .where({ user_id: userId })
    .orderBy([{ column: 'created_at_ms' }, { column: 'workspace_id' }])
    .first('workspace_id')
  return row?.workspace_id ?? null
}

/** @throws a plain error when there is none: whoever asks has it from a session */
export async function requireWorkspace(knex: Knex, id: string): Promise<Workspace> {
  const row: WorkspaceRow | undefined = await knex('workspaces').where({ id }).first()
  if (row === undefined) throw new Error('A session names a workspace that is not there')
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    currency: row.currency,
    consentPolicy: row.consent_policy,
  }
}

export async function updateWorkspace(knex: Knex, workspace: Workspace): Promise<void> {
  await knex('workspaces').where({ id: workspace.id }).update({
    name: workspace.name,
    time_zone: workspace.timeZone,
    currency: workspace.currency,
    consent_policy: workspace.consentPolicy,
  })
}

interface WorkspaceRow {
  readonly id: string
  readonly name: string
  readonly time_zone: string
  readonly currency: string
  readonly consent_policy: Workspace['consentPolicy']
}

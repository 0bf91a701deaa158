import type { Knex } from 'knex'

/** The room in which customers, orders, segments and campaigns belong to each other and to nobody else. */
export interface Workspace {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly currency: string
  readonly consentPolicy: 'opt-out' | 'opt-in'
  /** The most messages that one customer gets within so many days, over all campaigns; null: as many as are sent. */
  readonly frequencyCap: { readonly messages: number; readonly days: number } | null
  /** `HH:MM` on the workspace's clock, through midnight when `from` is the later one; null: there are none. */
  readonly quietHours: { readonly from: string; readonly until: string } | null
}

/** A new workspace has neither a cap nor quiet hours. */
export async function insertWorkspace(
  knex: Knex,
  workspace: Omit<Workspace, 'frequencyCap' | 'quietHours'>,
  nowMs: number,
): Promise<void> {
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
    frequencyCap:
      row.cap_messages === null || row.cap_days === null ? null : { messages: row.cap_messages, days: row.cap_days },
    quietHours:
      row.quiet_from === null || row.quiet_until === null ? null : { from: row.quiet_from, until: row.quiet_until },
  }
}

export async function updateWorkspace(knex: Knex, workspace: Workspace): Promise<void> {
  await knex('workspaces')
    .where({ id: workspace.id })
    .update({
      name: workspace.name,
      time_zone: workspace.timeZone,
      currency: workspace.currency,
      consent_policy: workspace.consentPolicy,
      cap_messages: workspace.frequencyCap?.messages ?? null,
      cap_days: workspace.frequencyCap?.days ?? null,
      quiet_from: workspace.quietHours?.from ?? null,
      quiet_until: workspace.quietHours?.until ?? null,
    })
}

interface WorkspaceRow {
  readonly id: string
  readonly name: string
  readonly time_zone: string
  readonly currency: string
  readonly consent_policy: Workspace['consentPolicy']
  readonly cap_messages: number | null
  readonly cap_days: number | null
  readonly quiet_from: string | null
  readonly quiet_until: string | null
}

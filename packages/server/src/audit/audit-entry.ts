import { createHash } from 'node:crypto'

/** Who did it: a person, or a machine on behalf of the person who made its key. */
export interface Actor {
  readonly userId: string
  readonly machineId: string | null
}

/** What the log knows. */
export type AuditedAction =
  | 'campaign.launched'
  | 'campaign.paused'
  | 'campaign.resumed'
  | 'campaign.cancelled'
  | 'campaign.retried'
  | 'campaign.rescheduled'
  | 'suppression.added'
  | 'suppression.removed'
  | 'people.exported'
  | 'webhook.made'
  | 'webhook.changed'
  | 'webhook.deleted'
  | 'workspace.changed'
  | 'member.joined'
  | 'member.role-changed'
  | 'member.removed'
  | 'invite.made'
  | 'invite.revoked'
  | 'service-token.made'
  | 'service-token.revoked'

/** Something that was done in a workspace. Details are ids, counts and roles: the log outlives people's data. */
export interface Deed {
  readonly workspaceId: string
  readonly actor: Actor
  readonly action: AuditedAction
  /** What it was done to. */
  readonly subjectId: string
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** A deed in the log. */
export interface AuditEntry {
  /** From 1, without gaps. */
  readonly number: number
  readonly atMs: number
  readonly actorId: string
  readonly machineId: string | null
  readonly action: string
  readonly subjectId: string
  /** As JSON, exactly as it was hashed. */
  readonly details: string
  readonly hash: string
}

/** Before the first entry. */
export const noHash = '0'.repeat(64)

/** Each entry's hash covers the one before it: whoever changes or takes away an entry has to change all that follow. */
export function chainedHash(workspaceId: string, entry: Omit<AuditEntry, 'hash'>, previousHash: string): string {
  const { number, atMs, actorId, machineId, action, subjectId, details } = entry
  const covered = [workspaceId, number, atMs, actorId, machineId, action, subjectId, details, previousHash]
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex')
}

/** Who stands behind a request. */
export function actorOf(session: {
  readonly userId: string
  readonly sessionId: string
  readonly isMachine: boolean
}): Actor {
  return { userId: session.userId, machineId: session.isMachine ? session.sessionId : null }
}

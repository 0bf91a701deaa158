import type { Knex } from 'knex'
import { isDuplicate } from '../database/in-transaction.ts'
import { type AuditEntry, chainedHash, type Deed, noHash } from './audit-entry.ts'

/** The end of a workspace's chain. */
export interface AuditHead {
  readonly entries: number
  readonly hash: string
}

/**
 * Writes a deed down, in the transaction that does it: both happen or neither. Call it last, because it holds the
 * workspace's log until the transaction ends. There is no way to change or take back an entry.
 */
export async function appendAudit(transaction: Knex.Transaction, deed: Deed, nowMs: number): Promise<void> {
  const { workspaceId, actor, action, subjectId } = deed
  const { entries: number, hash: previousHash } = await moveHead(transaction, workspaceId)
  const details = JSON.stringify(deed.details)
  const entry = { number, atMs: nowMs, actorId: actor.userId, machineId: actor.machineId, action, subjectId, details }
  const hash = chainedHash(workspaceId, entry, previousHash)
  await transaction('audit_entries').insert({
    workspace_id: workspaceId,
    number,
    at_ms: entry.atMs,
    actor_id: entry.actorId,
    machine_id: entry.machineId,
    action,
    subject_id: subjectId,
    details,
    hash,
  })
  await transaction('audit_heads').where({ workspace_id: workspaceId }).update({ hash })
}

/**
 * Counts one more entry and holds the head: the number of the new entry, and the hash before it. Writing comes
 * first, because two who had read first would wait for each other.
 */
async function moveHead(transaction: Knex.Transaction, workspaceId: string): Promise<AuditHead> {
  const count = () =>
    transaction('audit_heads')
      .where({ workspace_id: workspaceId })
      .update({ entries: transaction.raw('entries + 1') })
  if ((await count()) === 0) {
    try {
      await transaction('audit_heads').insert({ workspace_id: workspaceId, entries: 1, hash: noHash })
    } catch (error) {
      if (!isDuplicate(error)) throw error
      await count()
    }
  }
  return readHead(transaction, workspaceId)
}

/** Where the chain ends now. */
export async function readHead(knex: Knex, workspaceId: string): Promise<AuditHead> {
  const row: AuditHead | undefined = await knex('audit_heads')
    .where({ workspace_id: workspaceId })
    .first('entries', 'hash')
  return row === undefined ? { entries: 0, hash: noHash } : { entries: Number(row.entries), hash: row.hash }
}

/** An entry, and the name of whoever did it, as it is today. */
export interface NamedEntry extends AuditEntry {
  readonly actorName: string
}

/** A page of the log, the latest entry first. */
export async function listAudit(
  knex: Knex,
  workspaceId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly NamedEntry[]> {
  const rows: readonly (EntryRow & { readonly name: string | null })[] = await knex('audit_entries as a')
    .leftJoin('users as u', 'u.id', 'a.actor_id')
    .where({ 'a.workspace_id': workspaceId })
    .orderBy('a.number', 'desc')
    .limit(limit)
    .offset(offset)
    .select('a.*', 'u.name')
  return rows.map((row) => ({ ...entryOf(row), actorName: row.name ?? '' }))
}

/** The entries behind a number, in the order in which they were written. */
export async function entriesAfter(
  knex: Knex,
  workspaceId: string,
  number: number,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const rows: readonly EntryRow[] = await knex('audit_entries')
    .where({ workspace_id: workspaceId })
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
  return rows.map(entryOf)
}

interface EntryRow {
  readonly number: number
  readonly at_ms: number
  readonly actor_id: string
  readonly machine_id: string | null
  readonly action: string
  readonly subject_id: string
  readonly details: string
  readonly hash: string
}

function entryOf(row: EntryRow): AuditEntry {
  return {
    number: Number(row.number),
    atMs: Number(row.at_ms),
    actorId: row.actor_id,
    machineId: row.machine_id,
    action: row.action,
    subjectId: row.subject_id,
    details: row.details,
    hash: row.hash,
  }
}

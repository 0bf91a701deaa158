import { createHash } from 'node:crypto'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/connect.ts'
import { folded } from '../database/folded.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { type Fault, ProblemError } from '../problems/problem-error.ts'
import type { World } from '../world/world.ts'
import { graveReasons } from './suppress-addresses.ts'
import { deleteSuppression, lockSuppression, suppressWithin } from './suppression-store.ts'

/** What the actions on suppressions work with. */
export interface SuppressionParts {
  readonly database: Database
  readonly world: Pick<World, 'nowMs'>
}

/** Whose list it is, and who changes it. */
export interface Editor {
  readonly workspaceId: string
  readonly actor: Actor
  readonly role: 'viewer' | 'marketer' | 'owner'
}

/** A row of a list: an address, or what is wrong with it. */
export type GivenAddress =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** What became of one row. `unchanged`: it was suppressed before, or comes twice in the list. */
export type AddedAddress =
  | { readonly row: number; readonly status: 'added' | 'unchanged' }
  | { readonly row: number; readonly status: 'rejected'; readonly reasons: readonly Fault[] }

/** Adds addresses to the list, each row for itself. From then on nobody in the workspace writes to them. */
export async function addSuppressions(
  { database, world }: SuppressionParts,
  { workspaceId, actor }: Editor,
  reason: 'operator' | 'import',
  rows: readonly GivenAddress[],
): Promise<readonly AddedAddress[]> {
  const addresses = [...new Set(rows.flatMap((row) => (row.ok ? [foldedAddress(row.address)] : [])))]
  if (addresses.length === 0) return reportOf(rows, new Set())
  return inTransaction(database.knex, async (transaction) => {
    const nowMs = world.nowMs()
    const order = { workspaceId, userId: actor.userId, reason }
    const known = await suppressWithin(transaction, database, order, addresses, nowMs)
    const details = { reason, added: addresses.length - known.size, given: rows.length }
    const subjectId = addresses.length === 1 ? subjectOf(workspaceId, addresses[0] ?? '') : 'a list'
    await appendAudit(transaction, { workspaceId, actor, action: 'suppression.added', subjectId, details }, nowMs)
    return reportOf(rows, known)
  })
}

/**
 * Takes an address off the list. What the person themselves said stays: a refusal of consent is not touched by it.
 * @throws ProblemError when it is not on the list, or is there for a reason that only an owner may overrule
 */
export async function removeSuppression(
  { database, world }: SuppressionParts,
  { workspaceId, actor, role }: Editor,
  address: string,
): Promise<void> {
  const unwanted = foldedAddress(address)
  await inTransaction(database.knex, async (transaction) => {
    const reason = await lockSuppression(transaction, database, workspaceId, unwanted)
    if (reason === null) throw new ProblemError('SUPPRESSION_NOT_FOUND', 'This address is not suppressed')
    if (graveReasons.includes(reason) && role !== 'owner') {
      throw new ProblemError('FORBIDDEN', `Only an owner may write again to an address after a ${sayReason(reason)}`)
    }
    await deleteSuppression(transaction, workspaceId, unwanted)
    const subjectId = subjectOf(workspaceId, unwanted)
    const deed = { workspaceId, actor, action: 'suppression.removed', subjectId, details: { reason } } as const
    await appendAudit(transaction, deed, world.nowMs())
  })
}

function reportOf(rows: readonly GivenAddress[], known: ReadonlySet<string>): readonly AddedAddress[] {
  const seen = new Set(known)
  return rows.map((given, row): AddedAddress => {
    if (!given.ok) return { row, status: 'rejected', reasons: given.faults }
    const address = foldedAddress(given.address)
    const isNew = !seen.has(address)
    seen.add(address)
    return { row, status: isNew ? 'added' : 'unchanged' }
  })
}

function sayReason(reason: string): string {
  return reason.replace('_', ' ')
}

/** As the snapshot of a run writes addresses down. */
function foldedAddress(address: string): string {
  return folded(address.trim())
}

/** The log outlives people's data, so it names an address in a way in which it can be checked and not be read. */
function subjectOf(workspaceId: string, address: string): string {
  return createHash('sha256').update(`${workspaceId} ${address}`).digest('hex').slice(0, 32)
}

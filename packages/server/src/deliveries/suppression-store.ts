import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { folded } from '../database/folded.ts'
import { byChunks } from '../database/insert-rows.ts'
import { type SuppressionReason, suppressAddresses } from './suppress-addresses.ts'

/** An address that nobody in the workspace writes to. */
export interface Suppression {
  readonly address: string
  readonly reason: SuppressionReason
  readonly createdAtMs: number
  /** Null where the vendor or the person said it. */
  readonly createdBy: { readonly id: string; readonly name: string } | null
}

/** Which suppressions a list shows, by when they were added. */
export interface SuppressionQuery {
  readonly search: string | null
  readonly reason: SuppressionReason | null
  readonly descending: boolean
  readonly limit: number
  readonly offset: number
}

/** Who says that these addresses must not be written to, and why. */
export interface Order {
  readonly workspaceId: string
  readonly userId: string | null
  readonly reason: SuppressionReason
}

/**
 * From the commit of this transaction on, nobody in this workspace writes to these addresses; answers those that were
 * suppressed before. They are folded, as `folded()` makes them. Their customers are locked, so that an intent to write
 * to one of them comes wholly before or wholly after.
 */
export async function suppressWithin(
  transaction: Knex.Transaction,
  { dialect }: Pick<Database, 'dialect'>,
  { workspaceId, userId, reason }: Order,
  addresses: readonly string[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  await byChunks(addresses, async (chunk) => {
    const customers = transaction('customers')
      .where({ workspace_id: workspaceId })
      .whereIn('email_folded', [...chunk])
      .orderBy('id')
      .select('id')
    await (dialect === 'sqlite' ? customers : customers.forUpdate())
    return []
  })
  const known = await byChunks<string, { address: string }>(addresses, (chunk) =>
    transaction('suppressions')
      .where({ workspace_id: workspaceId })
      .whereIn('address', [...chunk])
      .select('address'),
  )
  const unwanted = addresses.map((address) => ({ workspaceId, address }))
  await suppressAddresses(transaction, unwanted, reason, nowMs, userId)
  return new Set(known.map(({ address }) => address))
}

/** Why this address is suppressed, held until the transaction ends; null when it is not. */
export async function lockSuppression(
  transaction: Knex.Transaction,
  { dialect }: Pick<Database, 'dialect'>,
  workspaceId: string,
  address: string,
): Promise<SuppressionReason | null> {
  const found = transaction('suppressions').where({ workspace_id: workspaceId, address }).first('reason')
  const row: { reason: SuppressionReason } | undefined = await (dialect === 'sqlite' ? found : found.forUpdate())
  return row?.reason ?? null
}

export async function deleteSuppression(knex: Knex, workspaceId: string, address: string): Promise<void> {
  await knex('suppressions').where({ workspace_id: workspaceId, address }).delete()
}

/** One page, and how many there are in all. */
export async function listSuppressions(
  knex: Knex,
  workspaceId: string,
  { search, reason, descending, limit, offset }: SuppressionQuery,
): Promise<{ readonly suppressions: readonly Suppression[]; readonly total: number }> {
  const chosen = () => {
    const rows = knex('suppressions as s').where('s.workspace_id', workspaceId)
    if (reason !== null) rows.andWhere('s.reason', reason)
    if (search !== null) rows.andWhereRaw('instr(s.address, ?) > 0', [folded(search)])
    return rows
  }
  const [counted] = await chosen().count<{ total: number | string }[]>({ total: '*' })
  const rows: readonly SuppressionRow[] = await chosen()
    .leftJoin('users as u', 'u.id', 's.created_by')
    .orderBy([{ column: 's.created_at_ms', order: descending ? 'desc' : 'asc' }, { column: 's.address' }])
    .limit(limit)
    .offset(offset)
    .select('s.address', 's.reason', 's.created_at_ms', 's.created_by', 'u.name')
  return { suppressions: rows.map(suppressionOf), total: Number(counted?.total ?? 0) }
}

interface SuppressionRow {
  readonly address: string
  readonly reason: SuppressionReason
  readonly created_at_ms: number
  readonly created_by: string | null
  readonly name: string | null
}

function suppressionOf({ address, reason, created_at_ms, created_by, name }: SuppressionRow): Suppression {
  const createdBy = created_by === null ? null : { id: created_by, name: name ?? '' }
  return { address, reason, createdAtMs: Number(created_at_ms), createdBy }
}

import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { controlVariant } from './shares.ts'

/** Whom a run is for. */
export interface SnapshotOrder {
  readonly runId: string
  readonly workspaceId: string
  readonly campaignId: string
  /** Selects exactly two columns, `customer_id` and `address`, or three where people are divided: `variant` too. */
  readonly audience: Knex.QueryBuilder
  readonly isDivided: boolean
  readonly nowMs: number
}

/** Who was written down. Both together are everybody that the audience selected. */
export interface Snapshot {
  readonly audience: number
  /** People who share an address with another one: one message is sent, and they are counted here. */
  readonly deduplicated: number
}

/**
 * Writes one message for each person of the audience, in one statement that never passes through this process.
 * Nobody is skipped silently: an address that comes again is counted on the message that it shares, which is that of
 * the lowest id, a person without an address gets a message that says so, and so does whoever is left out on purpose.
 * Messages are due at 0, at once by any clock: due times are the database's, and this process may be ahead of it.
 */
export async function takeSnapshot(
  transaction: Knex.Transaction,
  { dialect }: Pick<Database, 'dialect'>,
  order: SnapshotOrder,
): Promise<Snapshot> {
  const { sql, bindings } = order.audience.toSQL().toNative()
  const again =
    dialect === 'sqlite'
      ? 'on conflict do update set duplicates = messages.duplicates + 1'
      : 'on duplicate key update duplicates = messages.duplicates + 1'
  const id = dialect === 'sqlite' ? `? || '.' || a.customer_id || '.1'` : `concat(?, '.', a.customer_id, '.1')`
  const { runId, workspaceId, campaignId, nowMs } = order
  const variant = order.isDivided ? 'b.variant' : 'null'
  const isControl = order.isDivided ? `a.variant = '${controlVariant}'` : '1 = 0'
  const answer: unknown = await transaction.raw(
    `insert into messages (
      id, workspace_id, run_id, campaign_id, customer_id, address, variant, generation, duplicates,
      dispatch, delivery, token, due_at_ms, attempts, failure_code,
      has_positive, has_negative, has_late_proof, failed_at_ms, created_at_ms, updated_at_ms)
    select ${id}, ?, ?, ?, a.customer_id, a.address, a.variant, 1, 0,
      case when a.address is null or ${isControl} then 'SUPPRESSED' else 'PENDING' end, 'none', 0,
      case when a.address is null or ${isControl} then null else 0 end, 0,
      case when a.address is null then 'NO_ADDRESS' when ${isControl} then 'CONTROL_GROUP' end,
      0, 0, 0, null, ?, ?
    from (select b.customer_id, nullif(lower(trim(b.address)), '') as address, ${variant} as variant from (${sql}) b) a
    where 1 = 1
    order by a.customer_id
    ${again}`,
    [runId, workspaceId, runId, campaignId, nowMs, nowMs, ...(bindings as Knex.RawBinding[])],
  )
  const [row] = await transaction('messages').where('run_id', runId).count({ audience: '*' })
  const audience = Number(row?.['audience'])
  return { audience, deduplicated: repeatsIn(answer, audience, dialect) }
}

/** SQLite counts a repeated row once, as changed; MySQL counts it twice, once as found and once as changed. */
function repeatsIn(answer: unknown, audience: number, dialect: Database['dialect']): number {
  if (dialect === 'sqlite') return numberIn(answer, 'changes') - audience
  return (numberIn(Array.isArray(answer) ? answer[0] : null, 'affectedRows') - audience) / 2
}

function numberIn(answer: unknown, name: string): number {
  if (typeof answer !== 'object' || answer === null) throw new Error('The database did not say how many rows it wrote')
  const value: unknown = Object.entries(answer).find(([key]) => key === name)?.[1]
  if (typeof value !== 'number') throw new Error('The database did not say how many rows it wrote')
  return value
}

import { type Delivery, type DispatchState, type FailureCode, type WireStatus, wireStatus } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { byChunks } from '../database/insert-rows.ts'

/** One message as lists show it. */
export interface ListedMessage {
  readonly messageId: string
  readonly campaignId: string
  readonly campaignName: string
  readonly customerId: string
  /** Null when the customer has been erased since. */
  readonly customer: { readonly id: string; readonly name: string; readonly email: string } | null
  /** The text as it was sent; null before the first attempt. */
  readonly body: string | null
  /** `A` to `E`, `control`, or null where there is one text. */
  readonly variant: string | null
  readonly status: WireStatus
  /** Requests that were made to the vendor for it. */
  readonly attempts: number
  /** Whether another message was written to the same person in its place. */
  readonly isSuperseded: boolean
  readonly failureCode: FailureCode | null
  readonly failureReason: string | null
  readonly sentAtMs: number | null
  readonly deliveredAtMs: number | null
  readonly failedAtMs: number | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export interface MessagePage {
  readonly limit: number
  readonly offset: number
  readonly status?: WireStatus
}

interface ListedRow {
  readonly id: string
  readonly campaign_id: string
  readonly campaign_name: string
  readonly customer_id: string
  readonly name: string | null
  readonly email: string | null
  readonly body: string | null
  readonly variant: string | null
  readonly attempts: number
  readonly superseded_at_ms: number | null
  readonly dispatch: DispatchState
  readonly delivery: Delivery['status']
  readonly failure_code: FailureCode | null
  readonly failure_reason: string | null
  readonly sent_at_ms: number | null
  readonly delivered_at_ms: number | null
  readonly failed_at_ms: number | null
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

/** One page of the messages that `choose` leaves, newest first. */
export async function listMessages(
  knex: Knex,
  choose: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
  { limit, offset, status }: MessagePage,
): Promise<readonly ListedMessage[]> {
  // The page is found by the index alone; only its rows are read whole.
  const page = choose(knex('messages'))
    .orderBy([
      { column: 'messages.created_at_ms', order: 'desc' },
      { column: 'messages.id', order: 'desc' },
    ])
    .limit(limit)
    .offset(offset)
    .select('messages.id')
  if (status !== undefined)
    page.join('customer_messages', 'customer_messages.id', 'messages.id').where('customer_messages.status', status)
  const ids: { id: string }[] = await page
  return readMessages(
    knex,
    ids.map(({ id }) => id),
  )
}

/** These messages, in this order. */
export async function readMessages(knex: Knex, ids: readonly string[]): Promise<readonly ListedMessage[]> {
  if (ids.length === 0) return []
  const rows: ListedRow[] = await knex('messages')
    .join('runs', 'runs.id', 'messages.run_id')
    .leftJoin('customers', (join) =>
      join.on('customers.id', 'messages.customer_id').andOn('customers.workspace_id', 'messages.workspace_id'),
    )
    .whereIn('messages.id', [...ids])
    .select('messages.*', 'runs.campaign_name', 'customers.name', 'customers.email')
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? []).map(listedOf)
}

function listedOf(row: ListedRow): ListedMessage {
  return {
    messageId: row.id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    customerId: row.customer_id,
    customer:
      row.name === null || row.email === null ? null : { id: row.customer_id, name: row.name, email: row.email },
    body: row.body,
    variant: row.variant,
    attempts: row.attempts,
    isSuperseded: row.superseded_at_ms !== null,
    status: wireStatus(row.dispatch, row.delivery),
    failureCode: row.failure_code,
    failureReason: row.failure_reason,
    sentAtMs: row.sent_at_ms,
    deliveredAtMs: row.delivered_at_ms,
    failedAtMs: row.failed_at_ms,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}

/** How many messages of a campaign there are, or stand at one status. */
export async function countListed(
  knex: Knex,
  workspaceId: string,
  campaignId: string,
  status: WireStatus | undefined,
): Promise<number> {
  const rows = status === undefined ? knex('messages') : knex('customer_messages').where({ status })
  const [row] = await rows.where({ workspace_id: workspaceId, campaign_id: campaignId }).count({ count: '*' })
  return Number(row?.['count'])
}

/** How many messages each customer has; those without are not in the map. */
export async function countOfCustomers(
  knex: Knex,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await byChunks(customerIds, async (ids) => {
    const counts: { customer_id: string; count: number | string }[] = await knex('messages')
      .where('workspace_id', workspaceId)
      .whereIn('customer_id', [...ids])
      .groupBy('customer_id')
      .select('customer_id')
      .count({ count: '*' })
    return counts
  })
  return new Map(rows.map(({ customer_id, count }) => [customer_id, Number(count)]))
}

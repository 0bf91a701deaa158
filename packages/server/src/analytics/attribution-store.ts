import type { Knex } from 'knex'
import { throughIndex } from '../database/through-index.ts'
import type { Asking } from './asking.ts'

/** What a group of people ordered within the window of a campaign. */
export interface GroupSales {
  readonly people: number
  /** Orders of any status. */
  readonly orders: number
  /** People with at least one COMPLETED order. */
  readonly buyers: number
  /** Of the COMPLETED orders. */
  readonly revenueMinor: number
}

/** Of nobody. */
export const noSales: GroupSales = { people: 0, orders: 0, buyers: 0, revenueMinor: 0 }

/** Whom a campaign reached, by what they have spent in all. Who has been erased is not among them. */
export interface RecipientValue {
  readonly customers: number
  readonly spendingMinor: number
  readonly visits: number
}

/** Who got the text, or who was left out on purpose. */
export type Group = 'recipients' | 'control'

/**
 * The orders of a run's recipients, each from the instant at which their message was taken until `windowMs` later; or of
 * its control group, from the instant at which the run began to send.
 */
export async function salesAfter(
  asking: Asking,
  workspaceId: string,
  runId: string,
  group: Group,
  windowMs: number,
): Promise<GroupSales> {
  const { knex, ask } = asking
  const orders = throughIndex(knex, 'orders', 'orders_by_customer')
  const startMs = group === 'control' ? (await sentBetween(asking, runId)).firstMs : null
  const people = peopleOf(knex, runId, group)
  const [counted] = await ask<{ people: number | string }>(people.clone().count({ people: '*' }))
  if (group === 'control' && startMs === null) return { ...noSales, people: Number(counted?.people ?? 0) }
  const start = startMs === null ? 'messages.sent_at_ms' : String(startMs)
  const rows = await ask<{ orders: number | string; buyers: number | string; revenue: number | string | null }>(
    people
      .joinRaw(
        `join ${orders} on orders.workspace_id = ? and orders.customer_id = messages.customer_id
        and orders.created_at_ms >= ${start} and orders.created_at_ms < ${start} + ?`,
        [workspaceId, windowMs],
      )
      .select({
        orders: knex.raw('count(*)'),
        buyers: knex.raw(`count(distinct case when orders.status = 'COMPLETED' then orders.customer_id end)`),
        revenue: knex.raw(`sum(case when orders.status = 'COMPLETED' then orders.total_minor end)`),
      }),
  )
  const [row] = rows
  return {
    people: Number(counted?.people ?? 0),
    orders: Number(row?.orders ?? 0),
    buyers: Number(row?.buyers ?? 0),
    revenueMinor: Number(row?.revenue ?? 0),
  }
}

/** What a run's recipients have spent and how often they have come, over their whole time. */
export async function valueOfRecipients(
  { knex, ask }: Asking,
  workspaceId: string,
  runId: string,
): Promise<RecipientValue> {
  const rows = await ask<{
    customers: number | string
    spending: number | string | null
    visits: number | string | null
  }>(
    peopleOf(knex, runId, 'recipients')
      .join('customers', (join) =>
        join.on('customers.id', 'messages.customer_id').andOnVal('customers.workspace_id', workspaceId),
      )
      .select({
        customers: knex.raw('count(*)'),
        spending: knex.raw('sum(customers.total_spending_minor)'),
        visits: knex.raw('sum(customers.visit_count)'),
      }),
  )
  const [row] = rows
  return {
    customers: Number(row?.customers ?? 0),
    spendingMinor: Number(row?.spending ?? 0),
    visits: Number(row?.visits ?? 0),
  }
}

/** One message for each person: of those that were sent again the last. */
function peopleOf(knex: Knex, runId: string, group: Group): Knex.QueryBuilder {
  const people = knex('messages').where('messages.run_id', runId).whereNull('messages.superseded_at_ms')
  return group === 'control'
    ? people.where('messages.variant', 'control')
    : people.where('messages.dispatch', 'ACCEPTED').whereNotNull('messages.sent_at_ms')
}

/** When the last of a run's messages was taken, or null. */
export async function lastSentAtMs(asking: Asking, runId: string): Promise<number | null> {
  return (await sentBetween(asking, runId)).lastMs
}

async function sentBetween(
  { knex, ask }: Asking,
  runId: string,
): Promise<{ firstMs: number | null; lastMs: number | null }> {
  const rows = await ask<{ first: number | string | null; last: number | string | null }>(
    peopleOf(knex, runId, 'recipients').select({
      first: knex.raw('min(messages.sent_at_ms)'),
      last: knex.raw('max(messages.sent_at_ms)'),
    }),
  )
  const [row] = rows
  const numberOf = (value: number | string | null | undefined) => (value == null ? null : Number(value))
  return { firstMs: numberOf(row?.first), lastMs: numberOf(row?.last) }
}

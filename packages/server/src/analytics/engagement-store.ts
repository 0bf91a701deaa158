import type { Knex } from 'knex'
import { byChunks } from '../database/insert-rows.ts'

/** Messages that people opened, and on whose links they clicked. What machines opened says nothing of people. */
export interface Engaged {
  readonly opens: number
  readonly clicks: number
}

/** How many messages of each campaign were opened and clicked; campaigns without either are not in the map. */
export async function engagedByCampaign(
  knex: Knex,
  workspaceId: string,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, Engaged>> {
  const rows = await byChunks(campaignIds, async (ids) => {
    const found: { campaign_id: string; kind: 'open' | 'click'; count: number | string }[] = await knex('engagements')
      .where({ workspace_id: workspaceId, is_machine: false })
      .whereIn('campaign_id', [...ids])
      .whereIn('kind', ['open', 'click'])
      .groupBy('campaign_id', 'kind')
      .select('campaign_id', 'kind')
      .count({ count: '*' })
    return found
  })
  return engagedOf(rows.map(({ campaign_id, ...row }) => ({ ...row, id: campaign_id })))
}

/** How many messages of each of these people arrived, and how many of those they opened or clicked. */
export async function engagedByCustomer(
  knex: Knex,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly delivered: number; readonly engaged: number }>> {
  const rows: { customer_id: string; delivered: number | string; engaged: number | string }[] = await knex('messages')
    .leftJoin('engagements', (join) =>
      join
        .on('engagements.message_id', 'messages.id')
        .andOnVal('engagements.is_machine', false)
        .andOnIn('engagements.kind', ['open', 'click']),
    )
    .where('messages.workspace_id', workspaceId)
    .whereIn('messages.customer_id', [...customerIds])
    .whereNotNull('messages.delivered_at_ms')
    .groupBy('messages.customer_id')
    .select({
      customer_id: 'messages.customer_id',
      delivered: knex.raw('count(distinct messages.id)'),
      engaged: knex.raw('count(distinct engagements.message_id)'),
    })
  return new Map(
    rows.map((row) => [row.customer_id, { delivered: Number(row.delivered), engaged: Number(row.engaged) }]),
  )
}

/** Offsets of all zones are whole quarters of an hour, so that one lies within one local hour. */
const quarterMs = 15 * 60_000

/** When people first opened messages of these campaigns, by the first instant of each quarter of an hour. */
export async function opensByQuarter(
  knex: Knex,
  workspaceId: string,
  campaignIds: readonly string[],
): Promise<readonly { readonly atMs: number; readonly opens: number }[]> {
  return byChunks(campaignIds, async (ids) => {
    const rows: { start_ms: number | string; opens: number | string }[] = await knex('engagements')
      .where({ workspace_id: workspaceId, kind: 'open', is_machine: false })
      .whereIn('campaign_id', [...ids])
      .groupByRaw('1')
      // A remainder, because databases differ in what a division of whole numbers gives.
      .select({ start_ms: knex.raw(`first_at_ms - first_at_ms % ${quarterMs}`) })
      .count({ opens: '*' })
    return rows.map(({ start_ms, opens }) => ({ atMs: Number(start_ms), opens: Number(opens) }))
  })
}

function engagedOf(
  rows: readonly { readonly id: string; readonly kind: 'open' | 'click'; readonly count: number | string }[],
): ReadonlyMap<string, Engaged> {
  const engaged = new Map<string, Engaged>()
  for (const { id, kind, count } of rows) {
    const before = engaged.get(id) ?? { opens: 0, clicks: 0 }
    const more = kind === 'open' ? { opens: Number(count) } : { clicks: Number(count) }
    engaged.set(id, { ...before, ...more })
  }
  return engaged
}

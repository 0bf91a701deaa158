import type { Knex } from 'knex'

/** The latest preview of a draft, by which a launch can be held to what was seen. */
export interface KeptPreview {
  readonly token: string
  /** Names the rules and the texts that were previewed. */
  readonly planVersion: string
  /** Names the text that the launch was going to have; null when the preview did not know it. */
  readonly messageVersion: string | null
  readonly takenAtMs: number
}

/** How the people changed since a preview. */
export interface Difference {
  /** Previewed, and not in the run. */
  readonly left: number
  /** In the run, and not previewed. */
  readonly joined: number
}

interface PreviewRow {
  readonly token: string
  readonly plan_version: string
  readonly message_version: string | null
  readonly taken_at_ms: number
}

/** So many drafts of a workspace keep their preview: a preview of a million people is a million rows. */
const mostKept = 20

/**
 * Keeps who is previewed, in place of the draft's earlier preview. `members` selects `customer_id`; they never pass
 * through this process. The oldest previews of the workspace make room.
 */
export async function keepPreview(
  transaction: Knex.Transaction,
  draft: { readonly workspaceId: string; readonly campaignId: string },
  preview: KeptPreview,
  members: Knex.QueryBuilder,
): Promise<void> {
  const { workspaceId, campaignId } = draft
  const others: { campaign_id: string }[] = await transaction('previews')
    .where({ workspace_id: workspaceId })
    .whereNot({ campaign_id: campaignId })
    .orderBy('taken_at_ms', 'desc')
    .select('campaign_id')
  for (const id of [campaignId, ...others.slice(mostKept - 1).map(({ campaign_id }) => campaign_id)]) {
    await dropPreview(transaction, id)
  }
  await transaction('previews').insert({
    campaign_id: campaignId,
    workspace_id: workspaceId,
    token: preview.token,
    plan_version: preview.planVersion,
    message_version: preview.messageVersion,
    taken_at_ms: preview.takenAtMs,
  })
  const { sql, bindings } = members.toSQL().toNative()
  await transaction.raw(
    `insert into previewed_members (campaign_id, customer_id) select ?, m.customer_id from (${sql}) m`,
    [campaignId, ...(bindings as Knex.RawBinding[])],
  )
}

export async function findPreview(knex: Knex, workspaceId: string, campaignId: string): Promise<KeptPreview | null> {
  const row: PreviewRow | undefined = await knex('previews')
    .where({ workspace_id: workspaceId, campaign_id: campaignId })
    .first()
  if (row === undefined) return null
  const { token, plan_version, message_version, taken_at_ms } = row
  return {
    token,
    planVersion: plan_version,
    messageVersion: message_version,
    takenAtMs: Number(taken_at_ms),
  }
}

/** Who left and who joined between the preview and the run, by the indexes of both. */
export async function differenceOf(knex: Knex, campaignId: string, runId: string): Promise<Difference> {
  const left = await count(
    knex('previewed_members as p')
      .where('p.campaign_id', campaignId)
      .whereNotExists(
        knex('messages as m').where('m.run_id', runId).whereRaw('m.customer_id = p.customer_id').select(knex.raw('1')),
      ),
  )
  const joined = await count(
    knex('messages as m')
      .where({ 'm.run_id': runId, 'm.generation': 1 })
      .whereNotExists(
        knex('previewed_members as p')
          .where('p.campaign_id', campaignId)
          .whereRaw('p.customer_id = m.customer_id')
          .select(knex.raw('1')),
      ),
  )
  return { left, joined }
}

export async function dropPreview(transaction: Knex, campaignId: string): Promise<void> {
  await transaction('previewed_members').where({ campaign_id: campaignId }).delete()
  await transaction('previews').where({ campaign_id: campaignId }).delete()
}

async function count(rows: Knex.QueryBuilder): Promise<number> {
  const [row] = await rows.count({ count: '*' })
  return Number(row?.['count'])
}

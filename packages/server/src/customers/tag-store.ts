import type { Knex } from 'knex'

/** The most that a list of tags shows: more are no longer a vocabulary. */
const mostListed = 1_000

/** The tags of a workspace in one of their spellings, with how many customers have each, the most frequent first. */
export async function listTags(
  knex: Knex,
  workspaceId: string,
): Promise<readonly { readonly tag: string; readonly customers: number }[]> {
  const rows: { tag: string; customers: number | string }[] = await knex('customer_tags')
    .where({ workspace_id: workspaceId })
    .groupBy('tag_folded')
    .orderBy([{ column: 'customers', order: 'desc' }, { column: 'tag_folded' }])
    .limit(mostListed)
    .min({ tag: 'tag' })
    .count({ customers: '*' })
    .select('tag_folded')
  return rows.map(({ tag, customers }) => ({ tag, customers: Number(customers) }))
}

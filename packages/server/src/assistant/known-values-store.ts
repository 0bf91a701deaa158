import type { KnownValues } from '@muster/nl-rules'
import type { Knex } from 'knex'

/** Of each field, at most so many values are looked up: the most frequent ones, which are the ones people type. */
const mostValues = 2_000

type Column = 'city' | 'state' | 'country'

/** The values that occur in a workspace: places, tags, categories, products, campaigns. */
export async function listKnownValues(knex: Knex, workspaceId: string): Promise<KnownValues> {
  const places = (column: Column) =>
    frequent(knex('customers').where('workspace_id', workspaceId).whereNotNull(column), column)
  const tags = frequent(knex('customer_tags').where('workspace_id', workspaceId), 'tag')
  const items = (column: string) =>
    frequent(knex('order_items').where('workspace_id', workspaceId).whereNotNull(column), column)
  const campaigns = knex('campaigns')
    .where('workspace_id', workspaceId)
    .orderBy('created_at_ms', 'desc')
    .limit(mostValues)
  return {
    customers: {
      city: await places('city'),
      state: await places('state'),
      country: await places('country'),
      tags: await tags,
    },
    items: { category: await items('category'), productName: await items('product_name') },
    messages: { campaignName: valuesIn(await campaigns.select({ value: 'name' })) },
  }
}

async function frequent(rows: Knex.QueryBuilder, column: string): Promise<{ value: string }[]> {
  return valuesIn(
    await rows.select({ value: column }).count({ uses: '*' }).groupBy(column).orderBy('uses', 'desc').limit(mostValues),
  )
}

function valuesIn(rows: readonly { readonly value: unknown }[]): { value: string }[] {
  return rows.flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [{ value }] : []))
}

import type { Knex } from 'knex'
import { byChunks } from '../database/insert-rows.ts'

/** How many customers have a value, or this one of several. */
export async function countValues(
  knex: Knex,
  workspaceId: string,
  name: string,
  keys: readonly string[] | null = null,
): Promise<number> {
  const values = knex('customer_attributes').where({ workspace_id: workspaceId, name })
  if (keys !== null) values.whereIn('value_key', [...keys])
  const [row] = await values.count<{ size: number | string }[]>({ size: '*' })
  return Number(row?.size ?? 0)
}

/** How many customers are written in one statement: a lock of some milliseconds. */
const customersAtOnce = 1_000

/**
 * Takes an attribute away from some of the customers that have it, and says of how many.
 * The name is one of letters, digits and underscore, so that it is safe in a path.
 */
export async function clearSomeValues(
  transaction: Knex.Transaction,
  workspaceId: string,
  name: string,
): Promise<number> {
  const rows: { customer_id: string }[] = await transaction('customer_attributes')
    .where({ workspace_id: workspaceId, name })
    .orderBy('customer_id')
    .limit(customersAtOnce)
    .select('customer_id')
  const ids = rows.map(({ customer_id }) => customer_id)
  await byChunks(ids, async (chunk) => {
    await transaction('customers')
      .where({ workspace_id: workspaceId })
      .whereIn('id', chunk)
      .update({
        attributes: transaction.raw('json_remove(attributes, ?)', [`$.${name}`]),
        attributes_folded: transaction.raw('json_remove(attributes_folded, ?)', [`$.${name}`]),
      })
    await transaction('customer_attributes')
      .where({ workspace_id: workspaceId, name })
      .whereIn('customer_id', chunk)
      .delete()
    return []
  })
  return ids.length
}

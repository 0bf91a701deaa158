import type { Knex } from 'knex'
import { byChunks } from '../database/insert-rows.ts'
import { throughIndex } from '../database/through-index.ts'

/**
 * Computes the figures of these customers anew from what is stored, so that they cannot drift. To be called
 * in the transaction that changed their orders or openings. MySQL would let a later assignment see an earlier
 * one and SQLite would not, so each is computed from the orders themselves; the subqueries read one index only.
 */
export async function recomputeFigures(
  transaction: Knex.Transaction,
  workspaceId: string,
  customerIds: Iterable<string>,
): Promise<void> {
  const orders = throughIndex(transaction, 'orders', 'orders_by_customer')
  const figure = (what: string, which: string) =>
    `(select ${what} from ${orders} where orders.workspace_id = customers.workspace_id
      and orders.customer_id = customers.id and ${which})`
  await byChunks(customerIds, async (chunk) => {
    await transaction('customers')
      .where({ workspace_id: workspaceId })
      .whereIn('id', chunk)
      .update({
        total_spending_minor: transaction.raw(
          `opening_spending_minor + ${figure('coalesce(sum(total_minor), 0)', completed)}`,
        ),
        order_count: transaction.raw(figure('count(*)', counted)),
        visit_count: transaction.raw(`opening_visits + ${figure('count(*)', counted)}`),
        last_visit_at_ms: transaction.raw(
          `coalesce(${figure('max(orders.created_at_ms)', laterThanOpening)}, opening_last_visit_at_ms)`,
        ),
      })
    return []
  })
}

const completed = `orders.status = 'COMPLETED'`
const counted = `orders.status <> 'CANCELLED'`
const laterThanOpening = `${counted} and (customers.opening_last_visit_at_ms is null
  or orders.created_at_ms > customers.opening_last_visit_at_ms)`

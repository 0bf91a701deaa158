import type { BenchDatabase } from '../audiences/bench-database.ts'
import { setAsideIndexes } from '../audiences/set-aside-indexes.ts'
import { workspaceId } from '../audiences/shop.ts'

/** How many products the shop has. */
const products = 500

/** Gives every order one item that costs its total, within the database: its product follows from the total. */
export async function loadItems(database: BenchDatabase): Promise<void> {
  const { knex, dialect } = database
  const joined = (...parts: readonly string[]) =>
    dialect === 'sqlite' ? parts.join(' || ') : `concat(${parts.join(', ')})`
  const number = `total_minor % ${products}`
  const bringBack = await setAsideIndexes(database, ['order_items'])
  await knex.raw(
    `insert into order_items (id, workspace_id, order_id, position, product_name, product_name_folded, category,
      category_folded, quantity, price_minor)
    select ${joined('id', "'.0'")}, workspace_id, id, 0, ${joined("'Product '", number)}, ${joined("'product '", number)},
      'Things', 'things', 1, total_minor from orders where workspace_id = ?`,
    [workspaceId],
  )
  await bringBack()
  await knex.raw(dialect === 'sqlite' ? 'analyze' : 'analyze table order_items')
}

import type { Knex } from 'knex'
import { byChunks } from '../database/insert-rows.ts'
import type { Order, OrderItem, OrderStatus } from './order.ts'

/** A row of `orders`, as drivers answer it. */
export interface OrderRow {
  readonly id: string
  readonly external_id: string | null
  readonly customer_id: string
  readonly total_minor: number
  readonly status: OrderStatus
  readonly notes: string | null
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

interface ItemRow {
  readonly order_id: string
  readonly product_name: string
  readonly category: string | null
  readonly quantity: number
  readonly price_minor: number
}

/** The orders of these rows, in their order, with their items. */
export async function ordersOf(knex: Knex, workspaceId: string, rows: readonly OrderRow[]): Promise<readonly Order[]> {
  const ids = rows.map(({ id }) => id)
  const items = new Map(ids.map((id): [string, OrderItem[]] => [id, []]))
  const itemRows = await byChunks<string, ItemRow>(ids, (chunk) =>
    knex('order_items')
      .where({ workspace_id: workspaceId })
      .whereIn('order_id', chunk)
      .orderBy(['order_id', 'position'])
      .select(),
  )
  for (const row of itemRows) items.get(row.order_id)?.push(itemOf(row))
  return rows.map((row) => orderOf(row, items.get(row.id) ?? []))
}

function itemOf({ product_name, category, quantity, price_minor }: ItemRow): OrderItem {
  return { productName: product_name, category, quantity: Number(quantity), priceMinor: Number(price_minor) }
}

function orderOf(row: OrderRow, items: readonly OrderItem[]): Order {
  return {
    id: row.id,
    externalId: row.external_id,
    customerId: row.customer_id,
    items,
    totalMinor: Number(row.total_minor),
    status: row.status,
    notes: row.notes,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }
}

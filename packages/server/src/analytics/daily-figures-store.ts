import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Knex } from 'knex'
import { throughIndex } from '../database/through-index.ts'
import type { OrderStatus } from '../orders/order.ts'
import type { Calendar } from './calendar.ts'
import type { Period } from './period.ts'

/** The tables that are filled here, and nowhere else. */
const tables = ['daily_orders', 'daily_customers', 'daily_products'] as const

/** How many days one deletion names. */
const daysPerStatement = 500

/** Orders of one day that stand at one status. */
export interface DayOfOrders {
  readonly day: number
  readonly status: OrderStatus
  readonly orders: number
  readonly totalMinor: number
}

/** What was sold of one product. */
export interface ProductSales {
  readonly product: string
  /** Orders that name it, whatever their status. */
  readonly orders: number
  readonly completedOrders: number
  /** Pieces and revenue of the COMPLETED ones. */
  readonly units: number
  readonly revenueMinor: number
}

/** Counts these days of a workspace anew from its orders and customers. */
export async function countDays(
  transaction: Knex.Transaction,
  workspaceId: string,
  calendar: Calendar,
  days: readonly number[],
): Promise<void> {
  for (let at = 0; at < days.length; at += daysPerStatement) {
    const some = days.slice(at, at + daysPerStatement)
    for (const table of tables)
      await transaction(table).where({ workspace_id: workspaceId }).whereIn('day', some).delete()
  }
  for (const day of days) {
    const bounds = [workspaceId, calendar.startOf(day), calendar.startOf(day + 1)]
    for (const statement of countings(transaction)) await transaction.raw(statement, [workspaceId, day, ...bounds])
    await othersTurn()
  }
}

/** Each bound to workspace, day, workspace, first instant, first instant of the next day. */
function countings(knex: Knex): readonly string[] {
  const orders = throughIndex(knex, 'orders', 'orders_by_time')
  const customers = throughIndex(knex, 'customers', 'customers_workspace_id_created_at_ms_id_index')
  const items = throughIndex(knex, 'order_items', 'order_items_workspace_id_order_id_position_unique')
  const within = (table: string) =>
    `${table}.workspace_id = ? and ${table}.created_at_ms >= ? and ${table}.created_at_ms < ?`
  const ifCompleted = (what: string) => `case when orders.status = 'COMPLETED' then ${what} end`
  return [
    `insert into daily_orders (workspace_id, day, status, orders, total_minor)
      select ?, ?, status, count(*), sum(total_minor) from ${orders} where ${within('orders')} group by status`,
    `insert into daily_customers (workspace_id, day, new_customers)
      select ?, ?, count(*) from ${customers} where ${within('customers')} having count(*) > 0`,
    `insert into daily_products
        (workspace_id, day, product_name_folded, product_name, orders, completed_orders, units, revenue_minor)
      select ?, ?, product_name_folded, max(product_name), count(distinct orders.id),
        count(distinct ${ifCompleted('orders.id')}), coalesce(sum(${ifCompleted('quantity')}), 0),
        coalesce(sum(${ifCompleted('quantity * price_minor')}), 0)
      from ${orders} join ${items} on order_items.workspace_id = orders.workspace_id and order_items.order_id = orders.id
      where ${within('orders')} group by product_name_folded`,
  ]
}

/** Throws away what was counted of a workspace. */
export async function forgetDays(transaction: Knex.Transaction, workspaceId: string): Promise<void> {
  for (const table of tables) await transaction(table).where({ workspace_id: workspaceId }).delete()
}

/** The first instant from `fromMs` on at which there is an order or a customer to count, or null. */
export async function nextInstant(knex: Knex, workspaceId: string, fromMs: number): Promise<number | null> {
  const found: number[] = []
  for (const table of ['orders', 'customers']) {
    const [row] = await knex(table)
      .where('workspace_id', workspaceId)
      .where('created_at_ms', '>=', fromMs)
      .min<{ at_ms: number | string | null }[]>({ at_ms: 'created_at_ms' })
    if (row !== undefined && row.at_ms !== null) found.push(Number(row.at_ms))
  }
  return found.length === 0 ? null : Math.min(...found)
}

export async function daysOfOrders(
  knex: Knex,
  workspaceId: string,
  { firstDay, lastDay }: Pick<Period, 'firstDay' | 'lastDay'>,
): Promise<readonly DayOfOrders[]> {
  const rows: { day: number; status: OrderStatus; orders: number | string; total_minor: number | string }[] =
    await knex('daily_orders')
      .where({ workspace_id: workspaceId })
      .whereBetween('day', [firstDay, lastDay])
      .orderBy(['day', 'status'])
      .select('day', 'status', 'orders', 'total_minor')
  return rows.map(({ day, status, orders, total_minor }) => ({
    day,
    status,
    orders: Number(orders),
    totalMinor: Number(total_minor),
  }))
}

/** How many customers began on which day. */
export async function daysOfCustomers(
  knex: Knex,
  workspaceId: string,
  { firstDay, lastDay }: Pick<Period, 'firstDay' | 'lastDay'>,
): Promise<readonly { readonly day: number; readonly newCustomers: number }[]> {
  const rows: { day: number; new_customers: number | string }[] = await knex('daily_customers')
    .where({ workspace_id: workspaceId })
    .whereBetween('day', [firstDay, lastDay])
    .orderBy('day')
    .select('day', 'new_customers')
  return rows.map(({ day, new_customers }) => ({ day, newCustomers: Number(new_customers) }))
}

/** Everybody who is a customer. */
export async function countCustomers(knex: Knex, workspaceId: string): Promise<number> {
  const [row] = await knex('daily_customers')
    .where({ workspace_id: workspaceId })
    .sum<{ all: number | string | null }[]>({ all: 'new_customers' })
  return Number(row?.all ?? 0)
}

/** The products with the most revenue in a period; among equals by their folded names. */
export async function topProducts(
  knex: Knex,
  workspaceId: string,
  { firstDay, lastDay }: Period,
  limit: number,
): Promise<readonly ProductSales[]> {
  const rows: {
    product: string
    orders: number | string
    completed_orders: number | string
    units: number | string
    revenue_minor: number | string
  }[] = await knex('daily_products')
    .where({ workspace_id: workspaceId })
    .whereBetween('day', [firstDay, lastDay])
    .groupBy('product_name_folded')
    .orderBy([{ column: 'revenue_minor', order: 'desc' }, { column: 'product_name_folded' }])
    .limit(limit)
    .max({ product: 'product_name' })
    .sum({
      orders: 'orders',
      completed_orders: 'completed_orders',
      units: 'units',
      revenue_minor: 'revenue_minor',
    })
  return rows.map((row) => ({
    product: row.product,
    orders: Number(row.orders),
    completedOrders: Number(row.completed_orders),
    units: Number(row.units),
    revenueMinor: Number(row.revenue_minor),
  }))
}

/** What all products together brought in. */
export async function productRevenue(knex: Knex, workspaceId: string, { firstDay, lastDay }: Period): Promise<number> {
  const [row] = await knex('daily_products')
    .where({ workspace_id: workspaceId })
    .whereBetween('day', [firstDay, lastDay])
    .sum<{ all: number | string | null }[]>({ all: 'revenue_minor' })
  return Number(row?.all ?? 0)
}

import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Knex } from 'knex'
import { throughIndex } from '../database/through-index.ts'
import type { OrderStatus } from '../orders/order.ts'
import type { Calendar } from './calendar.ts'
import { type Period, periodOf } from './period.ts'

/** The tables that are filled here, and nowhere else. */
const tables = ['daily_orders', 'daily_customers', 'daily_products'] as const

/**
 * How many days one statement counts. One for each day was many times slower on a server, where each has its own way
 * there and back; many more would hold up everybody on SQLite.
 */
const daysPerStatement = 14

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
  for (const stretch of stretchesOf(days)) {
    for (const table of tables)
      await transaction(table)
        .where({ workspace_id: workspaceId })
        .whereBetween('day', [stretch.firstDay, stretch.lastDay])
        .delete()
    const { fromMs, beforeMs } = periodOf(calendar, stretch.firstDay, stretch.lastDay)
    for (const statement of countings(transaction, calendar, stretch))
      await transaction.raw(statement, [workspaceId, workspaceId, fromMs, beforeMs])
    await othersTurn()
  }
}

type Stretch = Pick<Period, 'firstDay' | 'lastDay'>

/** Days that follow one another, so many at most. */
function stretchesOf(days: readonly number[]): readonly Stretch[] {
  const stretches: { firstDay: number; lastDay: number }[] = []
  for (const day of [...days].sort((one, other) => one - other)) {
    const open = stretches.at(-1)
    const isNext = open !== undefined && open.lastDay === day - 1 && day - open.firstDay < daysPerStatement
    if (isNext) open.lastDay = day
    else stretches.push({ firstDay: day, lastDay: day })
  }
  return stretches
}

/** Each bound to the workspace twice, the first instant, and the first one after the last. */
function countings(knex: Knex, calendar: Calendar, stretch: Stretch): readonly string[] {
  const orders = throughIndex(knex, 'orders', 'orders_by_time')
  const customers = throughIndex(knex, 'customers', 'customers_workspace_id_created_at_ms_id_index')
  const items = throughIndex(knex, 'order_items', 'order_items_workspace_id_order_id_position_unique')
  const within = (table: string) =>
    `${table}.workspace_id = ? and ${table}.created_at_ms >= ? and ${table}.created_at_ms < ?`
  const dayOf = (table: string) => daySql(`${table}.created_at_ms`, calendar, stretch)
  const ifCompleted = (what: string) => `case when orders.status = 'COMPLETED' then ${what} end`
  return [
    `insert into daily_orders (workspace_id, day, status, orders, total_minor)
      select ?, ${dayOf('orders')}, status, count(*), sum(total_minor)
      from ${orders} where ${within('orders')} group by 2, 3`,
    `insert into daily_customers (workspace_id, day, new_customers)
      select ?, ${dayOf('customers')}, count(*) from ${customers} where ${within('customers')} group by 2`,
    `insert into daily_products
        (workspace_id, day, product_name_folded, product_name, orders, completed_orders, units, revenue_minor)
      select ?, ${dayOf('orders')}, product_name_folded, max(product_name), count(distinct orders.id),
        count(distinct ${ifCompleted('orders.id')}), coalesce(sum(${ifCompleted('quantity')}), 0),
        coalesce(sum(${ifCompleted('quantity * price_minor')}), 0)
      from ${orders} join ${items} on order_items.workspace_id = orders.workspace_id and order_items.order_id = orders.id
      where ${within('orders')} group by 2, 3`,
  ]
}

/** The day that holds an instant of a stretch. The bounds are whole numbers of this program's own. */
function daySql(column: string, calendar: Calendar, { firstDay, lastDay }: Stretch): string {
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index)
  return `case ${days.map((day) => `when ${column} < ${calendar.startOf(day + 1)} then ${day}`).join(' ')} end`
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

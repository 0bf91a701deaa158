import { nowMs } from '../predicates/customers/records.ts'
import type { BenchDatabase } from './bench-database.ts'
import { setAsideIndexes } from './set-aside-indexes.ts'
import { customerColumns, generateShop, orderColumns, type Row, type ShopSize, workspaceId } from './shop.ts'

/** Rows in one statement: far beyond this nothing gets faster. */
const rowsPerStatement = 1_000

/** What questions about the shop need to know of it. */
export interface LoadedShop {
  /** The customer with the most orders. */
  readonly busiestId: string
}

/** Fills the tables of one workspace, and lets the database take stock of them. */
export async function loadShop(database: BenchDatabase, size: ShopSize): Promise<LoadedShop> {
  const { knex, dialect } = database
  let busiest = { id: '', orders: -1 }
  await knex('workspaces').insert({
    id: workspaceId,
    name: 'Bench',
    time_zone: 'UTC',
    currency: 'USD',
    consent_policy: 'opt-out',
    created_at_ms: nowMs,
  })
  const bringBack = await setAsideIndexes(database, ['customers', 'orders'])
  await knex.transaction(async (loading) => {
    if (dialect === 'mysql' || dialect === 'mariadb') {
      await loading.raw('set session unique_checks = 0, foreign_key_checks = 0')
    }
    const insert = async (table: string, columns: readonly string[], rows: readonly Row[]) => {
      if (rows.length > 0) await loading.raw(insertText(table, columns, rows))
    }
    let customers: Row[] = []
    let orders: Row[] = []
    for (const generated of generateShop(size)) {
      customers.push(generated.customer)
      orders.push(...generated.orders)
      if (generated.orders.length > busiest.orders) busiest = { id: generated.id, orders: generated.orders.length }
      if (customers.length >= rowsPerStatement) {
        await insert('customers', customerColumns, customers)
        customers = []
      }
      if (orders.length >= rowsPerStatement) {
        await insert('orders', orderColumns, orders)
        orders = []
      }
    }
    await insert('customers', customerColumns, customers)
    await insert('orders', orderColumns, orders)
    if (dialect === 'mysql' || dialect === 'mariadb') {
      await loading.raw('set session unique_checks = 1, foreign_key_checks = 1')
    }
  })
  await bringBack()
  for (const statement of takeStock[dialect]) await knex.raw(statement)
  return { busiestId: busiest.id }
}

const takeStock = {
  sqlite: ['analyze'],
  mariadb: ['analyze table customers', 'analyze table orders'],
  mysql: ['analyze table customers, orders'],
  postgresql: ['vacuum analyze customers', 'vacuum analyze orders'],
} as const

/** Literals instead of bindings: ten times as fast to send, and every value is one that this program has made. */
function insertText(table: string, columns: readonly string[], rows: readonly Row[]): string {
  const written = rows.map((row) => `(${row.map(literal).join(',')})`)
  return `insert into ${table} (${columns.join(',')}) values ${written.join(',')}`
}

function literal(value: Row[number]): string {
  if (typeof value !== 'string') return String(value)
  if (/['?\\]/.test(value)) throw new Error(`Generated texts need no quoting, but this one does: ${value}`)
  return `'${value}'`
}

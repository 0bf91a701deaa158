import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { afterKey, type Key } from '../database/keyset.ts'
import type { Customer } from './customer.ts'
import { type CustomerRow, customersOf } from './customer-rows.ts'

/** Which customers a list shows, and in which order. */
export interface CustomerQuery {
  readonly search: string | null
  readonly sortBy: keyof typeof columnOf
  readonly descending: boolean
  readonly limit: number
  readonly offset: number
  readonly after: Key | null
}

const columnOf = {
  createdAt: 'created_at_ms',
  updatedAt: 'updated_at_ms',
  name: 'name_folded',
  email: 'email_folded',
  totalSpending: 'total_spending_minor',
  visitCount: 'visit_count',
  orderCount: 'order_count',
  lastVisit: 'last_visit_at_ms',
} as const

/** By what lists can be sorted; the first is the usual. */
export const customerSorts = [
  'createdAt',
  'name',
  'email',
  'totalSpending',
  'visitCount',
  'lastVisit',
  'orderCount',
  'updatedAt',
] as const

export async function listCustomers(
  knex: Knex,
  workspaceId: string,
  query: CustomerQuery,
): Promise<readonly Customer[]> {
  const order = query.descending ? 'desc' : 'asc'
  const [all, column] = [found(knex, workspaceId, query.search), columnOf[query.sortBy]]
  const listed = query.after === null ? all : afterKey(all, { value: column, id: 'id' }, query.descending, query.after)
  const rows: readonly CustomerRow[] = await listed
    .orderBy([
      { column, order },
      { column: 'id', order },
    ])
    .limit(query.limit)
    .offset(query.offset)
    .select()
  return customersOf(knex, workspaceId, rows)
}

/** The customers with these ids, in the order of the ids; those that are gone are left out. */
export async function customersInOrder(
  knex: Knex,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly Customer[]> {
  const rows: readonly CustomerRow[] = await knex('customers')
    .where({ workspace_id: workspaceId })
    .whereIn('id', [...ids])
    .orderBy('id')
  return customersOf(knex, workspaceId, rows)
}

export async function countCustomers(knex: Knex, workspaceId: string, search: string | null): Promise<number> {
  const [row] = await found(knex, workspaceId, search).count<{ size: number | string }[]>({ size: '*' })
  return Number(row?.size ?? 0)
}

/** Where a customer stands in a list that is sorted by this. */
export function customerKey(customer: Customer, sortBy: CustomerQuery['sortBy']): Key {
  const values: Readonly<Record<CustomerQuery['sortBy'], Key['value']>> = {
    createdAt: customer.createdAtMs,
    updatedAt: customer.updatedAtMs,
    name: folded(customer.name),
    email: folded(customer.email),
    totalSpending: customer.totalSpendingMinor,
    visitCount: customer.visitCount,
    orderCount: customer.orderCount,
    lastVisit: customer.lastVisitAtMs,
  }
  return { value: values[sortBy], id: customer.id }
}

/** `instr` takes the text literally, and compares the folded columns byte by byte on every database. */
function found(knex: Knex, workspaceId: string, search: string | null): Knex.QueryBuilder {
  const all = knex('customers').where({ workspace_id: workspaceId })
  if (search === null) return all
  const part = folded(search)
  return all.where((any) =>
    any
      .whereRaw('instr(name_folded, ?) > 0', [part])
      .orWhereRaw('instr(email_folded, ?) > 0', [part])
      .orWhereRaw('instr(phone_folded, ?) > 0', [part]),
  )
}

import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { afterKey, type Key } from '../database/keyset.ts'
import type { TimeRange } from '../world/day-bounds.ts'
import type { Customer } from './customer.ts'
import type { CustomerFilter } from './customer-filter.ts'
import { type CustomerRow, customersOf } from './customer-rows.ts'
import type { CountRange } from './read-filters.ts'

/** Which customers a list shows, and in which order. */
export interface CustomerQuery {
  readonly search: string | null
  readonly filter: CustomerFilter
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
  const [all, column] = [foundCustomers(knex, workspaceId, query), columnOf[query.sortBy]]
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

export async function countCustomers(
  knex: Knex,
  workspaceId: string,
  query: Pick<CustomerQuery, 'search' | 'filter'>,
): Promise<number> {
  const [row] = await foundCustomers(knex, workspaceId, query).count<{ size: number | string }[]>({ size: '*' })
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

/**
 * Everybody whom a list is about. Each filter is a comparison that an index is met by, never a look into JSON.
 * `instr` takes the text literally, and compares the folded columns byte by byte on every database.
 */
export function foundCustomers(
  knex: Knex,
  workspaceId: string,
  { search, filter }: Pick<CustomerQuery, 'search' | 'filter'>,
): Knex.QueryBuilder {
  const all = knex('customers').where({ workspace_id: workspaceId })
  narrow(all, workspaceId, filter)
  if (search === null) return all
  const part = folded(search)
  return all.where((any) =>
    any
      .whereRaw('instr(name_folded, ?) > 0', [part])
      .orWhereRaw('instr(email_folded, ?) > 0', [part])
      .orWhereRaw('instr(phone_folded, ?) > 0', [part]),
  )
}

function narrow(all: Knex.QueryBuilder, workspaceId: string, filter: CustomerFilter): void {
  for (const place of ['city', 'state', 'country'] as const) {
    if (filter[place] !== null) all.where(`${place}_folded`, filter[place])
  }
  if (filter.gender !== null) all.where('gender', filter.gender)
  if (filter.consent === 'unasked') all.whereNull('email_consent')
  else if (filter.consent !== null) all.where('email_consent', filter.consent === 'given')
  withinCounts(all, 'total_spending_minor', filter.spendingMinor)
  withinCounts(all, 'visit_count', filter.visits)
  withinTimes(all, 'last_visit_at_ms', filter.lastVisit)
  withinTimes(all, 'created_at_ms', filter.created)
  const { tag } = filter
  if (tag !== null) {
    all.whereIn('id', (tagged) =>
      tagged.from('customer_tags').where({ workspace_id: workspaceId, tag_folded: tag }).select('customer_id'),
    )
  }
  for (const { name, key } of filter.attributes) {
    all.whereIn('id', (having) =>
      having
        .from('customer_attributes')
        .where({ workspace_id: workspaceId, name, value_key: key })
        .select('customer_id'),
    )
  }
}

function withinCounts(all: Knex.QueryBuilder, column: string, { least, most }: CountRange): void {
  if (least !== null) all.where(column, '>=', least)
  if (most !== null) all.where(column, '<=', most)
}

function withinTimes(all: Knex.QueryBuilder, column: string, { fromMs, beforeMs }: TimeRange): void {
  if (fromMs !== null) all.where(column, '>=', fromMs)
  if (beforeMs !== null) all.where(column, '<', beforeMs)
}

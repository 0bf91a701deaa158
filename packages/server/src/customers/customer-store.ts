import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { byChunks, insertRows } from '../database/insert-rows.ts'
import { afterKey, type Key } from '../database/keyset.ts'
import type { Customer, CustomerFacts, Opening } from './customer.ts'

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

interface CustomerRow {
  readonly id: string
  readonly external_id: string | null
  readonly email: string
  readonly name: string
  readonly phone: string | null
  readonly city: string | null
  readonly state: string | null
  readonly country: string | null
  readonly gender: string | null
  readonly birthday: string | null
  readonly email_consent: number | boolean | null
  readonly consent_source: string | null
  readonly consent_at_ms: number | null
  readonly opening_spending_minor: number
  readonly opening_visits: number
  readonly opening_last_visit_at_ms: number | null
  readonly total_spending_minor: number
  readonly order_count: number
  readonly visit_count: number
  readonly last_visit_at_ms: number | null
  readonly attributes: string
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

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
  return withTags(knex, workspaceId, rows)
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

export async function countCustomers(knex: Knex, workspaceId: string, search: string | null): Promise<number> {
  const [row] = await found(knex, workspaceId, search).count<{ size: number | string }[]>({ size: '*' })
  return Number(row?.size ?? 0)
}

export async function findCustomer(knex: Knex, workspaceId: string, customerId: string): Promise<Customer | null> {
  const [customer] = await findCustomers(knex, workspaceId, 'id', [customerId])
  return customer ?? null
}

/** The customers with one of these ids, external ids or folded e-mail addresses. */
export async function findCustomers(
  knex: Knex,
  workspaceId: string,
  by: 'id' | 'external_id' | 'email_folded',
  values: Iterable<string>,
): Promise<readonly Customer[]> {
  const rows = await byChunks<string, CustomerRow>(values, (chunk) =>
    knex('customers').where({ workspace_id: workspaceId }).whereIn(by, chunk).select(),
  )
  return withTags(knex, workspaceId, rows)
}

/** Which customers orders name, without their facts: id by external id or folded e-mail address. */
export async function findCustomerIds(
  knex: Knex,
  workspaceId: string,
  by: 'id' | 'external_id' | 'email_folded',
  values: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await byChunks<string, { id: string; named: string }>(values, (chunk) =>
    knex('customers').where({ workspace_id: workspaceId }).whereIn(by, chunk).select('id', { named: by }),
  )
  return new Map(rows.map(({ id, named }) => [named, id]))
}

/** Holds these customers until the transaction ends, always in one order. Whoever changes their orders comes here first. */
export async function lockCustomers(
  transaction: Knex.Transaction,
  workspaceId: string,
  ids: Iterable<string>,
): Promise<void> {
  await byChunks([...ids].sort(), (chunk) =>
    transaction('customers')
      .where({ workspace_id: workspaceId })
      .whereIn('id', chunk)
      .orderBy('id')
      .forUpdate()
      .select('id'),
  )
}

/** Customers without orders yet: their figures are what they bring along. */
export async function insertCustomers(knex: Knex, workspaceId: string, customers: readonly Customer[]): Promise<void> {
  await insertRows(
    knex,
    'customers',
    customers.map((customer) => ({
      id: customer.id,
      workspace_id: workspaceId,
      ...columnsOf(customer),
      total_spending_minor: customer.openingSpendingMinor,
      order_count: 0,
      visit_count: customer.openingVisits,
      last_visit_at_ms: customer.openingLastVisitAtMs,
      created_at_ms: customer.createdAtMs,
      updated_at_ms: customer.updatedAtMs,
    })),
  )
  await insertTags(knex, workspaceId, customers)
}

/** Writes facts and opening; the figures that follow from them are recomputed by `recomputeFigures`. */
export async function updateCustomer(
  knex: Knex,
  workspaceId: string,
  customer: CustomerFacts & Opening & { readonly id: string },
  nowMs: number,
): Promise<void> {
  await knex('customers')
    .where({ workspace_id: workspaceId, id: customer.id })
    .update({ ...columnsOf(customer), updated_at_ms: nowMs })
  await knex('customer_tags').where({ workspace_id: workspaceId, customer_id: customer.id }).delete()
  await insertTags(knex, workspaceId, [customer])
}

/** Erases the person. Orders and messages stay, so that past revenue and results stay true. */
export async function deleteCustomer(knex: Knex, workspaceId: string, customerId: string): Promise<void> {
  await knex('customer_tags').where({ workspace_id: workspaceId, customer_id: customerId }).delete()
  await knex('customers').where({ workspace_id: workspaceId, id: customerId }).delete()
}

/** How many messages each of these customers has been sent or is to be sent. */
export async function countMessages(
  knex: Knex,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows: readonly { customer_id: string; size: number | string }[] = await knex('customer_messages')
    .where({ workspace_id: workspaceId })
    .whereIn('customer_id', [...ids])
    .groupBy('customer_id')
    .select('customer_id')
    .count({ size: '*' })
  return new Map(rows.map(({ customer_id, size }) => [customer_id, Number(size)]))
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

async function withTags(knex: Knex, workspaceId: string, rows: readonly CustomerRow[]): Promise<readonly Customer[]> {
  const ids = rows.map(({ id }) => id)
  const tagRows = await byChunks<string, { customer_id: string; tag: string }>(ids, (chunk) =>
    knex('customer_tags')
      .where({ workspace_id: workspaceId })
      .whereIn('customer_id', chunk)
      .orderBy('tag_folded')
      .select('customer_id', 'tag'),
  )
  const tags = new Map(ids.map((id): [string, string[]] => [id, []]))
  for (const { customer_id, tag } of tagRows) tags.get(customer_id)?.push(tag)
  return rows.map((row) => customerOf(row, tags.get(row.id) ?? []))
}

async function insertTags(
  knex: Knex,
  workspaceId: string,
  customers: readonly { readonly id: string; readonly tags: readonly string[] }[],
): Promise<void> {
  const rows = customers.flatMap(({ id, tags }) =>
    tags.map((tag) => ({ workspace_id: workspaceId, customer_id: id, tag, tag_folded: folded(tag) })),
  )
  await insertRows(knex, 'customer_tags', rows)
}

function columnsOf(customer: CustomerFacts & Opening): Readonly<Record<string, unknown>> {
  return {
    external_id: customer.externalId,
    email: customer.email,
    email_folded: folded(customer.email),
    name: customer.name,
    name_folded: folded(customer.name),
    phone: customer.phone,
    phone_folded: folded(customer.phone),
    city: customer.city,
    city_folded: folded(customer.city),
    state: customer.state,
    state_folded: folded(customer.state),
    country: customer.country,
    country_folded: folded(customer.country),
    gender: customer.gender,
    birthday: customer.birthday,
    email_consent: customer.emailConsent,
    consent_source: customer.consentSource,
    consent_at_ms: customer.consentAtMs,
    opening_spending_minor: customer.openingSpendingMinor,
    opening_visits: customer.openingVisits,
    opening_last_visit_at_ms: customer.openingLastVisitAtMs,
    attributes: JSON.stringify(customer.attributes),
    attributes_folded: folded(JSON.stringify(customer.attributes)),
  }
}

/** Drivers answer BIGINT as a number or a text, and truth as 0 or 1. */
function customerOf(row: CustomerRow, tags: readonly string[]): Customer {
  return {
    id: row.id,
    externalId: row.external_id,
    email: row.email,
    name: row.name,
    phone: row.phone,
    city: row.city,
    state: row.state,
    country: row.country,
    gender: row.gender,
    birthday: row.birthday,
    tags,
    emailConsent: row.email_consent === null ? null : Boolean(row.email_consent),
    consentSource: row.consent_source,
    consentAtMs: numberOrNull(row.consent_at_ms),
    attributes: JSON.parse(row.attributes),
    openingSpendingMinor: Number(row.opening_spending_minor),
    openingVisits: Number(row.opening_visits),
    openingLastVisitAtMs: numberOrNull(row.opening_last_visit_at_ms),
    totalSpendingMinor: Number(row.total_spending_minor),
    orderCount: Number(row.order_count),
    visitCount: Number(row.visit_count),
    lastVisitAtMs: numberOrNull(row.last_visit_at_ms),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }
}

function numberOrNull(value: number | null): number | null {
  return value === null ? null : Number(value)
}

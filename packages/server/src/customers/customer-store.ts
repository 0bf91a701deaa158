import type { Knex } from 'knex'
import { indexAttributes } from '../attributes/index-values.ts'
import { folded } from '../database/folded.ts'
import { byChunks, insertRows } from '../database/insert-rows.ts'
import type { Customer, CustomerFacts, Opening } from './customer.ts'
import { type CustomerRow, columnsOf, customersOf } from './customer-rows.ts'

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
  return customersOf(knex, workspaceId, rows)
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
  await indexAttributes(knex, workspaceId, customers, { isNew: true })
}

/** Writes facts and opening; the figures that follow from them are recomputed by `recomputeFigures`. */
export async function updateCustomer(
  knex: Knex,
  workspaceId: string,
  before: Pick<CustomerFacts, 'attributes'>,
  customer: CustomerFacts & Opening & { readonly id: string },
  nowMs: number,
): Promise<void> {
  await knex('customers')
    .where({ workspace_id: workspaceId, id: customer.id })
    .update({ ...columnsOf(customer), updated_at_ms: nowMs })
  await knex('customer_tags').where({ workspace_id: workspaceId, customer_id: customer.id }).delete()
  await insertTags(knex, workspaceId, [customer])
  // Most changes are about something else, and an import makes thousands of them.
  const isSame = JSON.stringify(before.attributes) === JSON.stringify(customer.attributes)
  if (!isSame) await indexAttributes(knex, workspaceId, [customer], { isNew: false })
}

/** Writes these customers' tags anew, and that they changed. */
export async function replaceTags(
  knex: Knex,
  workspaceId: string,
  customers: readonly { readonly id: string; readonly tags: readonly string[] }[],
  nowMs: number,
): Promise<void> {
  const ids = customers.map(({ id }) => id)
  await byChunks(ids, async (chunk) => {
    await knex('customer_tags').where({ workspace_id: workspaceId }).whereIn('customer_id', chunk).delete()
    await knex('customers').where({ workspace_id: workspaceId }).whereIn('id', chunk).update({ updated_at_ms: nowMs })
    return []
  })
  await insertTags(knex, workspaceId, customers)
}

/** Erases the person. Orders and messages stay, so that past revenue and results stay true. */
export async function deleteCustomer(knex: Knex, workspaceId: string, customerId: string): Promise<void> {
  await knex('customer_tags').where({ workspace_id: workspaceId, customer_id: customerId }).delete()
  await knex('customers').where({ workspace_id: workspaceId, id: customerId }).delete()
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

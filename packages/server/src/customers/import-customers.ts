import type { Knex } from 'knex'
import { noteChanges } from '../database/changed-hours.ts'
import { folded } from '../database/folded.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import type { Fault } from '../problems/problem-error.ts'
import { attributesFor, withReadAttributes } from './check-attributes.ts'
import { consentChanges } from './consent-change.ts'
import { recordConsentChanges } from './consent-store.ts'
import { createdAtMs, newCustomer, openingAfter } from './create-customer.ts'
import type { Customer, CustomerInput } from './customer.ts'
import { factsAfter, respectingWithdrawal, sameFacts } from './customer-facts.ts'
import type { Author, CustomerParts } from './customer-parts.ts'
import { findCustomerIds, findCustomers, insertCustomers, lockCustomers, updateCustomer } from './customer-store.ts'
import { recomputeFigures } from './figures-store.ts'
import type { CheckedRow, RowResult } from './import-rows.ts'

/**
 * Takes many customers at once, each row for itself: a row is known again by its external id or else by its
 * e-mail address, so that sending the same rows twice changes nothing. Spending, visits and last visit are
 * what customers bring along from before the orders stored here.
 */
export async function importCustomers(
  { knex, world }: CustomerParts,
  { workspaceId, userId }: Author,
  checked: readonly CheckedRow<CustomerInput>[],
): Promise<readonly RowResult[]> {
  return inTransaction(
    knex,
    async (transaction) => {
      const rows = await withAttributes(transaction, workspaceId, checked)
      const known = await knownCustomers(transaction, workspaceId, rows)
      const results = rows.map((row, index) =>
        row.ok ? take(row.value, index, known, world) : rejected(index, row.faults),
      )
      await insertCustomers(transaction, workspaceId, [...known.added.values()])
      const nowMs = world.nowMs()
      for (const customer of known.changed.values()) {
        const before = known.stored.get(customer.id) ?? { attributes: {} }
        await updateCustomer(transaction, workspaceId, before, customer, nowMs)
      }
      const written = [...known.added.values(), ...known.changed.values()]
      const pairs = written.map((after) => ({ before: known.stored.get(after.id) ?? null, after }))
      await recordConsentChanges(transaction, workspaceId, consentChanges(pairs, userId, nowMs, world.newId))
      await recomputeFigures(transaction, workspaceId, known.changed.keys())
      const addedAtMs = Array.from(known.added.values(), (customer) => customer.createdAtMs)
      if (written.length > 0) await noteChanges(transaction, workspaceId, addedAtMs)
      return results
    },
    isDuplicate,
  )
}

/** The rows with the values of the workspace's attributes in their stored form. */
async function withAttributes(
  transaction: Knex.Transaction,
  workspaceId: string,
  rows: readonly CheckedRow<CustomerInput>[],
): Promise<readonly CheckedRow<CustomerInput>[]> {
  const inputs = rows.flatMap((row) => (row.ok ? [row.value] : []))
  const declared = await attributesFor(transaction, workspaceId, inputs)
  return rows.map((row) => (row.ok ? withReadAttributes(row.value, declared) : row))
}

/** The customers as they are and as the rows so far leave them. */
interface Known {
  /** As they were before the first row, by id. */
  readonly stored: ReadonlyMap<string, Customer>
  readonly byExternalId: Map<string, Customer>
  readonly byEmail: Map<string, Customer>
  /** To be inserted, by id. */
  readonly added: Map<string, Customer>
  /** To be updated, by id. */
  readonly changed: Map<string, Customer>
}

async function knownCustomers(
  transaction: Knex.Transaction,
  workspaceId: string,
  rows: readonly CheckedRow<CustomerInput>[],
): Promise<Known> {
  const inputs = rows.flatMap((row) => (row.ok ? [row.value] : []))
  const externalIds = inputs.flatMap(({ externalId }) => externalId ?? [])
  const emails = inputs.map(({ email }) => folded(email))
  const ids = new Set([
    ...(await findCustomerIds(transaction, workspaceId, 'external_id', externalIds)).values(),
    ...(await findCustomerIds(transaction, workspaceId, 'email_folded', emails)).values(),
  ])
  // Read only once they are held: what was read before could be written back over somebody else's change.
  await lockCustomers(transaction, workspaceId, ids)
  const stored = await findCustomers(transaction, workspaceId, 'id', ids)
  const known: Known = {
    stored: new Map(stored.map((customer) => [customer.id, customer])),
    byExternalId: new Map(),
    byEmail: new Map(),
    added: new Map(),
    changed: new Map(),
  }
  for (const customer of stored) remember(known, customer)
  return known
}

function take(stated: CustomerInput, index: number, known: Known, world: CustomerParts['world']): RowResult {
  const byExternalId = stated.externalId ? known.byExternalId.get(stated.externalId) : undefined
  const byEmail = known.byEmail.get(folded(stated.email))
  const before = byExternalId ?? byEmail
  const fault = conflict(stated, byExternalId, byEmail)
  if (fault !== null) return rejected(index, [fault])
  const nowMs = world.nowMs()
  const input = respectingWithdrawal(stated, before ?? null)
  const told = input !== stated && stated.emailConsent !== false ? { note: consentKept } : {}
  const facts = factsAfter(input, before ?? null, nowMs)
  const opening = openingAfter(input, before ?? null)
  if (before === undefined) {
    const customer = newCustomer(world.newId(), facts, opening, createdAtMs(input, nowMs), nowMs)
    known.added.set(customer.id, customer)
    remember(known, customer)
    return { row: index, status: 'created', id: customer.id }
  }
  const after = { ...before, ...facts, ...opening }
  if (sameFacts(before, after) && sameOpening(before, after)) {
    return { row: index, status: 'unchanged', id: before.id, ...told }
  }
  forget(known, before)
  remember(known, after)
  const waiting = known.added.has(before.id) ? known.added : known.changed
  waiting.set(before.id, after)
  return { row: index, status: 'updated', id: before.id, ...told }
}

const consentKept = 'This customer has withdrawn their consent, and an import does not give it back'

function conflict(
  input: CustomerInput,
  byExternalId: Customer | undefined,
  byEmail: Customer | undefined,
): Fault | null {
  if (byExternalId !== undefined && byEmail !== undefined && byExternalId.id !== byEmail.id) {
    return { path: '/email', message: `Another customer than the one with the external id has this e-mail address` }
  }
  const isOther = byExternalId === undefined && input.externalId && byEmail?.externalId
  if (!isOther) return null
  return { path: '/externalId', message: 'The customer with this e-mail address has another external id' }
}

function sameOpening(one: Customer, other: Customer): boolean {
  return (
    one.openingSpendingMinor === other.openingSpendingMinor &&
    one.openingVisits === other.openingVisits &&
    one.openingLastVisitAtMs === other.openingLastVisitAtMs
  )
}

function remember(known: Known, customer: Customer): void {
  if (customer.externalId !== null) known.byExternalId.set(customer.externalId, customer)
  known.byEmail.set(folded(customer.email), customer)
}

function forget(known: Known, customer: Customer): void {
  if (customer.externalId !== null) known.byExternalId.delete(customer.externalId)
  known.byEmail.delete(folded(customer.email))
}

function rejected(index: number, reasons: readonly Fault[]): RowResult {
  return { row: index, status: 'rejected', reasons }
}

import { noteChanges } from '../database/changed-hours.ts'
import { folded } from '../database/folded.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { minorOf } from '../money/minor-units.ts'
import { invalidInput, type ProblemError } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'
import { readAttributes } from './check-attributes.ts'
import { consentChanges } from './consent-change.ts'
import { recordConsentChanges } from './consent-store.ts'
import type { Customer, CustomerFacts, CustomerInput, Opening } from './customer.ts'
import { factsAfter } from './customer-facts.ts'
import type { Author, CustomerParts } from './customer-parts.ts'
import { findCustomerIds, insertCustomers } from './customer-store.ts'

/** Adds a customer. Spending, visits and last visit, where stated, are what they bring along. */
export async function createCustomer(
  { knex, world }: CustomerParts,
  { workspaceId, userId }: Author,
  stated: CustomerInput,
): Promise<Customer> {
  const nowMs = world.nowMs()
  const id = world.newId()
  return inTransaction(
    knex,
    async (transaction) => {
      const input = await readAttributes(transaction, workspaceId, stated)
      const facts = factsAfter(input, null, nowMs)
      const customer = newCustomer(id, facts, openingAfter(input, null), createdAtMs(input, nowMs), nowMs)
      await refuseTaken(transaction, workspaceId, customer)
      await insertCustomers(transaction, workspaceId, [customer])
      await noteChanges(transaction, workspaceId, [customer.createdAtMs])
      const changes = consentChanges([{ before: null, after: customer }], userId, nowMs, world.newId)
      await recordConsentChanges(transaction, workspaceId, changes)
      return customer
    },
    isDuplicate,
  )
}

/** A customer without orders. */
export function newCustomer(
  id: string,
  facts: CustomerFacts,
  opening: Opening,
  createdAtMs: number,
  nowMs: number,
): Customer {
  return {
    id,
    ...facts,
    ...opening,
    totalSpendingMinor: opening.openingSpendingMinor,
    orderCount: 0,
    visitCount: opening.openingVisits,
    lastVisitAtMs: opening.openingLastVisitAtMs,
    createdAtMs,
    updatedAtMs: nowMs,
  }
}

/** The opening that a request states; what it does not mention stays as it was. */
export function openingAfter(input: CustomerInput, before: Opening | null): Opening {
  return {
    openingSpendingMinor:
      input.totalSpending === undefined ? (before?.openingSpendingMinor ?? 0) : (minorOf(input.totalSpending) ?? 0),
    openingVisits: input.visitCount ?? before?.openingVisits ?? 0,
    openingLastVisitAtMs:
      input.lastVisit === undefined
        ? (before?.openingLastVisitAtMs ?? null)
        : input.lastVisit === null
          ? null
          : momentMs(input.lastVisit),
  }
}

/** Since when somebody is a customer: as stated, or now. */
export function createdAtMs({ createdAt }: CustomerInput, nowMs: number): number {
  return createdAt === undefined ? nowMs : (momentMs(createdAt) ?? nowMs)
}

/** Fails when another customer has the e-mail address or the external id. */
export async function refuseTaken(
  knex: Parameters<typeof findCustomerIds>[0],
  workspaceId: string,
  { id, email, externalId }: Pick<Customer, 'id' | 'email' | 'externalId'>,
): Promise<void> {
  const byEmail = (await findCustomerIds(knex, workspaceId, 'email_folded', [folded(email)])).get(folded(email))
  if (byEmail !== undefined && byEmail !== id) throw taken('/email', 'Another customer has this e-mail address')
  if (externalId === null) return
  const byExternalId = (await findCustomerIds(knex, workspaceId, 'external_id', [externalId])).get(externalId)
  if (byExternalId !== undefined && byExternalId !== id)
    throw taken('/externalId', 'Another customer has this external id')
}

function taken(path: string, message: string): ProblemError {
  return invalidInput([{ path, message }], 'CUSTOMER_EMAIL_TAKEN')
}

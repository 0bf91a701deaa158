import { noteChanges } from '../database/changed-hours.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { checkVersion } from '../database/version-of.ts'
import { majorOf, minorOf } from '../money/minor-units.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import { readAttributes } from './check-attributes.ts'
import { consentChanges } from './consent-change.ts'
import { recordConsentChanges } from './consent-store.ts'
import { openingAfter, refuseTaken } from './create-customer.ts'
import type { Customer, CustomerInput, Opening } from './customer.ts'
import { factsAfter } from './customer-facts.ts'
import type { Author, CustomerParts } from './customer-parts.ts'
import { deleteCustomer, findCustomer, lockCustomers, updateCustomer } from './customer-store.ts'
import { recomputeFigures } from './figures-store.ts'

/**
 * Replaces what the form shows (an absent phone is a cleared one) and keeps what it does not.
 * Spending and visits are stated as totals; what the orders say of them cannot be talked away.
 * @param expected the version that the change was made from, or null for whatever is stored
 */
export async function changeCustomer(
  { knex, world }: CustomerParts,
  { workspaceId, userId }: Author,
  customerId: string,
  stated: CustomerInput,
  expected: string | null = null,
): Promise<Customer> {
  return inTransaction(
    knex,
    async (transaction) => {
      await lockCustomers(transaction, workspaceId, [customerId])
      const before = await existing(transaction, workspaceId, customerId)
      checkVersion(before, expected)
      const input = await readAttributes(transaction, workspaceId, stated)
      const nowMs = world.nowMs()
      const facts = factsAfter({ ...input, phone: input.phone ?? null }, before, nowMs)
      const customer = { id: customerId, ...facts, ...openingOfTotals(input, before) }
      await refuseTaken(transaction, workspaceId, customer)
      await updateCustomer(transaction, workspaceId, before, customer, nowMs)
      const changes = consentChanges([{ before, after: customer }], userId, nowMs, world.newId)
      await recordConsentChanges(transaction, workspaceId, changes)
      await recomputeFigures(transaction, workspaceId, [customerId])
      await noteChanges(transaction, workspaceId, [])
      return existing(transaction, workspaceId, customerId)
    },
    isDuplicate,
  )
}

/** Erases a customer's personal data; the orders and the messages stay, without the person. */
export async function eraseCustomer(
  { knex, eraseTraces }: CustomerParts,
  workspaceId: string,
  customerId: string,
  expected: string | null = null,
): Promise<void> {
  await inTransaction(knex, async (transaction) => {
    await lockCustomers(transaction, workspaceId, [customerId])
    const customer = await existing(transaction, workspaceId, customerId)
    checkVersion(customer, expected)
    await eraseTraces(transaction, workspaceId, customerId)
    await deleteCustomer(transaction, workspaceId, customerId)
    await noteChanges(transaction, workspaceId, [customer.createdAtMs])
  })
}

/** @throws ProblemError when the workspace has no such customer */
export async function existing(
  knex: Parameters<typeof findCustomer>[0],
  workspaceId: string,
  customerId: string,
): Promise<Customer> {
  const customer = await findCustomer(knex, workspaceId, customerId)
  if (customer === null) throw unknownCustomer()
  return customer
}

function unknownCustomer(): ProblemError {
  return new ProblemError('CUSTOMER_NOT_FOUND', 'There is no such customer')
}

function openingOfTotals(input: CustomerInput, before: Customer): Opening {
  const fromOrdersMinor = before.totalSpendingMinor - before.openingSpendingMinor
  const opening = openingAfter(input, before)
  const spendingMinor = input.totalSpending === undefined ? null : (minorOf(input.totalSpending) ?? 0)
  if (spendingMinor !== null && spendingMinor < fromOrdersMinor) {
    throw below(
      '/totalSpending',
      `"totalSpending" cannot be below ${majorOf(fromOrdersMinor)}, which the completed orders sum to`,
    )
  }
  if (input.visitCount !== undefined && input.visitCount < before.orderCount) {
    throw below('/visitCount', `"visitCount" cannot be below ${before.orderCount}, the number of orders`)
  }
  return {
    openingSpendingMinor: spendingMinor === null ? before.openingSpendingMinor : spendingMinor - fromOrdersMinor,
    openingVisits: input.visitCount === undefined ? before.openingVisits : input.visitCount - before.orderCount,
    openingLastVisitAtMs: opening.openingLastVisitAtMs,
  }
}

function below(path: string, message: string): ProblemError {
  return invalidInput([{ path, message }], 'FIGURE_BELOW_ORDERS')
}

import { inTransaction } from '../database/in-transaction.ts'
import { existing } from './change-customer.ts'
import { consentChanges } from './consent-change.ts'
import { recordConsentChanges } from './consent-store.ts'
import type { Customer, CustomerInput } from './customer.ts'
import { factsAfter } from './customer-facts.ts'
import type { Author, CustomerParts } from './customer-parts.ts'
import { lockCustomers, updateCustomer } from './customer-store.ts'

/** What a customer has answered, through what, and when. */
export type ConsentAnswer = Required<Pick<CustomerInput, 'emailConsent'>> &
  Pick<CustomerInput, 'consentSource' | 'consentAt'>

/** Writes down a customer's answer, on purpose: this alone gives back a consent that was withdrawn. */
export async function changeConsent(
  { knex, world }: CustomerParts,
  { workspaceId, userId }: Author,
  customerId: string,
  answer: ConsentAnswer,
): Promise<Customer> {
  return inTransaction(knex, async (transaction) => {
    await lockCustomers(transaction, workspaceId, [customerId])
    const before = await existing(transaction, workspaceId, customerId)
    const nowMs = world.nowMs()
    const facts = factsAfter({ email: before.email, name: before.name, ...answer }, before, nowMs)
    const after = { ...before, ...facts }
    const changes = consentChanges([{ before, after }], userId, nowMs, world.newId)
    if (changes.length === 0) return before
    await updateCustomer(transaction, workspaceId, before, after, nowMs)
    await recordConsentChanges(transaction, workspaceId, changes)
    return existing(transaction, workspaceId, customerId)
  })
}

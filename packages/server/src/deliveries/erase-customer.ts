import type { Knex } from 'knex'

/**
 * Takes what is personal out of a customer's messages: the address and the texts. What was sent when, and what became
 * of it, stays. Messages that were not sent yet are suppressed when their turn comes, because the customer is gone. To
 * be called in the transaction that deletes the customer.
 */
export async function eraseCustomer(
  transaction: Knex | Knex.Transaction,
  workspaceId: string,
  customerId: string,
): Promise<void> {
  await transaction('messages')
    .where({ workspace_id: workspaceId, customer_id: customerId })
    .update({ address: null, body: null })
}

import type { FailureCode } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import type { MessageRow } from './message-rows.ts'

/**
 * Why each of these messages must not be sent, as it stands in this transaction. Whoever withdraws consent locks the
 * customer too, so a withdrawal that commits comes wholly before or wholly after.
 */
export async function findObjections(
  { dialect }: Database,
  transaction: Knex.Transaction,
  messages: readonly MessageRow[],
): Promise<ReadonlyMap<string, FailureCode>> {
  if (messages.length === 0) return new Map()
  const wanted = transaction('customers')
    .join('workspaces', 'workspaces.id', 'customers.workspace_id')
    .whereIn('customers.id', [...new Set(messages.map(({ customer_id }) => customer_id))])
    .select('customers.id', 'customers.workspace_id', 'customers.email_consent', 'workspaces.consent_policy')
  const people: Person[] = await (dialect === 'sqlite' ? wanted : wanted.forShare('customers'))
  const suppressed: { workspace_id: string; address: string }[] = await transaction('suppressions')
    .whereIn('workspace_id', [...new Set(messages.map(({ workspace_id }) => workspace_id))])
    .whereIn('address', [...new Set(messages.map(({ address }) => address ?? ''))])
    .select('workspace_id', 'address')
  const personOf = new Map(people.map((person) => [`${person.workspace_id} ${person.id}`, person]))
  const isSuppressed = new Set(suppressed.map(({ workspace_id, address }) => `${workspace_id} ${address}`))
  const objections = new Map<string, FailureCode>()
  for (const { id, workspace_id, customer_id, address } of messages) {
    const objection = isSuppressed.has(`${workspace_id} ${address}`)
      ? 'OPTED_OUT'
      : objectionOf(personOf.get(`${workspace_id} ${customer_id}`))
    if (objection !== null) objections.set(id, objection)
  }
  return objections
}

interface Person {
  readonly id: string
  readonly workspace_id: string
  readonly email_consent: boolean | number | null
  readonly consent_policy: 'opt-in' | 'opt-out'
}

function objectionOf(person: Person | undefined): FailureCode | null {
  if (person === undefined) return 'CUSTOMER_GONE'
  if (person.email_consent === null) return person.consent_policy === 'opt-in' ? 'CONSENT_MISSING' : null
  return person.email_consent ? null : 'CONSENT_REFUSED'
}

import type { FailureCode } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { among } from '../database/among.ts'
import type { Database } from '../database/connect.ts'
import { hasCap } from './frequency-cap.ts'
import type { MessageRow } from './message-rows.ts'
import type { HeldRun } from './run-rows.ts'

/**
 * Why each of these messages must not be sent, as it stands in this transaction. Whoever withdraws consent locks the
 * customer too, so a withdrawal that commits comes wholly before or wholly after. Where there is a cap, two permits for
 * one customer come one after the other as well.
 */
export async function findObjections(
  { dialect }: Pick<Database, 'dialect'>,
  transaction: Knex.Transaction,
  messages: readonly MessageRow[],
  runs: ReadonlyMap<string, HeldRun>,
): Promise<ReadonlyMap<string, FailureCode>> {
  if (messages.length === 0) return new Map()
  const wanted = among(
    { dialect },
    // In one order, so that two transactions that want the same customers wait instead of deadlocking.
    transaction('customers').orderBy('id').select('id', 'workspace_id', 'email_consent'),
    'id',
    messages.map(({ customer_id }) => customer_id),
  )
  const held = dialect === 'sqlite' ? wanted : hasCap(runs) ? wanted.forUpdate() : wanted.forShare()
  const people: Person[] = await held
  const suppressed: { workspace_id: string; address: string }[] = await among(
    { dialect },
    transaction('suppressions')
      .whereIn('workspace_id', [...new Set(messages.map(({ workspace_id }) => workspace_id))])
      .select('workspace_id', 'address'),
    'address',
    messages.map(({ address }) => address ?? ''),
  )
  const personOf = new Map(people.map((person) => [`${person.workspace_id} ${person.id}`, person]))
  const isSuppressed = new Set(suppressed.map(({ workspace_id, address }) => `${workspace_id} ${address}`))
  const objections = new Map<string, FailureCode>()
  for (const { id, run_id, workspace_id, customer_id, address } of messages) {
    const run = runs.get(run_id)
    const objection = isSuppressed.has(`${workspace_id} ${address}`)
      ? 'OPTED_OUT'
      : // Whoever sent themselves a test agrees to it, and is no customer.
        run?.is_test
        ? null
        : objectionOf(personOf.get(`${workspace_id} ${customer_id}`), run?.consent_policy ?? 'opt-in')
    if (objection !== null) objections.set(id, objection)
  }
  return objections
}

interface Person {
  readonly id: string
  readonly workspace_id: string
  readonly email_consent: boolean | number | null
}

function objectionOf(person: Person | undefined, policy: HeldRun['consent_policy']): FailureCode | null {
  if (person === undefined) return 'CUSTOMER_GONE'
  if (person.email_consent === null) return policy === 'opt-in' ? 'CONSENT_MISSING' : null
  return person.email_consent ? null : 'CONSENT_REFUSED'
}

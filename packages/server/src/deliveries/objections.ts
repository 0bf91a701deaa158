import type { FailureCode } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { inOrder, locking, oneOf, rowsOf } from '../database/plain-sql.ts'
import { hasCap } from './frequency-cap.ts'
import type { MessageRow } from './message-rows.ts'
import type { HeldRun } from './run-rows.ts'

/**
 * Why each of these messages must not be sent, as it stands in this transaction. Whoever withdraws consent or suppresses
 * an address locks the customer too, so a withdrawal that commits comes wholly before or wholly after. Where there is a
 * cap, two permits for one customer come one after the other as well.
 */
export async function findObjections(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  messages: readonly MessageRow[],
  runs: ReadonlyMap<string, HeldRun>,
): Promise<ReadonlyMap<string, FailureCode>> {
  if (messages.length === 0) return new Map()
  const objections = new Map<string, FailureCode>()
  for (const person of await readPeople(database, transaction, messages, hasCap(runs) ? 'update' : 'share')) {
    const run = runs.get(person.run_id)
    const objection =
      person.suppressed !== null
        ? 'OPTED_OUT'
        : // Whoever sent themselves a test agrees to it, and is no customer.
          run?.is_test
          ? null
          : objectionOf(person, run?.consent_policy ?? 'opt-in')
    if (objection !== null) objections.set(person.message_id, objection)
  }
  return objections
}

/** What is known of the person a message goes to. */
interface Person {
  readonly message_id: string
  readonly run_id: string
  /** Null when there is no such customer any more. */
  readonly customer_id: string | null
  readonly email_consent: boolean | number | null
  /** The address, if nobody is to write to it. */
  readonly suppressed: string | null
}

/**
 * Customers before suppressions: what is read of these must be what stands there when the customer is held. Customers
 * come in the order of their messages, so two permits that hold back several runs for the same people can deadlock; then
 * one of them is done again.
 */
function readPeople(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  messages: readonly MessageRow[],
  lock: 'share' | 'update',
): Promise<readonly Person[]> {
  const chosen = oneOf(
    database,
    messages.map(({ id }) => id),
  )
  return rowsOf<Person>(database, transaction, {
    sql: `select ${inOrder(database)} m.id as message_id, m.run_id, c.id as customer_id, c.email_consent,
        s.address as suppressed
      from messages m
      left join customers c on c.id = m.customer_id and c.workspace_id = m.workspace_id
      left join suppressions s on s.workspace_id = m.workspace_id and s.address = m.address
      where m.id ${chosen.sql}${locking(database, lock)}`,
    values: chosen.values,
  })
}

function objectionOf(person: Person, policy: HeldRun['consent_policy']): FailureCode | null {
  if (person.customer_id === null) return 'CUSTOMER_GONE'
  if (person.email_consent === null) return policy === 'opt-in' ? 'CONSENT_MISSING' : null
  return person.email_consent ? null : 'CONSENT_REFUSED'
}

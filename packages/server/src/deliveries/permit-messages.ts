import { createHash } from 'node:crypto'
import {
  advance,
  type DeliveryPolicy,
  decideIntent,
  type FailureCode,
  type Intent,
  type IntentOutcome,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { closedAccounts } from './account-rows.ts'
import { keyOf } from './claim-messages.ts'
import { lockMessages, type MessageRow, standingColumns, standingOf, updateMessages } from './message-rows.ts'
import { holdRuns, type RunRow } from './run-rows.ts'
import type { RowChange } from './update-rows.ts'
import type { Writing } from './writing.ts'

/** The intent transaction: permits each message or says no, and writes the attempt down before anything is sent. */
export async function permitMessages(
  database: Database,
  { transaction, nowMs }: Writing,
  intents: readonly Intent[],
  leaseMs: number,
  policy: DeliveryPolicy,
): Promise<readonly IntentOutcome[]> {
  const runIds = intents.map(({ messageId }) => messageId.split('.')[0]!)
  const runs = await holdRuns(transaction, database, runIds)
  const messages = await lockMessages(
    transaction,
    database,
    intents.map(({ messageId }) => messageId),
  )
  const objections = await findObjections(database, transaction, [...messages.values()])
  const closed = await closedAccounts(
    transaction,
    [...runs.values()].map(({ account }) => account),
  )
  const bodies = await knownBodies(transaction, [...messages.values()])
  const changes: RowChange[] = []
  const attempts: object[] = []
  const outcomes = intents.map(({ messageId, token, epoch, body }): IntentOutcome => {
    const message = messages.get(messageId)
    const run = runs.get(message?.run_id ?? '')
    if (message === undefined || run === undefined) return { messageId, kind: 'refused' }
    const standing = standingOf(message)
    const decision = decideIntent(
      {
        message: standing,
        token,
        epoch,
        run,
        firstReachedAtMs: message.first_reached_at_ms,
        objection: objections.get(messageId) ?? null,
        closedUntilMs: closed.get(run.account) ?? null,
        nowMs,
      },
      policy,
    )
    if (decision.kind === 'stale') return { messageId, kind: 'refused' }
    if (decision.kind !== 'permitted') {
      changes.push({ id: messageId, set: standingColumns(advance(standing, decision), nowMs) })
      return { messageId, kind: 'refused' }
    }
    const text = bodies.get(messageId) ?? body
    const next = advance(standing, { kind: 'permitted', leaseUntilMs: nowMs + leaseMs })
    const firsts = {
      first_intent_at_ms: message.first_intent_at_ms ?? nowMs,
      first_reached_at_ms: message.first_reached_at_ms ?? nowMs,
    }
    changes.push({ id: messageId, set: { ...standingColumns(next, nowMs), ...firsts, body: text } })
    attempts.push(attemptRow(message, run, next.attempts, token, text, nowMs))
    return { messageId, kind: 'permitted' }
  })
  await updateMessages(transaction, changes)
  if (attempts.length > 0) await transaction('attempts').insert(attempts)
  return outcomes
}

function attemptRow(message: MessageRow, run: RunRow, number: number, token: number, body: string, nowMs: number) {
  return {
    message_id: message.id,
    number,
    token,
    account: run.account,
    result: 'open',
    code: null,
    reason: null,
    vendor_message_id: null,
    idempotency_key: keyOf(message.id),
    body_hash: createHash('sha256').update(body).digest('hex'),
    started_at_ms: nowMs,
    ended_at_ms: null,
  }
}

/** Texts that were fixed by an earlier attempt: a message is sent again byte for byte, or not at all. */
async function knownBodies(
  transaction: Knex.Transaction,
  messages: readonly MessageRow[],
): Promise<ReadonlyMap<string, string>> {
  const attempted = messages.filter(({ attempts }) => attempts > 0).map(({ id }) => id)
  if (attempted.length === 0) return new Map()
  const rows: { id: string; body: string }[] = await transaction('messages')
    .whereIn('id', attempted)
    .select('id', 'body')
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/**
 * Why each of these messages must not be sent, as it stands in this transaction. Whoever withdraws consent locks the
 * customer too, so a withdrawal that commits comes wholly before or wholly after.
 */
async function findObjections(
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

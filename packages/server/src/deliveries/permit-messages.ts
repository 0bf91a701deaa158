import { createHash } from 'node:crypto'
import {
  advance,
  type DeliveryPolicy,
  decideIntent,
  type Intent,
  type IntentDecision,
  type IntentOutcome,
  type IntentSituation,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { oneOf, rowsOf } from '../database/plain-sql.ts'
import { keyOf } from './claim-messages.ts'
import { countRecentMessages } from './frequency-cap.ts'
import { lockMessages, type MessageRow, standingColumns, standingOf, updateMessages } from './message-rows.ts'
import { findObjections } from './objections.ts'
import { quietUntilMs } from './quiet-hours.ts'
import { type HeldRun, holdRuns } from './run-rows.ts'
import { tellChanges } from './tell-changes.ts'
import type { RowChange } from './update-rows.ts'
import { type Row, writeRows } from './write-rows.ts'
import type { Writing } from './writing.ts'

/** The intent transaction: permits each message or says no, and writes the attempt down before anything is sent. */
export async function permitMessages(
  database: Database,
  writing: Writing,
  intents: readonly Intent[],
  leaseMs: number,
  policy: DeliveryPolicy,
): Promise<readonly IntentOutcome[]> {
  const { transaction, nowMs } = writing
  const decided = await decideIntents(database, writing, intents, policy)
  const permitted = decided.filter(({ decision }) => decision.kind === 'permitted')
  const bodies = await knownBodies(
    database,
    transaction,
    permitted.map(({ message }) => message),
  )
  const refusals: RowChange[] = []
  const permits: RowChange[] = []
  const attempts: Row[] = []
  for (const { message, run, decision, intent } of decided) {
    const standing = standingOf(message)
    if (decision.kind === 'stale') continue
    if (decision.kind !== 'permitted') {
      refusals.push({ id: message.id, set: standingColumns(advance(standing, decision), nowMs) })
      continue
    }
    const text = bodies.get(message.id) ?? intent.body
    const next = advance(standing, { kind: 'permitted', leaseUntilMs: nowMs + leaseMs })
    permits.push({ id: message.id, set: { ...standingColumns(next, nowMs), ...firstsOf(message, nowMs), body: text } })
    attempts.push(attemptRow(message, run, next.attempts, intent.token, text, nowMs))
  }
  await updateMessages(transaction, database, [...refusals, ...permits])
  const before = new Map(decided.map(({ message }) => [message.id, message]))
  // To be on its way is no news of a message.
  await tellChanges(database, transaction, before, refusals, nowMs)
  await writeRows(database, transaction, 'attempts', attempts)
  const ids = new Set(permitted.map(({ message }) => message.id))
  return intents.map(({ messageId }) => ({ messageId, kind: ids.has(messageId) ? 'permitted' : 'refused' }))
}

interface Decided {
  readonly intent: Intent
  readonly message: MessageRow
  readonly run: HeldRun
  readonly decision: IntentDecision
}

/** Reads everything that can forbid a message, each row locked as far as it matters, and asks the library. */
async function decideIntents(
  database: Database,
  { transaction, nowMs }: Writing,
  intents: readonly Intent[],
  policy: DeliveryPolicy,
): Promise<readonly Decided[]> {
  // A message's id begins with its run's, so that the runs can be held before their messages are looked at.
  const runs = await holdRuns(
    transaction,
    database,
    intents.map(({ messageId }) => messageId.split('.')[0]!),
  )
  const messages = await lockMessages(
    transaction,
    database,
    intents.map(({ messageId }) => messageId),
  )
  const objections = await findObjections(database, transaction, [...messages.values()], runs)
  const recent = await countRecentMessages(transaction, [...messages.values()], runs, nowMs)
  return intents.flatMap((intent): Decided[] => {
    const message = messages.get(intent.messageId)
    const run = runs.get(message?.run_id ?? '')
    if (message === undefined || run === undefined) return []
    const situation: IntentSituation = {
      message: standingOf(message),
      token: intent.token,
      epoch: intent.epoch,
      run,
      firstReachedAtMs: message.first_reached_at_ms,
      objection: objections.get(message.id) ?? null,
      windowClosesAtMs: run.closes_at_ms,
      isCapReached: recent.isCapReached(message, run),
      // Whoever sends a test wants to see it now.
      quietUntilMs: run.is_test ? null : quietUntilMs(run, nowMs),
      closedUntilMs: run.account_closed_until_ms,
      nowMs,
    }
    const decision = decideIntent(situation, policy)
    if (decision.kind === 'permitted') recent.add(message, run)
    return [{ intent, message, run, decision }]
  })
}

function firstsOf({ first_intent_at_ms, first_reached_at_ms }: MessageRow, nowMs: number) {
  return { first_intent_at_ms: first_intent_at_ms ?? nowMs, first_reached_at_ms: first_reached_at_ms ?? nowMs }
}

function attemptRow(message: MessageRow, run: HeldRun, number: number, token: number, body: string, nowMs: number) {
  return {
    message_id: message.id,
    number,
    token,
    account: run.account,
    result: 'open',
    idempotency_key: keyOf(message.id),
    body_hash: createHash('sha256').update(body).digest('hex'),
    started_at_ms: nowMs,
  }
}

/** Texts that were fixed by an earlier attempt: a message is sent again byte for byte, or not at all. */
async function knownBodies(
  database: Database,
  transaction: Knex.Transaction,
  messages: readonly MessageRow[],
): Promise<ReadonlyMap<string, string>> {
  const attempted = messages.filter(({ attempts }) => attempts > 0).map(({ id }) => id)
  if (attempted.length === 0) return new Map()
  const chosen = oneOf(database, attempted)
  const rows = await rowsOf<{ id: string; body: string }>(database, transaction, {
    sql: `select id, body from messages where id ${chosen.sql}`,
    values: chosen.values,
  })
  return new Map(rows.map(({ id, body }) => [id, body]))
}

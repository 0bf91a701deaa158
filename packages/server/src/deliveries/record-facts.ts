import {
  type AttemptFact,
  afterAttempts,
  type DeliveryPolicy,
  firstReachedAtMs,
  type Standing,
  settleAttempt,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { closeAccount } from './account-rows.ts'
import {
  type AttemptRow,
  attemptsOf,
  lockMessages,
  type MessageRow,
  standingColumns,
  standingOf,
  updateMessages,
} from './message-rows.ts'
import { pauseRun } from './run-rows.ts'
import { tellChanges } from './tell-changes.ts'
import { type RowChange, updateRows } from './update-rows.ts'
import type { Writing } from './writing.ts'

/** Writes down what was learned about attempts, and where their messages stand now. */
export async function recordFacts(
  database: Database,
  writing: Writing,
  facts: readonly AttemptFact[],
  policy: DeliveryPolicy,
): Promise<void> {
  for (const round of oncePerMessage(facts)) await recordRound(database, writing, round, policy)
}

/** Two facts about one message are written one after the other. */
function oncePerMessage(facts: readonly AttemptFact[]): readonly (readonly AttemptFact[])[] {
  const rounds: Map<string, AttemptFact>[] = []
  for (const fact of facts) {
    const free = rounds.find((round) => !round.has(fact.messageId))
    if (free === undefined) rounds.push(new Map([[fact.messageId, fact]]))
    else free.set(fact.messageId, fact)
  }
  return rounds.map((round) => [...round.values()])
}

async function recordRound(
  database: Database,
  { transaction, nowMs }: Writing,
  facts: readonly AttemptFact[],
  policy: DeliveryPolicy,
): Promise<void> {
  const messages = await lockMessages(
    transaction,
    database,
    facts.map(({ messageId }) => messageId),
  )
  const attempts = await attemptsOf(transaction, database, [...messages.keys()])
  const messageChanges: RowChange[] = []
  const attemptChanges: AttemptChange[] = []
  const happened: Happened[] = []
  for (const fact of facts) {
    const message = messages.get(fact.messageId)
    const known = attempts.get(fact.messageId) ?? []
    const attempt = known.find(({ token }) => token === fact.token)
    if (message === undefined || attempt === undefined) continue
    const isRunCancelled = attempt.runState === 'CANCELLED'
    const settled = settle(attempt, fact)
    const all = known.map((other) => (other === attempt ? settled : other))
    const learning = { nowMs, isRunCancelled, retryInMs: fact.retryInMs, code: fact.code }
    const next = afterAttempts(standingOf(message), all, learning, policy)
    happened.push({ fact, runId: message.run_id, account: attempt.account })
    attemptChanges.push({
      id: fact.messageId,
      number: attempt.number,
      set: attemptColumns(settled, attempt, fact, nowMs),
    })
    messageChanges.push({ id: message.id, set: messageColumns(message, next, all, fact, nowMs) })
  }
  await updateAttempts(transaction, database, attemptChanges)
  await updateMessages(transaction, database, messageChanges)
  await tellChanges(database, transaction, messages, messageChanges, nowMs)
  await obeyVendor(transaction, happened, nowMs)
}

interface AttemptChange extends RowChange {
  readonly number: number
}

function settle(attempt: AttemptRow, fact: AttemptFact): AttemptRow {
  return {
    ...attempt,
    result: settleAttempt(attempt.result, fact.result),
    vendorMessageId: fact.vendorMessageId ?? attempt.vendorMessageId,
  }
}

function attemptColumns(settled: AttemptRow, before: AttemptRow, fact: AttemptFact, nowMs: number): RowChange['set'] {
  const learned = { result: settled.result, vendor_message_id: settled.vendorMessageId }
  if (settled.result === before.result) return learned
  return { ...learned, code: fact.code, reason: fact.reason === '' ? null : fact.reason, ended_at_ms: nowMs }
}

function messageColumns(
  message: MessageRow,
  next: Standing,
  attempts: readonly AttemptRow[],
  fact: AttemptFact,
  nowMs: number,
): RowChange['set'] {
  const isNew = next.dispatch !== message.dispatch
  const isAccepted = next.dispatch === 'ACCEPTED'
  const hasFailed = next.dispatch === 'REJECTED' || next.dispatch === 'EXHAUSTED'
  return {
    ...standingColumns(next, nowMs),
    first_reached_at_ms: firstReachedAtMs(attempts),
    // When the request was made that the vendor took, not when we came to write it down.
    sent_at_ms: message.sent_at_ms ?? (isAccepted ? (acceptedAt(attempts) ?? nowMs) : null),
    failed_at_ms: isNew && hasFailed ? nowMs : message.failed_at_ms,
    failure_reason: isNew && isAccepted ? null : isNew && fact.reason !== '' ? fact.reason : message.failure_reason,
  }
}

function acceptedAt(attempts: readonly AttemptRow[]): number | null {
  return attempts.find(({ result }) => result === 'accepted')?.startedAtMs ?? null
}

/** Most are first attempts, so that one statement changes nearly all. */
async function updateAttempts(
  transaction: Knex.Transaction,
  { direct }: Pick<Database, 'direct'>,
  changes: readonly AttemptChange[],
): Promise<void> {
  for (const number of new Set(changes.map((change) => change.number))) {
    const alike = changes.filter((change) => change.number === number)
    await updateRows(transaction, direct, { table: 'attempts', idColumn: 'message_id', only: { number } }, alike)
  }
}

/** A fact that was written down, and whom it concerns. */
interface Happened {
  readonly fact: AttemptFact
  readonly runId: string
  readonly account: string
}

/** What a vendor says about the account or the run holds for everyone, from this transaction on. */
async function obeyVendor(transaction: Knex.Transaction, happened: readonly Happened[], nowMs: number): Promise<void> {
  // Runs before accounts, in the order in which a permit locks them: otherwise the two could wait for each other.
  for (const { fact, runId } of happened) {
    if (fact.pause !== null) await pauseRun(transaction, runId, fact.pause, nowMs)
  }
  for (const { fact, account } of happened) {
    if (fact.waitMs !== null) await closeAccount(transaction, account, nowMs + fact.waitMs, nowMs)
  }
}

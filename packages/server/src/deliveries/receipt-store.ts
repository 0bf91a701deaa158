import { createHash } from 'node:crypto'
import {
  afterReceipt,
  type DeliveryPolicy,
  type Fold,
  isNegative,
  isPositive,
  type RawReceipt,
  type ReceiptStore,
  readReceiptWord,
  receiptKey,
} from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { insertRows } from '../database/insert-rows.ts'
import {
  deliveryOf,
  lockMessages,
  type MessageRow,
  standingColumns,
  standingOf,
  updateMessages,
} from './message-rows.ts'
import { suppressAddresses } from './suppress-addresses.ts'
import type { RowChange } from './update-rows.ts'
import { databaseInstant, type Instant, inWriting, type Writing } from './writing.ts'

/** How long a receipt for an unknown message is kept. */
const quarantineMs = 7 * 24 * 3_600_000

/** The durable inbox of receipts, and its joining into messages, in SQL. */
export function createReceiptStore(
  database: Database,
  policy: DeliveryPolicy,
  instant: Instant = databaseInstant(database),
): ReceiptStore {
  return {
    append: (receipts) =>
      inWriting(database, instant, ({ transaction, nowMs }) =>
        insertRows(
          transaction,
          'receipt_inbox',
          receipts.map((receipt) => inboxRow(receipt, nowMs)),
        ),
      ),
    fold: (limit) => inWriting(database, instant, (writing) => fold(database, writing, limit, policy)),
    drain: (limit) => inWriting(database, instant, (writing) => drain(database, writing, limit, policy)),
  }
}

interface InboxRow {
  readonly account: string
  readonly receipt_id: string | null
  readonly message_id: string | null
  readonly vendor_message_id: string | null
  readonly status: string
  readonly occurred_at_ms: number | null
  readonly reason: string | null
  readonly received_at_ms: number
}

const inboxColumns = [
  'account',
  'receipt_id',
  'message_id',
  'vendor_message_id',
  'status',
  'occurred_at_ms',
  'reason',
  'received_at_ms',
] as const

type Place = 'joined' | 'late' | 'quarantined' | 'impossible' | 'unreadable'

/** A receipt on its way into a message. */
interface Incoming {
  readonly key: string
  readonly row: InboxRow
  readonly messageId: string | null
  place: Place
}

async function fold(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<Fold> {
  const waiting = transaction('receipt_inbox')
    .orderBy('id')
    .limit(limit)
    .select('id', ...inboxColumns)
  const rows: (InboxRow & { id: number })[] = await (database.dialect === 'sqlite'
    ? waiting
    : waiting.forUpdate().skipLocked())
  if (rows.length === 0) return { taken: 0, joined: 0, repeated: 0, quarantined: 0, impossible: 0, unreadable: 0 }
  const fresh = await keepFresh(transaction, rows)
  const incoming = await withMessages(transaction, fresh)
  await join(database, { transaction, nowMs }, incoming, policy)
  await insertRows(transaction, 'receipts', incoming.map(receiptRow))
  await transaction('receipt_inbox')
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    )
    .delete()
  const count = (...places: Place[]) => incoming.filter(({ place }) => places.includes(place)).length
  return {
    taken: rows.length,
    joined: count('joined', 'late'),
    repeated: rows.length - incoming.length,
    quarantined: count('quarantined'),
    impossible: count('impossible'),
    unreadable: count('unreadable'),
  }
}

/** Those that were never seen before, each once; the others are only counted. */
async function keepFresh(
  transaction: Knex.Transaction,
  rows: readonly InboxRow[],
): Promise<ReadonlyMap<string, InboxRow>> {
  const keyed = rows.map((row) => ({ key: keyOf(row), row }))
  const known: { account: string; receipt_key: string }[] = await transaction('receipts')
    .whereIn('receipt_key', [...new Set(keyed.map(({ key }) => key))])
    .select('account', 'receipt_key')
  const isKnown = new Set(known.map(({ account, receipt_key }) => `${account} ${receipt_key}`))
  const fresh = new Map<string, InboxRow>()
  const repeats = new Map<string, { readonly account: string; readonly key: string; count: number }>()
  for (const { key, row } of keyed) {
    const name = `${row.account} ${key}`
    if (!isKnown.has(name) && !fresh.has(name)) fresh.set(name, row)
    else repeats.set(name, { account: row.account, key, count: (repeats.get(name)?.count ?? 0) + 1 })
  }
  for (const [name, { account, key, count }] of repeats) {
    if (isKnown.has(name)) await transaction('receipts').where({ account, receipt_key: key }).increment('seen', count)
  }
  return fresh
}

/** Finds the message of each receipt: by our own id, else by the vendor's; within the receipt's account only. */
async function withMessages(
  transaction: Knex.Transaction,
  fresh: ReadonlyMap<string, InboxRow>,
): Promise<readonly Incoming[]> {
  const rows = [...fresh.values()]
  const ours = await idsIn(
    transaction('messages')
      .join('runs', 'runs.id', 'messages.run_id')
      .whereIn('messages.id', given(rows, 'message_id'))
      .select({ id: 'messages.id', name: 'messages.id', account: 'runs.account' }),
  )
  const theirs = await idsIn(
    transaction('attempts')
      .whereIn('account', [...new Set(rows.map(({ account }) => account))])
      .whereIn('vendor_message_id', given(rows, 'vendor_message_id'))
      .select({ id: 'message_id', name: 'vendor_message_id', account: 'account' }),
  )
  return rows.map((row) => {
    const byOurs = row.message_id === null ? undefined : ours.get(`${row.account} ${row.message_id}`)
    const byTheirs = row.vendor_message_id === null ? undefined : theirs.get(`${row.account} ${row.vendor_message_id}`)
    return { key: keyOf(row), row, messageId: byOurs ?? byTheirs ?? null, place: 'quarantined' }
  })
}

async function idsIn(query: Knex.QueryBuilder): Promise<ReadonlyMap<string, string>> {
  const rows: { id: string; name: string; account: string }[] = await query
  return new Map(rows.map(({ id, name, account }) => [`${account} ${name}`, id]))
}

function given(rows: readonly InboxRow[], column: 'message_id' | 'vendor_message_id'): string[] {
  return [...new Set(rows.map((row) => row[column]).filter((id) => id !== null))]
}

/** Joins receipts into their messages and says of each what became of it. */
async function join(
  database: Database,
  { transaction, nowMs }: Writing,
  incoming: readonly Incoming[],
  policy: DeliveryPolicy,
): Promise<void> {
  const named = incoming.map(({ messageId }) => messageId).filter((id) => id !== null)
  const messages = new Map(await lockMessages(transaction, database, named))
  const changed = new Map<string, RowChange>()
  const unwanted: MessageRow[] = []
  for (const one of incoming) {
    const says = readReceiptWord(one.row.status)
    const message = one.messageId === null ? undefined : messages.get(one.messageId)
    one.place = says === null ? 'unreadable' : 'quarantined'
    if (says === null || message === undefined) continue
    const receipt = {
      key: one.key,
      says,
      occurredAtMs: one.row.occurred_at_ms ?? one.row.received_at_ms,
      reason: one.row.reason,
    }
    const after = afterReceipt(
      {
        standing: standingOf(message),
        delivery: deliveryOf(message),
        firstIntentAtMs: message.first_intent_at_ms,
        acceptedAtMs: message.sent_at_ms,
      },
      receipt,
      nowMs,
      policy,
    )
    one.place = after.kind
    if (after.kind !== 'impossible' && ['complained', 'unsubscribed', 'bounced'].includes(says)) unwanted.push(message)
    if (after.kind !== 'joined') continue
    const next = afterJoin(message, after, nowMs)
    messages.set(message.id, next)
    changed.set(message.id, { id: message.id, set: columnsOf(next, nowMs) })
  }
  await updateMessages(transaction, database, [...changed.values()])
  await suppressAddresses(
    transaction,
    unwanted.map(({ workspace_id, address }) => ({ workspaceId: workspace_id, address })),
    'vendor',
    nowMs,
  )
}

function afterJoin(message: MessageRow, after: ReturnType<typeof afterReceipt>, nowMs: number): MessageRow {
  const { standing, delivery, isLateProof } = after
  const isDecided = delivery.decidedBy !== message.decided_by
  return {
    ...message,
    dispatch: standing.dispatch,
    token: standing.token,
    due_at_ms: standing.dueAtMs,
    failure_code: standing.failureCode,
    delivery: delivery.status,
    decided_at_ms: delivery.decidedAtMs,
    decided_by: delivery.decidedBy,
    failure_reason: isNegative(delivery.status)
      ? delivery.reason
      : standing.dispatch === 'ACCEPTED'
        ? null
        : message.failure_reason,
    has_positive: delivery.hasPositive,
    has_negative: delivery.hasNegative,
    has_late_proof: Boolean(message.has_late_proof) || isLateProof,
    sent_at_ms: message.sent_at_ms ?? nowMs,
    delivered_at_ms: isDecided
      ? isPositive(delivery.status)
        ? notBefore(message, delivery.decidedAtMs)
        : null
      : message.delivered_at_ms,
    failed_at_ms: isDecided
      ? isNegative(delivery.status)
        ? notBefore(message, delivery.decidedAtMs)
        : null
      : message.failed_at_ms,
    opened_at_ms: delivery.openedAtMs,
    clicked_at_ms: delivery.clickedAtMs,
    complained_at_ms: delivery.complainedAtMs,
    unsubscribed_at_ms: delivery.unsubscribedAtMs,
  }
}

/** Nothing arrives before it was first sent, whatever the vendor's clock says: times to delivery are never negative. */
function notBefore({ first_intent_at_ms }: MessageRow, atMs: number | null): number | null {
  return atMs === null ? null : Math.max(atMs, first_intent_at_ms ?? atMs)
}

function columnsOf(message: MessageRow, nowMs: number): RowChange['set'] {
  return {
    ...standingColumns(standingOf(message), nowMs),
    delivery: message.delivery,
    decided_at_ms: message.decided_at_ms,
    decided_by: message.decided_by,
    failure_reason: message.failure_reason,
    has_positive: message.has_positive,
    has_negative: message.has_negative,
    has_late_proof: message.has_late_proof,
    sent_at_ms: message.sent_at_ms,
    delivered_at_ms: message.delivered_at_ms,
    failed_at_ms: message.failed_at_ms,
    opened_at_ms: message.opened_at_ms,
    clicked_at_ms: message.clicked_at_ms,
    complained_at_ms: message.complained_at_ms,
    unsubscribed_at_ms: message.unsubscribed_at_ms,
  }
}

/** Receipts of the quarantine whose message has become known are joined; the outdated are dropped. */
async function drain(
  database: Database,
  { transaction, nowMs }: Writing,
  limit: number,
  policy: DeliveryPolicy,
): Promise<number> {
  await transaction('receipts')
    .where('place', 'quarantined')
    .where('received_at_ms', '<', nowMs - quarantineMs)
    .delete()
  const matching = transaction('receipts')
    .where('receipts.place', 'quarantined')
    .where((known) =>
      known
        .whereExists(
          transaction('attempts')
            .whereRaw('attempts.account = receipts.account and attempts.vendor_message_id = receipts.vendor_message_id')
            .select(transaction.raw('1')),
        )
        .orWhereExists(
          transaction('messages')
            .join('runs', 'runs.id', 'messages.run_id')
            .whereRaw('messages.id = receipts.message_id and runs.account = receipts.account')
            .select(transaction.raw('1')),
        ),
    )
    .limit(limit)
    .select(inboxColumns.map((column) => `receipts.${column}`))
  const rows: InboxRow[] = await matching
  if (rows.length === 0) return 0
  const incoming = await withMessages(transaction, new Map(rows.map((row) => [`${row.account} ${keyOf(row)}`, row])))
  await join(database, { transaction, nowMs }, incoming, policy)
  for (const { key, row, place, messageId } of incoming) {
    await transaction('receipts')
      .where({ account: row.account, receipt_key: key })
      .update({ place, joined_message_id: messageId })
  }
  return incoming.filter(({ place }) => place !== 'quarantined').length
}

function keyOf(row: InboxRow): string {
  const key = receiptKey({
    account: row.account,
    receiptId: row.receipt_id,
    messageId: row.message_id,
    vendorMessageId: row.vendor_message_id,
    status: row.status,
    occurredAtMs: row.occurred_at_ms,
    reason: row.reason,
  })
  return createHash('sha256').update(key).digest('hex')
}

function inboxRow(receipt: RawReceipt, nowMs: number): Readonly<Record<string, unknown>> {
  return {
    account: receipt.account,
    receipt_id: receipt.receiptId,
    message_id: receipt.messageId,
    vendor_message_id: receipt.vendorMessageId,
    status: receipt.status,
    occurred_at_ms: receipt.occurredAtMs,
    reason: receipt.reason,
    received_at_ms: nowMs,
  }
}

function receiptRow({ key, row, place, messageId }: Incoming): Readonly<Record<string, unknown>> {
  return {
    receipt_key: key,
    place,
    joined_message_id: messageId,
    seen: 1,
    ...Object.fromEntries(inboxColumns.map((column) => [column, row[column]])),
  }
}

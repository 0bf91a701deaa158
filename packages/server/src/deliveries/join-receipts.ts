import {
  afterReceipt,
  type DeliveryPolicy,
  type DeliveryStatus,
  type Fold,
  isNegative,
  isPositive,
  type ReceiptMark,
  readReceiptWord,
} from '@muster/delivery-core'
import type { Database } from '../database/connect.ts'
import {
  deliveryOf,
  lockReported,
  type ReportedRow,
  standingColumns,
  standingOf,
  updateMessages,
} from './message-rows.ts'
import type { Incoming } from './receipt-rows.ts'
import { type SuppressionReason, suppressAddresses } from './suppress-addresses.ts'
import { tellChanges } from './tell-changes.ts'
import type { RowChange } from './update-rows.ts'
import type { Writing } from './writing.ts'

/** Joins receipts into their messages, says of each what became of it, and counts what nobody expected. */
export async function joinIntoMessages(
  database: Database,
  { transaction, nowMs }: Writing,
  incoming: readonly Incoming[],
  policy: DeliveryPolicy,
): Promise<Pick<Fold, 'lateProofs' | 'contradictions'>> {
  const named = incoming.map(({ messageId }) => messageId).filter((id) => id !== null)
  const before = await lockReported(transaction, database, named)
  const messages = new Map(before)
  const changed = new Map<string, RowChange>()
  const unwanted = new Map<SuppressionReason, ReportedRow[]>()
  const surprises = { lateProofs: 0, contradictions: 0 }
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
    const reason = after.kind === 'impossible' ? undefined : suppressionAfter[says]
    if (reason !== undefined) unwanted.set(reason, [...(unwanted.get(reason) ?? []), message])
    if (after.kind !== 'joined') continue
    const next = afterJoin(message, after, nowMs)
    if (isTrue(next.has_late_proof) && !isTrue(message.has_late_proof)) surprises.lateProofs++
    if (isContradictory(next) && !isContradictory(message)) surprises.contradictions++
    messages.set(message.id, next)
    changed.set(message.id, { id: message.id, set: columnsOf(next, nowMs) })
  }
  await updateMessages(transaction, database, [...changed.values()])
  await tellChanges(database, transaction, before, [...changed.values()], nowMs)
  for (const [reason, rows] of unwanted) {
    const addresses = rows.map(({ workspace_id, address }) => ({ workspaceId: workspace_id, address }))
    await suppressAddresses(transaction, addresses, reason, nowMs)
  }
  return surprises
}

/** After which words nobody writes to the address again. */
const suppressionAfter: Readonly<Partial<Record<ReceiptMark | DeliveryStatus, SuppressionReason>>> = {
  complained: 'complaint',
  bounced: 'hard_bounce',
  unsubscribed: 'unsubscribed',
}

function isContradictory({ has_positive, has_negative }: ReportedRow): boolean {
  return isTrue(has_positive) && isTrue(has_negative)
}

/** Databases without booleans answer 1 and 0. */
function isTrue(flag: ReportedRow['has_positive']): boolean {
  return Boolean(flag)
}

function afterJoin(message: ReportedRow, after: ReturnType<typeof afterReceipt>, nowMs: number): ReportedRow {
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
    sent_at_ms: message.sent_at_ms ?? message.first_intent_at_ms ?? nowMs,
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

/** Nothing arrives before it was sent, whatever the vendor's clock says: times to delivery are never negative. */
function notBefore({ sent_at_ms, first_intent_at_ms }: ReportedRow, atMs: number | null): number | null {
  return atMs === null ? null : Math.max(atMs, sent_at_ms ?? first_intent_at_ms ?? atMs)
}

function columnsOf(message: ReportedRow, nowMs: number): RowChange['set'] {
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

import { type WireStatus, wireStatus } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { noteEngagements } from '../engagement/engagement-store.ts'
import { hasListeners, recordEvents } from '../webhooks/outbox.ts'
import type { EventKind, WebhookEvent } from '../webhooks/webhook.ts'
import type { MessageRow } from './message-rows.ts'
import type { RowChange } from './update-rows.ts'

type MessageKind = Extract<EventKind, `message.${string}`>

/** What a message has come to, for those who want to hear of it. To wait and to be called off is no news of a message. */
const kindOf: Readonly<Partial<Record<WireStatus, MessageKind>>> = {
  SENT: 'message.sent',
  DELIVERED: 'message.delivered',
  FAILED: 'message.failed',
  BOUNCED: 'message.bounced',
  SKIPPED: 'message.skipped',
}

/** What the vendor reports of the person, each once. */
const flags = [
  { column: 'opened_at_ms', kind: 'message.opened', engagement: 'open' },
  { column: 'clicked_at_ms', kind: 'message.clicked', engagement: 'click' },
  { column: 'unsubscribed_at_ms', kind: 'message.unsubscribed', engagement: 'unsubscribe' },
  { column: 'complained_at_ms', kind: 'message.complained', engagement: 'complaint' },
] as const

/**
 * Tells whoever listens what has become of these messages, and counts what the vendor says their readers did, in the
 * transaction that changes them. `before` are their rows as they were.
 */
export async function tellChanges(
  transaction: Knex.Transaction,
  before: ReadonlyMap<string, MessageRow>,
  changes: readonly RowChange[],
  nowMs: number,
): Promise<void> {
  const pairs = changes.flatMap(({ id, set }) => {
    const row = before.get(id)
    return row === undefined ? [] : [{ row, next: { ...row, ...set } as MessageRow }]
  })
  const news = pairs.flatMap(({ row, next }) => kindsOf(row, next).map((kind) => ({ kind, next })))
  const reported = pairs.flatMap(({ row, next }) => reportedOf(row, next))
  if (news.length === 0) return
  const workspaceIds = new Set(news.map(({ next }) => next.workspace_id))
  const isHeard = await hasListeners(transaction, [...workspaceIds])
  if (!isHeard && reported.length === 0) return
  const campaigns = await campaignsOf(
    transaction,
    news.map(({ next }) => next.run_id),
  )
  const campaignOf = ({ run_id }: MessageRow) => campaigns.get(run_id) ?? ''
  await noteEngagements(
    transaction,
    reported.map(({ next, kind, atMs }) => ({
      messageId: next.id,
      workspaceId: next.workspace_id,
      customerId: next.customer_id,
      campaignId: campaignOf(next),
      kind,
      atMs,
    })),
  )
  if (!isHeard) return
  await recordEvents(
    transaction,
    news.map(({ kind, next }) => eventOf(kind, next, campaignOf(next), nowMs)),
  )
}

function kindsOf(before: MessageRow, next: MessageRow): readonly MessageKind[] {
  const was = wireStatus(before.dispatch, before.delivery)
  const is = wireStatus(next.dispatch, next.delivery)
  const kinds = new Set<MessageKind>()
  if (next.dispatch === 'ACCEPTED' && before.dispatch !== 'ACCEPTED') kinds.add('message.sent')
  const reached = was === is ? undefined : kindOf[is]
  if (reached !== undefined) kinds.add(reached)
  for (const { column, kind } of flags) if (before[column] === null && next[column] !== null) kinds.add(kind)
  return [...kinds]
}

function reportedOf(before: MessageRow, next: MessageRow) {
  return flags.flatMap(({ column, engagement: kind }) => {
    const atMs = next[column]
    return before[column] === null && atMs !== null ? [{ next, kind, atMs: Number(atMs) }] : []
  })
}

function eventOf(kind: MessageKind, message: MessageRow, campaignId: string, nowMs: number): WebhookEvent {
  return {
    workspaceId: message.workspace_id,
    kind,
    subject: message.id,
    occurredAtMs: nowMs,
    data: {
      messageId: message.id,
      campaignId,
      customerId: message.customer_id,
      status: wireStatus(message.dispatch, message.delivery),
      reason: message.failure_code,
    },
  }
}

async function campaignsOf(
  transaction: Knex.Transaction,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows: { id: string; campaign_id: string }[] = await transaction('runs')
    .whereIn('id', [...new Set(runIds)])
    .select('id', 'campaign_id')
  return new Map(rows.map(({ id, campaign_id }) => [id, campaign_id]))
}

import { type WireStatus, wireStatus } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { noteEngagements } from '../engagement/engagement-store.ts'
import { hasListeners, recordEvents } from '../webhooks/outbox.ts'
import type { EventKind, WebhookEvent } from '../webhooks/webhook.ts'
import type { MessageRow, ReportedRow } from './message-rows.ts'
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

/** A message as it was, and what is written over it. */
interface Changed {
  readonly row: MessageRow & Partial<ReportedRow>
  readonly set: RowChange['set']
}

/**
 * Tells whoever listens what has become of these messages, and counts what the vendor says their readers did, in the
 * transaction that changes them. `before` are their rows as they were.
 */
export async function tellChanges(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  before: ReadonlyMap<string, MessageRow>,
  changes: readonly RowChange[],
  nowMs: number,
): Promise<void> {
  const news = changes.flatMap(({ id, set }) => {
    const row = before.get(id)
    return row === undefined ? [] : kindsOf({ row, set }).map((kind) => ({ kind, row, set }))
  })
  if (news.length === 0) return
  const reported = news.flatMap(({ kind, row, set }) => {
    const flag = flags.find((one) => one.kind === kind)
    return flag === undefined ? [] : [{ row, kind: flag.engagement, atMs: Number(set[flag.column]) }]
  })
  const isHeard = await hasListeners(
    database,
    transaction,
    news.map(({ row }) => row.workspace_id),
  )
  if (!isHeard && reported.length === 0) return
  const campaigns = await campaignsOf(
    transaction,
    news.map(({ row }) => row.run_id),
  )
  const campaignOf = ({ run_id }: MessageRow) => campaigns.get(run_id) ?? ''
  await noteEngagements(
    transaction,
    reported.map(({ row, kind, atMs }) => ({
      messageId: row.id,
      workspaceId: row.workspace_id,
      customerId: row.customer_id,
      campaignId: campaignOf(row),
      kind,
      atMs,
    })),
  )
  if (!isHeard) return
  await recordEvents(
    transaction,
    news.map(({ kind, row, set }) => eventOf(kind, { ...row, ...set } as MessageRow, campaignOf(row), nowMs)),
  )
}

function kindsOf({ row, set }: Changed): readonly MessageKind[] {
  const next = { dispatch: row.dispatch, delivery: row.delivery, ...set } as Pick<MessageRow, 'dispatch' | 'delivery'>
  const was = wireStatus(row.dispatch, row.delivery)
  const is = wireStatus(next.dispatch, next.delivery)
  const kinds = new Set<MessageKind>()
  if (next.dispatch === 'ACCEPTED' && row.dispatch !== 'ACCEPTED') kinds.add('message.sent')
  const reached = was === is ? undefined : kindOf[is]
  if (reached !== undefined) kinds.add(reached)
  for (const { column, kind } of flags)
    if ((row[column] ?? null) === null && (set[column] ?? null) !== null) kinds.add(kind)
  return [...kinds]
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

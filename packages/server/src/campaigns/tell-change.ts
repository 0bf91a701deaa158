import type { Knex } from 'knex'
import { recordEvents } from '../webhooks/outbox.ts'
import type { EventKind } from '../webhooks/webhook.ts'

/** What happened to a campaign as a whole. */
export interface CampaignChange {
  readonly workspaceId: string
  readonly campaignId: string
  readonly kind: Extract<EventKind, `campaign.${string}`>
  /** What else there is to say: counts and reasons. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
}

/** Tells whoever listens, in the transaction that makes the change. A campaign can be paused twice: each time is told. */
export function tellChange(
  transaction: Knex.Transaction,
  { workspaceId, campaignId, kind, data = {} }: CampaignChange,
  nowMs: number,
): Promise<void> {
  const subject = `${campaignId}.${nowMs}`
  return recordEvents(transaction, [{ workspaceId, kind, subject, occurredAtMs: nowMs, data: { campaignId, ...data } }])
}

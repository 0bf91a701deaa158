import type { Knex } from 'knex'

export type EngagementKind = 'open' | 'click' | 'unsubscribe' | 'complaint'

/** One thing that somebody, or a machine, did with a message. */
export interface Engagement {
  readonly messageId: string
  readonly kind: EngagementKind
  readonly isMachine: boolean
  /** Where a click led. */
  readonly url: string | null
  readonly atMs: number
}

/** What must be known of a message to write down what was done with it. */
export interface EngagedMessage {
  readonly messageId: string
  readonly workspaceId: string
  readonly customerId: string
  readonly campaignId: string
  readonly campaignName: string
  /** Folded; null when the customer was erased. */
  readonly address: string | null
  readonly sentAtMs: number | null
}

/** The messages that exist, by their ids. */
export async function findEngaged(
  knex: Knex,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, EngagedMessage>> {
  const rows: EngagedMessage[] = await knex('messages')
    .join('runs', 'runs.id', 'messages.run_id')
    .whereIn('messages.id', [...new Set(messageIds)])
    .select({
      messageId: 'messages.id',
      workspaceId: 'messages.workspace_id',
      customerId: 'messages.customer_id',
      campaignId: 'messages.campaign_id',
      campaignName: 'runs.campaign_name',
      address: 'messages.address',
      sentAtMs: 'messages.first_intent_at_ms',
    })
  return new Map(
    rows.map((row) => [row.messageId, { ...row, sentAtMs: row.sentAtMs === null ? null : Number(row.sentAtMs) }]),
  )
}

/** The message's own column in which the first time stands, for rules and lists. A machine's open is none. */
const firstColumns = {
  open: 'opened_at_ms',
  click: 'clicked_at_ms',
  unsubscribe: 'unsubscribed_at_ms',
  complaint: 'complained_at_ms',
} as const

/** Writes down what was done with known messages; a repetition only counts. */
export async function recordEngagements(
  transaction: Knex.Transaction,
  messages: ReadonlyMap<string, EngagedMessage>,
  engagements: readonly Engagement[],
): Promise<void> {
  for (const one of summed(engagements)) {
    const message = messages.get(one.messageId)
    if (message === undefined) continue
    const place = { message_id: one.messageId, kind: one.kind, is_machine: one.isMachine }
    const known = await transaction('engagements')
      .where(place)
      .update({ times: transaction.raw('times + ?', [one.times]), last_at_ms: one.lastAtMs })
    if (known === 0) await insertEngagement(transaction, message, one)
    if (one.isMachine) continue
    await transaction('messages')
      .where('id', one.messageId)
      .whereNull(firstColumns[one.kind])
      .update({ [firstColumns[one.kind]]: one.atMs })
  }
}

/** What a vendor reports of people, with where it belongs. */
export interface ReportedEngagement {
  readonly messageId: string
  readonly workspaceId: string
  readonly customerId: string
  readonly campaignId: string
  readonly kind: EngagementKind
  readonly atMs: number
}

/** Writes down what a vendor reports, where it is not known yet: the message itself was changed by its receipt. */
export async function noteEngagements(
  transaction: Knex.Transaction,
  reported: readonly ReportedEngagement[],
): Promise<void> {
  for (const { messageId, workspaceId, customerId, campaignId, kind, atMs } of reported) {
    await transaction('engagements')
      .insert({
        workspace_id: workspaceId,
        message_id: messageId,
        customer_id: customerId,
        campaign_id: campaignId,
        kind,
        is_machine: false,
        url: null,
        times: 1,
        first_at_ms: atMs,
        last_at_ms: atMs,
      })
      .onConflict(['message_id', 'kind', 'is_machine'])
      .ignore()
  }
}

interface Summed extends Engagement {
  readonly times: number
  readonly lastAtMs: number
}

/** The same of the same message once, with how often: a newsletter is opened by thousands in a minute. */
function summed(engagements: readonly Engagement[]): readonly Summed[] {
  const found = new Map<string, Summed>()
  for (const one of engagements) {
    const key = `${one.messageId} ${one.kind} ${one.isMachine}`
    const before = found.get(key)
    found.set(key, {
      ...(before ?? one),
      times: (before?.times ?? 0) + 1,
      lastAtMs: Math.max(before?.lastAtMs ?? 0, one.atMs),
    })
  }
  return [...found.values()]
}

function insertEngagement(transaction: Knex.Transaction, message: EngagedMessage, one: Summed): Promise<unknown> {
  return transaction('engagements')
    .insert({
      workspace_id: message.workspaceId,
      message_id: one.messageId,
      customer_id: message.customerId,
      campaign_id: message.campaignId,
      kind: one.kind,
      is_machine: one.isMachine,
      url: one.url,
      times: one.times,
      first_at_ms: one.atMs,
      last_at_ms: one.lastAtMs,
    })
    .onConflict(['message_id', 'kind', 'is_machine'])
    .merge({ times: transaction.raw('engagements.times + ?', [one.times]), last_at_ms: one.lastAtMs })
}

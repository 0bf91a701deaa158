import type { Knex } from 'knex'

/** What the simulated vendor knows of a campaign's messages, whatever we believe. */
export interface VendorLedger {
  /** Different messages that it took. */
  readonly messages: number
  /** How often it really sent one: more than `messages` would mean that somebody got two. */
  readonly deliveries: number
}

/** Reads the vendor's own books, for whoever wants to hold ours against them. */
export function createVendorLedger(knex: Knex): (workspaceId: string, campaignId: string) => Promise<VendorLedger> {
  return async (workspaceId, campaignId) => {
    const [row] = await knex('simulated_vendor_messages')
      .join('messages', 'messages.id', 'simulated_vendor_messages.message_id')
      .where({ 'messages.workspace_id': workspaceId, 'messages.campaign_id': campaignId })
      .where('simulated_vendor_messages.deliveries', '>', 0)
      .select({ messages: knex.raw('count(*)'), deliveries: knex.raw('coalesce(sum(deliveries), 0)') })
    return { messages: Number(row?.messages ?? 0), deliveries: Number(row?.deliveries ?? 0) }
  }
}

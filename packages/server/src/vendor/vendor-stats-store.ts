import { type WireStatus, wireStatuses } from '@muster/delivery-core'
import type { Knex } from 'knex'

/** From the first instant to just before the second. */
export interface StatsPeriod {
  readonly fromMs: number
  readonly beforeMs: number
}

/** How a workspace's messages fared. */
export interface VendorFigures {
  readonly totalMessages: number
  readonly statusDistribution: Readonly<Record<WireStatus, number>>
  /** From handing a message over to its delivery, in the mean; 0 when nothing was delivered, because clients print it. */
  readonly avgDeliveryTimeMs: number
  /** Delivered of those that were handed over or failed, in percent with one decimal. */
  readonly successRate: number
}

export type VendorStats = (workspaceId: string, period: StatsPeriod | null) => Promise<VendorFigures>

/** Counts in the database; no message leaves it. */
export function createVendorStats(knex: Knex): VendorStats {
  return async (workspaceId, period) => {
    const messages = () => {
      const rows = knex('messages').where('messages.workspace_id', workspaceId)
      if (period !== null)
        rows.where('messages.created_at_ms', '>=', period.fromMs).where('messages.created_at_ms', '<', period.beforeMs)
      return rows
    }
    const counts: { status: WireStatus; count: number | string }[] = await messages()
      .join('customer_messages', 'customer_messages.id', 'messages.id')
      .groupBy('customer_messages.status')
      .select('customer_messages.status')
      .count({ count: '*' })
    const [time] = await messages()
      .whereNotNull('delivered_at_ms')
      .whereNotNull('first_intent_at_ms')
      .avg({ mean: knex.raw('delivered_at_ms - first_intent_at_ms') })
    return figuresOf(counts, time?.['mean'] ?? null)
  }
}

function figuresOf(
  counts: readonly { status: WireStatus; count: number | string }[],
  mean: number | string | null,
): VendorFigures {
  const of = (status: WireStatus) => Number(counts.find((row) => row.status === status)?.count ?? 0)
  const statusDistribution = Object.fromEntries(wireStatuses.map((status) => [status, of(status)])) as Record<
    WireStatus,
    number
  >
  const handedOver = of('SENT') + of('DELIVERED') + of('FAILED') + of('BOUNCED')
  return {
    totalMessages: wireStatuses.reduce((total, status) => total + of(status), 0),
    statusDistribution,
    avgDeliveryTimeMs: Math.round(Number(mean ?? 0)),
    successRate: handedOver === 0 ? 0 : Math.round((of('DELIVERED') / handedOver) * 1000) / 10,
  }
}

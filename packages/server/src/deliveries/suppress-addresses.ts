import type { Knex } from 'knex'
import { byChunks } from '../database/insert-rows.ts'

/** Why an address must not be written to. The first two are the vendor's word, and graver than all others. */
export const suppressionReasons = ['complaint', 'hard_bounce', 'unsubscribed', 'operator', 'import'] as const

export type SuppressionReason = (typeof suppressionReasons)[number]

/** Writing to such an address again harms everybody else's messages too: only an owner may allow it. */
export const graveReasons: readonly SuppressionReason[] = ['complaint', 'hard_bounce']

/** An address that must not be written to, in its folded form. */
export interface UnwantedAddress {
  readonly workspaceId: string
  readonly address: string | null
}

/**
 * Suppresses several addresses. Those that are suppressed keep their first reason, unless the new one is graver:
 * nothing that comes later makes it easier to write to somebody.
 */
export async function suppressAddresses(
  transaction: Knex.Transaction,
  addresses: readonly UnwantedAddress[],
  reason: SuppressionReason,
  nowMs: number,
  createdBy: string | null = null,
): Promise<void> {
  for (const workspaceId of new Set(addresses.map((one) => one.workspaceId))) {
    const ours = addresses.filter((one) => one.workspaceId === workspaceId).flatMap(({ address }) => address ?? [])
    await byChunks(ours, async (chunk) => {
      const rows = chunk.map((address) => ({
        workspace_id: workspaceId,
        address,
        reason,
        created_at_ms: nowMs,
        created_by: createdBy,
      }))
      await transaction('suppressions').insert(rows).onConflict(['workspace_id', 'address']).ignore()
      if (graveReasons.includes(reason)) {
        await transaction('suppressions')
          .where({ workspace_id: workspaceId })
          .whereIn('address', [...chunk])
          .whereNotIn('reason', [...graveReasons])
          .update({ reason })
      }
      return []
    })
  }
}

import type { Knex } from 'knex'

/** An address that must not be written to, in its folded form. */
export interface UnwantedAddress {
  readonly workspaceId: string
  readonly address: string | null
}

/** Suppresses several addresses; those that are suppressed keep their first reason. */
export async function suppressAddresses(
  transaction: Knex.Transaction,
  addresses: readonly UnwantedAddress[],
  reason: string,
  nowMs: number,
): Promise<void> {
  for (const { workspaceId, address } of addresses) {
    if (address === null) continue
    await transaction('suppressions')
      .insert({ workspace_id: workspaceId, address, reason, created_at_ms: nowMs })
      .onConflict(['workspace_id', 'address'])
      .ignore()
  }
}

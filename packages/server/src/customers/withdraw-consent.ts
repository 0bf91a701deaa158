import type { Knex } from 'knex'
import type { World } from '../world/world.ts'
import { recordConsentChanges } from './consent-store.ts'
import { lockCustomers } from './customer-store.ts'

/**
 * A customer takes their consent back themselves. Once it is taken back, repeating it changes nothing, and the first
 * source and time stay. Somebody who is gone has none to take back.
 */
export async function withdrawConsent(
  transaction: Knex.Transaction,
  world: Pick<World, 'nowMs' | 'newId'>,
  customer: { readonly workspaceId: string; readonly customerId: string },
  source: string,
): Promise<void> {
  const { workspaceId, customerId } = customer
  const nowMs = world.nowMs()
  await lockCustomers(transaction, workspaceId, [customerId])
  const changed = await transaction('customers')
    .where({ workspace_id: workspaceId, id: customerId })
    .where((answer) => answer.whereNull('email_consent').orWhere('email_consent', true))
    .update({ email_consent: false, consent_source: source, consent_at_ms: nowMs, updated_at_ms: nowMs })
  if (changed === 0) return
  const change = { id: world.newId(), customerId, emailConsent: false, source, changedBy: null, changedAtMs: nowMs }
  await recordConsentChanges(transaction, workspaceId, [change])
}

import type { Knex } from 'knex'
import { insertRows } from '../database/insert-rows.ts'
import type { ConsentChange } from './consent-change.ts'

interface ConsentRow {
  readonly id: string
  readonly customer_id: string
  readonly email_consent: number | boolean | null
  readonly source: string
  readonly changed_by: string | null
  readonly changed_at_ms: number
}

/** To be called in the transaction that changes the customers. */
export async function recordConsentChanges(
  transaction: Knex.Transaction,
  workspaceId: string,
  changes: readonly ConsentChange[],
): Promise<void> {
  const rows = changes.map(({ id, customerId, emailConsent, source, changedBy, changedAtMs }) => ({
    id,
    workspace_id: workspaceId,
    customer_id: customerId,
    email_consent: emailConsent,
    source,
    changed_by: changedBy,
    changed_at_ms: changedAtMs,
  }))
  await insertRows(transaction, 'consent_changes', rows)
}

/** Newest first. */
export async function listConsentChanges(
  knex: Knex,
  workspaceId: string,
  customerId: string,
  limit: number,
): Promise<readonly ConsentChange[]> {
  const rows: ConsentRow[] = await knex('consent_changes')
    .where({ workspace_id: workspaceId, customer_id: customerId })
    .orderBy([
      { column: 'changed_at_ms', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    emailConsent: row.email_consent === null ? null : Boolean(row.email_consent),
    source: row.source,
    changedBy: row.changed_by,
    changedAtMs: Number(row.changed_at_ms),
  }))
}

import type { Knex } from 'knex'
import type { EventKind, WebhookDelivery } from './webhook.ts'

/** A delivery that is due, with what is sent. */
export interface DueDelivery {
  readonly endpointId: string
  readonly workspaceId: string
  readonly eventId: string
  readonly attempts: number
  /** JSON, the same at every attempt. */
  readonly payload: string
}

/** How an attempt ended. */
export interface Outcome {
  readonly state: WebhookDelivery['state']
  readonly dueAtMs: number | null
  readonly responseStatus: number | null
  readonly failure: string | null
}

/**
 * Takes deliveries that are due, for `leaseMs`: should this process die, they are due again then, which tells an event
 * twice rather than never. Of two servers that find the same one, whoever changes it first has it.
 */
export async function claimDue(
  knex: Knex,
  nowMs: number,
  leaseMs: number,
  limit: number,
): Promise<readonly DueDelivery[]> {
  const due: DueRow[] = await knex('webhook_deliveries as deliveries')
    .join('webhook_events as events', (join) =>
      join.on('events.workspace_id', 'deliveries.workspace_id').andOn('events.id', 'deliveries.event_id'),
    )
    .where('deliveries.due_at_ms', '<=', nowMs)
    .orderBy('deliveries.due_at_ms')
    .limit(limit)
    .select('deliveries.endpoint_id', 'deliveries.workspace_id', 'deliveries.event_id', 'deliveries.due_at_ms')
    .select('deliveries.attempts', 'events.payload')
  const taken: DueDelivery[] = []
  for (const row of due) {
    const changed = await knex('webhook_deliveries')
      .where({ endpoint_id: row.endpoint_id, event_id: row.event_id, due_at_ms: row.due_at_ms })
      .update({ due_at_ms: nowMs + leaseMs, attempts: row.attempts + 1 })
    if (changed > 0) taken.push(dueOf(row))
  }
  return taken
}

export async function recordOutcome(knex: Knex, delivery: DueDelivery, outcome: Outcome, nowMs: number): Promise<void> {
  await knex('webhook_deliveries').where({ endpoint_id: delivery.endpointId, event_id: delivery.eventId }).update({
    state: outcome.state,
    due_at_ms: outcome.dueAtMs,
    response_status: outcome.responseStatus,
    failure: outcome.failure,
    updated_at_ms: nowMs,
  })
}

/** The log of an endpoint, newest first. */
export async function listDeliveries(
  knex: Knex,
  endpointId: string,
  { state, limit, offset }: { readonly state: string | null; readonly limit: number; readonly offset: number },
): Promise<{ readonly deliveries: readonly WebhookDelivery[]; readonly total: number }> {
  const wanted = knex('webhook_deliveries').where('webhook_deliveries.endpoint_id', endpointId)
  if (state !== null) wanted.where('webhook_deliveries.state', state)
  const [counted] = await wanted.clone().count<{ total: number | string }[]>({ total: '*' })
  const rows: LogRow[] = await wanted
    .join('webhook_events as events', (join) =>
      join
        .on('events.workspace_id', 'webhook_deliveries.workspace_id')
        .andOn('events.id', 'webhook_deliveries.event_id'),
    )
    .orderBy([
      { column: 'webhook_deliveries.created_at_ms', order: 'desc' },
      { column: 'webhook_deliveries.event_id', order: 'desc' },
    ])
    .limit(limit)
    .offset(offset)
    .select('webhook_deliveries.*', 'events.kind')
  return { deliveries: rows.map(deliveryOf), total: Number(counted?.total ?? 0) }
}

/** Makes a delivery due once more, whatever became of it. False when there is none. */
export async function redeliver(knex: Knex, endpointId: string, eventId: string, nowMs: number): Promise<boolean> {
  const changed = await knex('webhook_deliveries')
    .where({ endpoint_id: endpointId, event_id: eventId })
    .update({ state: 'waiting', attempts: 0, due_at_ms: nowMs, failure: null, updated_at_ms: nowMs })
  return changed > 0
}

/** Forgets what ended before this instant, a piece at a time. How many events went. */
export async function forgetBefore(knex: Knex, beforeMs: number, limit: number): Promise<number> {
  const old: { workspace_id: string; id: string }[] = await knex('webhook_events')
    .where('occurred_at_ms', '<', beforeMs)
    .orderBy('occurred_at_ms')
    .limit(limit)
    .select('workspace_id', 'id')
  for (const { workspace_id, id } of old) {
    await knex('webhook_deliveries').where({ workspace_id, event_id: id }).delete()
    await knex('webhook_events').where({ workspace_id, id }).delete()
  }
  return old.length
}

interface DueRow {
  readonly endpoint_id: string
  readonly workspace_id: string
  readonly event_id: string
  readonly due_at_ms: number
  readonly attempts: number
  readonly payload: string
}

function dueOf({ endpoint_id, workspace_id, event_id, attempts, payload }: DueRow): DueDelivery {
  return { endpointId: endpoint_id, workspaceId: workspace_id, eventId: event_id, attempts: attempts + 1, payload }
}

interface LogRow {
  readonly event_id: string
  readonly kind: EventKind
  readonly state: WebhookDelivery['state']
  readonly attempts: number
  readonly due_at_ms: number | null
  readonly response_status: number | null
  readonly failure: string | null
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

function deliveryOf(row: LogRow): WebhookDelivery {
  return {
    eventId: row.event_id,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    dueAtMs: row.due_at_ms === null ? null : Number(row.due_at_ms),
    responseStatus: row.response_status,
    failure: row.failure,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }
}

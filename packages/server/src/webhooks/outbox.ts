import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { insertRows } from '../database/insert-rows.ts'
import { oneOf, rowsOf } from '../database/plain-sql.ts'
import { listenersOf, type StoredEndpoint } from './endpoint-store.ts'
import { eventIdOf, type WebhookEvent } from './webhook.ts'

/**
 * Writes down what happened, for every endpoint that listens, in the transaction of what happened: either both are
 * there or neither. Costs one look at a small table where nobody listens. An event that is there already stays once.
 */
export async function recordEvents(transaction: Knex.Transaction, events: readonly WebhookEvent[]): Promise<void> {
  if (events.length === 0) return
  const listeners = await listenersOf(
    transaction,
    events.map(({ workspaceId }) => workspaceId),
  )
  if (listeners.length === 0) return
  const heard = events.filter((event) => listeners.some((listener) => isFor(event, listener)))
  const fresh = await withoutKnown(transaction, heard)
  await insertRows(transaction, 'webhook_events', fresh.map(eventRow))
  await insertRows(
    transaction,
    'webhook_deliveries',
    fresh.flatMap((event) =>
      listeners.filter((listener) => isFor(event, listener)).map(({ id }) => deliveryRow(id, event)),
    ),
  )
}

/** Whether any of these workspaces has an endpoint: where none has, nothing need be prepared for one. */
export async function hasListeners(
  database: Pick<Database, 'dialect' | 'direct'>,
  transaction: Knex.Transaction,
  workspaceIds: readonly string[],
): Promise<boolean> {
  const chosen = oneOf(database, workspaceIds)
  const found = await rowsOf(database, transaction, {
    sql: `select id from webhook_endpoints where workspace_id ${chosen.sql} and is_active = 1 limit 1`,
    values: chosen.values,
  })
  return found.length > 0
}

/** Writes one event for one endpoint, whether it listens for its kind or not. */
export async function recordFor(transaction: Knex.Transaction, endpointId: string, event: WebhookEvent): Promise<void> {
  await insertRows(transaction, 'webhook_events', [eventRow(event)])
  await insertRows(transaction, 'webhook_deliveries', [deliveryRow(endpointId, event)])
}

function isFor({ workspaceId, kind }: WebhookEvent, listener: StoredEndpoint): boolean {
  return listener.workspaceId === workspaceId && listener.kinds.includes(kind)
}

async function withoutKnown(
  transaction: Knex.Transaction,
  events: readonly WebhookEvent[],
): Promise<readonly WebhookEvent[]> {
  const byId = new Map(events.map((event) => [keyOf(event.workspaceId, eventIdOf(event)), event]))
  const known: { workspace_id: string; id: string }[] = await transaction('webhook_events')
    .whereIn('workspace_id', [...new Set(events.map(({ workspaceId }) => workspaceId))])
    .whereIn('id', events.map(eventIdOf))
    .select('workspace_id', 'id')
  for (const { workspace_id, id } of known) byId.delete(keyOf(workspace_id, id))
  return [...byId.values()]
}

function keyOf(workspaceId: string, eventId: string): string {
  return `${workspaceId} ${eventId}`
}

function eventRow(event: WebhookEvent) {
  return {
    workspace_id: event.workspaceId,
    id: eventIdOf(event),
    kind: event.kind,
    payload: JSON.stringify({
      type: event.kind,
      timestamp: new Date(event.occurredAtMs).toISOString(),
      data: event.data,
    }),
    occurred_at_ms: event.occurredAtMs,
  }
}

function deliveryRow(endpointId: string, event: WebhookEvent) {
  return {
    endpoint_id: endpointId,
    workspace_id: event.workspaceId,
    event_id: eventIdOf(event),
    state: 'waiting',
    attempts: 0,
    due_at_ms: event.occurredAtMs,
    response_status: null,
    failure: null,
    created_at_ms: event.occurredAtMs,
    updated_at_ms: event.occurredAtMs,
  }
}

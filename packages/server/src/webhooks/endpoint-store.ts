import type { Knex } from 'knex'
import type { Endpoint, EventKind } from './webhook.ts'

interface EndpointRow {
  readonly id: string
  readonly workspace_id: string
  readonly url: string
  readonly kinds: string
  readonly sealed_secret: string
  readonly is_active: boolean | number
  readonly stopped_because: string | null
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

/** An endpoint with its secret as it lies in the database. */
export interface StoredEndpoint extends Endpoint {
  readonly sealedSecret: string
}

export async function listEndpoints(knex: Knex, workspaceId: string): Promise<readonly StoredEndpoint[]> {
  const rows: EndpointRow[] = await knex('webhook_endpoints')
    .where({ workspace_id: workspaceId })
    .orderBy(['created_at_ms', 'id'])
  return rows.map(endpointOf)
}

export async function findEndpoint(knex: Knex, workspaceId: string, id: string): Promise<StoredEndpoint | null> {
  const row: EndpointRow | undefined = await knex('webhook_endpoints').where({ workspace_id: workspaceId, id }).first()
  return row === undefined ? null : endpointOf(row)
}

export async function findEndpoints(knex: Knex, ids: readonly string[]): Promise<readonly StoredEndpoint[]> {
  const rows: EndpointRow[] = await knex('webhook_endpoints').whereIn('id', [...new Set(ids)])
  return rows.map(endpointOf)
}

/** The active endpoints of these workspaces. */
export async function listenersOf(knex: Knex, workspaceIds: readonly string[]): Promise<readonly StoredEndpoint[]> {
  const rows: EndpointRow[] = await knex('webhook_endpoints')
    .whereIn('workspace_id', [...new Set(workspaceIds)])
    .where('is_active', true)
  return rows.map(endpointOf)
}

export async function insertEndpoint(knex: Knex, endpoint: StoredEndpoint, createdBy: string): Promise<void> {
  await knex('webhook_endpoints').insert({
    id: endpoint.id,
    workspace_id: endpoint.workspaceId,
    created_by: createdBy,
    created_at_ms: endpoint.createdAtMs,
    ...columnsOf(endpoint),
  })
}

export async function updateEndpoint(knex: Knex, endpoint: StoredEndpoint): Promise<void> {
  await knex('webhook_endpoints')
    .where({ workspace_id: endpoint.workspaceId, id: endpoint.id })
    .update(columnsOf(endpoint))
}

/** Its log goes with it. */
export async function deleteEndpoint(knex: Knex, workspaceId: string, id: string): Promise<boolean> {
  return (await knex('webhook_endpoints').where({ workspace_id: workspaceId, id }).delete()) > 0
}

/** An endpoint that said it is gone is asked no more. */
export async function stopEndpoint(knex: Knex, id: string, because: string, nowMs: number): Promise<void> {
  await knex('webhook_endpoints')
    .where({ id })
    .update({ is_active: false, stopped_because: because, updated_at_ms: nowMs })
}

function columnsOf({ url, kinds, sealedSecret, isActive, stoppedBecause, updatedAtMs }: StoredEndpoint) {
  return {
    url,
    kinds: JSON.stringify(kinds),
    sealed_secret: sealedSecret,
    is_active: isActive,
    stopped_because: stoppedBecause,
    updated_at_ms: updatedAtMs,
  }
}

function endpointOf(row: EndpointRow): StoredEndpoint {
  const kinds: EventKind[] = JSON.parse(row.kinds)
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    url: row.url,
    kinds,
    sealedSecret: row.sealed_secret,
    isActive: Boolean(row.is_active),
    stoppedBecause: row.stopped_because,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }
}

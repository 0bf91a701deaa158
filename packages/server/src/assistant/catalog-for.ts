import type { Catalog } from '@muster/segment-core'
import type { Knex } from 'knex'
import { listAttributes } from '../attributes/attribute-store.ts'
import { catalogWith } from '../attributes/workspace-catalog.ts'

/** What can be said about a workspace's customers, its own attributes included, with its currency. */
export type CatalogFor = (workspaceId: string, currency: string) => Promise<Catalog>

/** Looked up with each sentence, so that an attribute is understood as soon as it is declared. */
export function createCatalogFor(knex: Knex): CatalogFor {
  return async (workspaceId, currency) => catalogWith(await listAttributes(knex, workspaceId), currency)
}

import type { Knex } from 'knex'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { listAttributes } from '../attributes/attribute-store.ts'
import { catalogWith } from '../attributes/workspace-catalog.ts'
import type { World } from '../world/world.ts'
import type { Audience, Population } from './audience.ts'
import { rulesOfSegments } from './segment-store.ts'

/** What the actions of this room work with. */
export interface SegmentParts {
  readonly knex: Knex
  /** For reading what is committed, beside whatever is being written. */
  readonly reads: Knex
  readonly world: World
  readonly audience: Audience
}

/** Whose customers a workspace's rules are about, with the attributes and the segments that they may refer to. */
export async function populationOf(
  { knex }: Pick<SegmentParts, 'knex'>,
  { id, timeZone, currency }: Workspace,
): Promise<Population> {
  const catalog = catalogWith(await listAttributes(knex, id), currency)
  return { workspaceId: id, catalog, timeZone, segments: await rulesOfSegments(knex, id) }
}

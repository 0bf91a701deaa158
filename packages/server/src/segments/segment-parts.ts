import type { Catalog } from '@muster/segment-core'
import type { Knex } from 'knex'
import type { Workspace } from '../accounts/workspaces-store.ts'
import type { World } from '../world/world.ts'
import type { Audience, Population } from './audience.ts'
import { rulesOfSegments } from './segment-store.ts'

/** What the actions of this room work with. */
export interface SegmentParts {
  readonly knex: Knex
  readonly world: World
  readonly catalog: Catalog
  readonly audience: Audience
}

/** Whose customers a workspace's rules are about, with the segments that they may refer to. */
export async function populationOf(
  { knex }: Pick<SegmentParts, 'knex'>,
  { id, timeZone }: Workspace,
): Promise<Population> {
  return { workspaceId: id, timeZone, segments: await rulesOfSegments(knex, id) }
}

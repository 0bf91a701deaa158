import type { Knex } from 'knex'
import type { World } from '../world/world.ts'

/** What the actions of this room work with. */
export interface OrderParts {
  readonly knex: Knex
  /** For reading what is committed, beside whatever is being written. */
  readonly reads: Knex
  /** The zone in which a workspace counts its days. */
  readonly timeZoneOf: (workspaceId: string) => Promise<string>
  readonly world: World
}

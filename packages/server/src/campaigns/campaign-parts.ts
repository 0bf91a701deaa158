import type { Catalog } from '@muster/segment-core'
import type { Knex } from 'knex'
import type { RunStore } from '../deliveries/run-store.ts'
import type { Audience } from '../segments/audience.ts'
import type { World } from '../world/world.ts'

/** What the actions of this room work with. */
export interface CampaignParts {
  readonly knex: Knex
  readonly world: World
  readonly catalog: Catalog
  readonly audience: Audience
  readonly runs: RunStore
  /** Tells the sending side that there may be work; it finds it by itself too, a little later. */
  readonly wake: () => void
}

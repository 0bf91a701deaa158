import type { Knex } from 'knex'
import type { World } from '../world/world.ts'

/** What the actions of this room work with. */
export interface OrderParts {
  readonly knex: Knex
  readonly world: World
}

import type { Knex } from 'knex'
import type { World } from '../world/world.ts'

/** In which workspace somebody works, and who. */
export interface Author {
  readonly workspaceId: string
  readonly userId: string
}

/** What the actions of this room work with. */
export interface CustomerParts {
  readonly knex: Knex
  /** For reading what is committed, beside whatever is being written. */
  readonly reads: Knex
  /** The zone in which a workspace counts its days. */
  readonly timeZoneOf: (workspaceId: string) => Promise<string>
  readonly world: World
  /**
   * Takes what is personal out of what other rooms keep about a customer, within the transaction that deletes the
   * customer. Handed in, since those rooms stand above this one.
   */
  readonly eraseTraces: (transaction: Knex.Transaction, workspaceId: string, customerId: string) => Promise<void>
}

import type { Database } from '../database/connect.ts'
import type { LongReads } from '../database/long-reads.ts'
import type { RunStore } from '../deliveries/run-store.ts'
import type { SegmentParts } from '../segments/segment-parts.ts'

/** What the actions of this room work with. */
export interface CampaignParts extends SegmentParts {
  /** For what depends on the words of a database. */
  readonly database: Pick<Database, 'knex' | 'dialect'>
  readonly longReads: LongReads
  readonly runs: RunStore
  /** Launches to more people than this need a preview and a confirmation; null: none does. */
  readonly confirmAbove: number | null
  /** Tells the sending side that there may be work; it finds it by itself too, a little later. */
  readonly wake: () => void
}

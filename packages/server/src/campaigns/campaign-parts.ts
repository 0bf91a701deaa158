import type { RunStore } from '../deliveries/run-store.ts'
import type { SegmentParts } from '../segments/segment-parts.ts'

/** What the actions of this room work with. */
export interface CampaignParts extends SegmentParts {
  readonly runs: RunStore
  /** Tells the sending side that there may be work; it finds it by itself too, a little later. */
  readonly wake: () => void
}

import type { Progress } from '@muster/delivery-core'
import type { CampaignParts } from '../campaigns/campaign-parts.ts'
import type { BandSales, BuyerSales, RepeatBuyers, ScoredBuyers } from './buyers-store.ts'
import type { Group, PlaceFigures } from './customer-groups-store.ts'
import type { ProductSales } from './daily-figures-store.ts'
import { createMemory, type Memory } from './memory.ts'
import type { Returned } from './retention-store.ts'
import type { ComparedSales } from './sales.ts'

/** What the actions of this room work with. */
export interface AnalyticsParts extends Pick<CampaignParts, 'knex' | 'reads' | 'longReads' | 'runs' | 'world'> {
  readonly memories: Memories
}

/**
 * What is remembered in this process. The keys name the revision of the workspace's orders and customers, so that
 * several processes need not tell each other anything.
 */
export interface Memories {
  readonly sales: Memory<ComparedSales>
  readonly products: Memory<SoldProducts>
  readonly buyers: Memory<readonly BuyerSales[]>
  readonly bandSales: Memory<readonly BandSales[]>
  readonly groups: Memory<readonly Group[]>
  readonly places: Memory<readonly PlaceFigures[]>
  readonly repeat: Memory<RepeatBuyers>
  readonly scores: Memory<readonly ScoredBuyers[]>
  readonly returned: Memory<readonly Returned[]>
  readonly unseen: Memory<number>
  /** Who is counting days just now, by workspace. */
  readonly counting: Map<string, Promise<void>>
  /** What became of runs that are settled, by their id. */
  readonly settledRuns: Map<string, { readonly version: number; readonly progress: Progress }>
}

/** Products with most revenue, and the revenue of all, listed or not. */
export interface SoldProducts {
  readonly products: readonly ProductSales[]
  readonly allMinor: number
}

export function createMemories(): Memories {
  return {
    sales: createMemory(),
    products: createMemory(),
    buyers: createMemory(),
    bandSales: createMemory(),
    groups: createMemory(),
    places: createMemory(),
    repeat: createMemory(),
    scores: createMemory(),
    returned: createMemory(),
    unseen: createMemory(),
    settledRuns: new Map(),
    counting: new Map(),
  }
}

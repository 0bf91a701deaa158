import type { PauseReason, RunState } from '@muster/delivery-core'
import type { Knex } from 'knex'

/** What a campaign hands over when it is launched. */
export interface Launch {
  readonly runId: string
  readonly workspaceId: string
  readonly campaignId: string
  readonly campaignName: string
  /** Names the launch: the same key again answers the first run and writes nothing. */
  readonly launchKey: string
  /** The message text, already checked. */
  readonly template: string
  /** ISO 4217, for amounts in the text. */
  readonly currency: string
  /** Selects exactly two columns: `customer_id` and `address`, the latter folded. */
  readonly audience: Knex.QueryBuilder
  readonly nowMs: number
  /** Nothing is sent before this instant; null to begin at once. */
  readonly startAtMs: number | null
}

export interface LaunchedRun {
  readonly runId: string
  readonly audience: number
  readonly deduplicated: number
  /** Whether this call made it. */
  readonly isNew: boolean
}

/** A run as other rooms see it. */
export interface Run {
  readonly runId: string
  readonly campaignId: string
  readonly state: RunState
  readonly pauseReason: PauseReason | null
  readonly audience: number
  readonly deduplicated: number
  readonly resent: number
  readonly startAtMs: number | null
  readonly createdAtMs: number
  readonly endedAtMs: number | null
}

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
  /** The message text, already checked; of whoever has no variant, where people are divided. */
  readonly template: string
  /** The texts by variant, already checked. Set where people are divided: the audience then selects `variant` too. */
  readonly variants?: Readonly<Record<string, string>>
  /** Set for a test to oneself: the finished text. Such a run counts in no figures, and nobody's consent is asked. */
  readonly testBody?: string
  /** ISO 4217, for amounts in the text. */
  readonly currency: string
  /** Selects `customer_id` and `address`, the latter folded; and `variant`, where people are divided; nothing else. */
  readonly audience: Knex.QueryBuilder
  readonly nowMs: number
  /** Nothing is sent before this instant; null to begin at once. */
  readonly startAtMs: number | null
  /** What was not sent by then never is; absent or null: there is no end. */
  readonly closesAtMs?: number | null
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
  readonly closesAtMs: number | null
  readonly createdAtMs: number
  readonly endedAtMs: number | null
}

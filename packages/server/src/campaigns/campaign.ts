import type { Rule } from '@muster/segment-core'
import type { Split } from './split.ts'

/** The life of a campaign as clients see it. */
export const campaignStatuses = ['DRAFT', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED'] as const

export type CampaignStatus = (typeof campaignStatuses)[number]

/** A message to an audience: planned as a draft, launched once. */
export interface Campaign {
  readonly id: string
  readonly workspaceId: string
  /** The user who drew it up. */
  readonly createdBy: string
  readonly name: string
  readonly description: string | null
  /** The rules as they were given, so that an editor finds its own form again. */
  readonly rules: unknown
  /** The same, read and checked. */
  readonly rule: Rule
  /** Members at `audienceMeasuredAtMs`; from the launch on, the people in the run. */
  readonly audienceSize: number
  readonly audienceMeasuredAtMs: number | null
  readonly status: CampaignStatus
  /** Its several texts, and how many are left out. */
  readonly split: Split
  /** The text to send, with its placeholders; null until the launch, and in a campaign with several texts. */
  readonly message: string | null
  /** Nothing is sent before this instant; null for a launch without a time. */
  readonly scheduledAtMs: number | null
  /** What was not sent by then never is; null where there is no end. */
  readonly expiresAtMs: number | null
  readonly launchedAtMs: number | null
  readonly completedAtMs: number | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

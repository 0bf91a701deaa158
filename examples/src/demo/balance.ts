/** Holds the figures of a finished campaign against each other and against figures that were counted elsewhere. */

import type { CampaignView } from './follow-campaign.ts'

/** One pair of figures that must be equal. */
export interface Check {
  readonly what: string
  readonly is: number
  readonly mustBe: number
}

/** What the vendor itself knows of the messages it was given. */
export interface VendorLedger {
  /** Different messages that it took. */
  readonly messages: number
  /** How often it really sent one: more than `messages` would mean that somebody got two. */
  readonly deliveries: number
}

/** Everything that must be equal when nobody was left out and nobody got two. */
export function balance(expectedAudience: number, campaign: CampaignView, vendor: VendorLedger): readonly Check[] {
  const { total, sent, byStatus } = campaign.deliveryStats
  const of = (status: string) => byStatus[status] ?? 0
  const statuses = Object.values(byStatus).reduce((sum, count) => sum + count, 0)
  return [
    {
      what: 'People in the audience: by the campaign, and by counting the imported rows',
      is: total,
      mustBe: expectedAudience,
    },
    { what: 'Messages over all statuses, and people in the audience', is: statuses, mustBe: total },
    { what: 'Messages still under way', is: of('PENDING') + of('SENT'), mustBe: 0 },
    {
      what: 'Accepted by the vendor, and those with a final receipt',
      is: sent,
      mustBe: of('DELIVERED') + of('FAILED') + of('BOUNCED'),
    },
    { what: 'Messages in the vendor’s own books, and accepted in ours', is: vendor.messages, mustBe: sent },
    { what: 'Times the vendor really sent one, and messages', is: vendor.deliveries, mustBe: vendor.messages },
  ]
}

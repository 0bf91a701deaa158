/** Looks at a campaign until something holds, and gives up after a while without any change. */

import { setTimeout as pause } from 'node:timers/promises'
import type { ApiClient } from '../api-client.ts'

/** What the API says of a campaign, as far as the demo looks at it. */
export interface CampaignView {
  readonly status: string
  readonly audienceSize: number
  readonly deliveryStats: {
    readonly total: number
    readonly sent: number
    readonly delivered: number
    readonly failed: number
    readonly byStatus: Readonly<Record<string, number>>
  }
  readonly failures: readonly { readonly code: string; readonly count: number }[]
}

const pollMs = 100
const longestStandstillMs = 60_000

/** @throws when the figures have stood still for a minute and `until` does not hold */
export async function followCampaign(
  api: ApiClient,
  id: string,
  onLook: (campaign: CampaignView) => void,
  until: (campaign: CampaignView) => boolean,
): Promise<CampaignView> {
  let figures = ''
  for (let changedAtMs = performance.now(); ; await pause(pollMs)) {
    const { campaign } = await api.get<{ campaign: CampaignView }>(`/campaigns/${id}`)
    onLook(campaign)
    if (until(campaign)) return campaign
    const seen = JSON.stringify([campaign.status, campaign.deliveryStats])
    if (seen !== figures) changedAtMs = performance.now()
    figures = seen
    if (performance.now() - changedAtMs > longestStandstillMs) {
      throw new Error(`The campaign has stood still for ${longestStandstillMs / 1000} s: ${seen}`)
    }
  }
}

/** Messages of which the last word is known. */
export function countFinished({ deliveryStats: { byStatus, total } }: CampaignView): number {
  return total - (byStatus['PENDING'] ?? 0) - (byStatus['SENT'] ?? 0)
}

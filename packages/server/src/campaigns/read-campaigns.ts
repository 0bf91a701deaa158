import type { Progress } from '@muster/delivery-core'
import type { ListedMessage, Run } from '../deliveries/run-store.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { type CampaignQuery, countCampaigns, launchedCampaigns, listCampaigns } from './campaign-store.ts'
import { requireCampaign } from './plan-campaign.ts'

/** A campaign and how far its run is; `run` and `progress` are null before the launch. */
export interface CampaignStanding {
  readonly campaign: Campaign
  readonly run: Run | null
  readonly progress: Progress | null
  /** Whether it was launched for later, and its time has not come. */
  readonly isWaiting: boolean
}

/** Figures over all campaigns of a workspace. */
export interface CampaignTotals {
  readonly totalCampaigns: number
  /** Delivered, of those messages of which the end is known: percent with one decimal. Null when none is. */
  readonly successPercent: number | null
  /** People in launched campaigns; drafts reach nobody. */
  readonly totalAudience: number
  /** Messages that the vendor took. */
  readonly messagesSent: number
}

/** One page of campaigns, each with its progress. */
export async function campaignPage(
  parts: CampaignParts,
  workspaceId: string,
  query: CampaignQuery,
): Promise<{ readonly standings: readonly CampaignStanding[]; readonly total: number }> {
  const { campaigns, total } = await listCampaigns(parts.knex, workspaceId, query)
  return { standings: await standingsOf(parts, workspaceId, campaigns), total }
}

/** One campaign with its progress. */
export async function campaignStanding(
  parts: CampaignParts,
  workspaceId: string,
  id: string,
): Promise<CampaignStanding> {
  const campaign = await requireCampaign(parts, workspaceId, id)
  const [standing = { campaign, run: null, progress: null, isWaiting: false }] = await standingsOf(parts, workspaceId, [
    campaign,
  ])
  return standing
}

/** One campaign with its progress, why messages failed, and its newest messages. */
export async function campaignDetail(
  parts: CampaignParts,
  workspaceId: string,
  id: string,
  mostMessages: number,
): Promise<
  CampaignStanding & {
    readonly messages: readonly ListedMessage[]
    readonly failures: readonly { readonly code: string; readonly count: number }[]
  }
> {
  const standing = await campaignStanding(parts, workspaceId, id)
  const [messages, failures] = await Promise.all([
    parts.runs.messages(workspaceId, id, { limit: mostMessages, offset: 0 }),
    standing.run === null ? [] : parts.runs.failures(workspaceId, standing.run.runId),
  ])
  return { ...standing, messages, failures }
}

/** Sums over everything that was launched. */
export async function campaignTotals(parts: CampaignParts, workspaceId: string): Promise<CampaignTotals> {
  const launched = await launchedCampaigns(parts.knex, workspaceId)
  const runs = await parts.runs.ofCampaigns(
    workspaceId,
    launched.map(({ id }) => id),
  )
  const progress = [
    ...(
      await parts.runs.progress(
        workspaceId,
        runs.map(({ runId }) => runId),
      )
    ).values(),
  ]
  const sum = (figure: (one: Progress) => number) => progress.reduce((total, one) => total + figure(one), 0)
  const delivered = sum(({ byWireStatus }) => byWireStatus.DELIVERED)
  const ended = delivered + sum(({ byWireStatus }) => byWireStatus.FAILED + byWireStatus.BOUNCED)
  return {
    totalCampaigns: await countCampaigns(parts.knex, workspaceId),
    successPercent: ended === 0 ? null : Math.round((delivered / ended) * 1000) / 10,
    totalAudience: launched.reduce((total, { audienceSize }) => total + audienceSize, 0),
    messagesSent: sum(({ accepted }) => accepted),
  }
}

async function standingsOf(
  { runs, world }: CampaignParts,
  workspaceId: string,
  campaigns: readonly Campaign[],
): Promise<readonly CampaignStanding[]> {
  const known = await runs.ofCampaigns(
    workspaceId,
    campaigns.map(({ id }) => id),
  )
  const progress = await runs.progress(
    workspaceId,
    known.map(({ runId }) => runId),
  )
  return campaigns.map((campaign) => {
    const run = known.find(({ campaignId }) => campaignId === campaign.id) ?? null
    const isWaiting = isWaitingAt(campaign, world.nowMs())
    return { campaign, run, progress: run === null ? null : (progress.get(run.runId) ?? null), isWaiting }
  })
}

function isWaitingAt({ status, scheduledAtMs }: Campaign, nowMs: number): boolean {
  return (status === 'ACTIVE' || status === 'PAUSED') && scheduledAtMs !== null && scheduledAtMs > nowMs
}

import { checkTemplate, customerValues, samplePerson } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Workspace } from '../accounts/workspaces-store.ts'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { Population } from '../segments/audience.ts'
import { populationOf } from '../segments/segment-parts.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { changeStatus, recordLaunch } from './campaign-store.ts'
import { requireCampaign } from './plan-campaign.ts'

/** What is sent, and when. */
export interface LaunchOrder {
  readonly message: string
  /** Nothing is sent before this instant; null to begin at once. */
  readonly startAtMs: number | null
  /** What was not sent by then never is; null where there is no end. */
  readonly expiresAtMs: number | null
}

/**
 * Launches a draft: who matches now is written down, one message for each, and the sending begins in the background.
 * A campaign is launched once. Launching it again with the same message gives the same answer, so that a double click
 * or a repeated request changes nothing.
 * @throws ProblemError for a message that could not be sent as written, an empty audience, or another launch before
 */
export async function launchCampaign(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  order: LaunchOrder,
  actor: Actor,
): Promise<Campaign> {
  const campaign = await requireCampaign(parts, workspace.id, id)
  if (campaign.status !== 'DRAFT') return answerAgain(campaign, order)
  refuseUnsendable(order, workspace, parts.world.nowMs())
  const population = await populationOf(parts, workspace)
  const isFirst = await parts.knex.transaction((transaction) =>
    launchWithin(transaction, parts, workspace, population, campaign, order, actor),
  )
  parts.wake()
  const launched = await requireCampaign(parts, workspace.id, id)
  return isFirst ? launched : answerAgain(launched, order)
}

/** Whether this call launched it; false when another one was faster. */
async function launchWithin(
  transaction: Knex.Transaction,
  { world, runs, audience }: CampaignParts,
  workspace: Workspace,
  population: Population,
  campaign: Campaign,
  order: LaunchOrder,
  actor: Actor,
): Promise<boolean> {
  const nowMs = world.nowMs()
  // First, because it locks the campaign: a second launch waits here, and then finds no draft.
  if (!(await changeStatus(transaction, workspace.id, campaign.id, ['DRAFT'], 'ACTIVE', nowMs))) return false
  const { audience: audienceSize } = await runs.launch(transaction, {
    runId: world.newId(),
    workspaceId: workspace.id,
    campaignId: campaign.id,
    campaignName: campaign.name,
    launchKey: campaign.id,
    template: order.message,
    currency: workspace.currency,
    audience: audience
      .members(population, campaign.rule, nowMs)
      .select({ customer_id: 'customers.id', address: 'customers.email_folded' }),
    nowMs,
    startAtMs: order.startAtMs,
    closesAtMs: order.expiresAtMs,
  })
  if (audienceSize === 0) throw new ProblemError('AUDIENCE_EMPTY', 'Nobody matches the rules of this campaign now')
  const launch = {
    message: order.message,
    audienceSize,
    scheduledAtMs: order.startAtMs,
    expiresAtMs: order.expiresAtMs,
  }
  await recordLaunch(transaction, workspace.id, campaign.id, launch, nowMs)
  const details = { audienceSize, startAtMs: order.startAtMs, expiresAtMs: order.expiresAtMs }
  const deed = {
    workspaceId: workspace.id,
    actor,
    action: 'campaign.launched',
    subjectId: campaign.id,
    details,
  } as const
  await appendAudit(transaction, deed, nowMs)
  return true
}

function answerAgain(campaign: Campaign, order: LaunchOrder): Campaign {
  if (campaign.message === order.message && campaign.status !== 'CANCELLED') return campaign
  throw new ProblemError('CAMPAIGN_NOT_DRAFT', 'This campaign has been launched already; a campaign is launched once')
}

/** What is wrong with the text or the time is said before anything is written down. */
function refuseUnsendable(order: LaunchOrder, { currency }: Workspace, nowMs: number): void {
  const { message, startAtMs, expiresAtMs } = order
  const checked = checkTemplate(message, { sample: customerValues(samplePerson, currency) })
  if (!checked.ok) {
    const [first, ...others] = checked.issues.map((issue) => ({ path: '/message', message: issue.message }))
    if (first !== undefined) throw invalidInput([first, ...others])
  }
  if (startAtMs !== null && startAtMs <= nowMs) {
    throw invalidInput([{ path: '/scheduleAt', message: 'The time to start at has passed' }])
  }
  if (expiresAtMs !== null && expiresAtMs <= (startAtMs ?? nowMs)) {
    const message =
      startAtMs === null ? 'The time to end at has passed' : 'The time to end at must be after the time to start at'
    throw invalidInput([{ path: '/expiresAt', message }])
  }
}

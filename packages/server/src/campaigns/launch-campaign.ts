import type { Knex } from 'knex'
import type { Workspace } from '../accounts/workspaces-store.ts'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { launchAudience } from '../deliveries/forecast.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { Population } from '../segments/audience.ts'
import { populationOf } from '../segments/segment-parts.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { changeStatus, recordLaunch } from './campaign-store.ts'
import { checkText } from './check-text.ts'
import { orderOf } from './funnel.ts'
import { requireCampaign } from './plan-campaign.ts'
import { requirePreview } from './preview-campaign.ts'
import { type Difference, differenceOf, findPreview } from './previews-store.ts'
import { tellChange } from './tell-change.ts'

/** What is sent, and when. */
export interface LaunchOrder {
  /** Null in a campaign that has several texts of its own. */
  readonly message: string | null
  /** Nothing is sent before this instant; null to begin at once. */
  readonly startAtMs: number | null
  /** What was not sent by then never is; null where there is no end. */
  readonly expiresAtMs: number | null
  /** The preview that the launch is held to; null where none was looked at. */
  readonly previewToken: string | null
  /** Whether somebody has said that they mean it. */
  readonly isConfirmed: boolean
}

/** A campaign on its way, and how its people changed since the preview that was named; null when none was. */
export interface Launched {
  readonly campaign: Campaign
  readonly difference: Difference | null
}

/**
 * Launches a draft: who matches now is written down, one message for each, and the sending begins in the background.
 * A campaign is launched once. Launching it again with the same message gives the same answer, so that a double click
 * or a repeated request changes nothing.
 * @throws ProblemError for a message that could not be sent as written, an empty audience, a preview that shows
 * something else, a large audience that nobody confirmed, or another launch before
 */
export async function launchCampaign(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  order: LaunchOrder,
  actor: Actor,
): Promise<Launched> {
  const draft = await requireCampaign(parts, workspace.id, id)
  if (draft.status === 'DRAFT') {
    refuseUnsendable(order, draft, workspace, parts.world.nowMs())
    const population = await populationOf(parts, workspace)
    await parts.knex.transaction((transaction) =>
      launchWithin(transaction, parts, workspace, population, id, order, actor),
    )
    parts.wake()
  }
  const campaign = await requireCampaign(parts, workspace.id, id)
  // Another call may have been faster, with the same order or with another one.
  if (campaign.message !== order.message || campaign.status === 'CANCELLED') {
    throw new ProblemError('CAMPAIGN_NOT_DRAFT', 'This campaign has been launched already; a campaign is launched once')
  }
  return { campaign, difference: await differenceSince(parts, workspace.id, id, order.previewToken) }
}

/** Does nothing when another call was faster. */
async function launchWithin(
  transaction: Knex.Transaction,
  parts: CampaignParts,
  workspace: Workspace,
  population: Population,
  id: string,
  order: LaunchOrder,
  actor: Actor,
): Promise<void> {
  const nowMs = parts.world.nowMs()
  // First, because it locks the campaign: a second launch waits here, and then finds no draft.
  if (!(await changeStatus(transaction, workspace.id, id, ['DRAFT'], 'ACTIVE', nowMs))) return
  // Under the lock, so that what is launched is what is checked here and not an earlier form of the draft.
  const campaign = await requireCampaign({ knex: transaction }, workspace.id, id)
  refuseUnsendable(order, campaign, workspace, nowMs)
  if (order.previewToken !== null) {
    await requirePreview({ knex: transaction }, campaign, population.segments, order.message, order.previewToken)
  }
  const audienceSize = await writeDown(transaction, parts, workspace, population, campaign, order, nowMs)
  refuseUnconfirmed(order, audienceSize, parts.confirmAbove)
  const { message, startAtMs, expiresAtMs } = order
  const launch = { message, audienceSize, scheduledAtMs: startAtMs, expiresAtMs }
  await recordLaunch(transaction, workspace.id, id, launch, nowMs)
  const details = { audienceSize, startAtMs, expiresAtMs }
  const change = {
    workspaceId: workspace.id,
    campaignId: id,
    kind: 'campaign.launched',
    data: { audienceSize },
  } as const
  await tellChange(transaction, change, nowMs)
  const deed = { workspaceId: workspace.id, actor, action: 'campaign.launched', subjectId: id, details } as const
  await appendAudit(transaction, deed, nowMs)
}

/** Writes down the run with a message for each of its people, and answers how many they are. */
async function writeDown(
  transaction: Knex.Transaction,
  parts: CampaignParts,
  workspace: Workspace,
  population: Population,
  campaign: Campaign,
  { message, startAtMs, expiresAtMs }: LaunchOrder,
  nowMs: number,
): Promise<number> {
  const { variants } = campaign.split
  const people = orderOf(parts, workspace, population, campaign, nowMs)
  const texts = Object.fromEntries(variants.map((variant) => [variant.name, variant.message]))
  const { audience } = await parts.runs.launch(transaction, {
    runId: parts.world.newId(),
    workspaceId: workspace.id,
    campaignId: campaign.id,
    campaignName: campaign.name,
    launchKey: campaign.id,
    template: message ?? variants[0]?.message ?? '',
    ...(people.shares.length === 0 ? {} : { variants: texts }),
    currency: workspace.currency,
    audience: launchAudience(parts.database, people),
    nowMs,
    startAtMs,
    closesAtMs: expiresAtMs,
  })
  if (audience === 0) throw new ProblemError('AUDIENCE_EMPTY', 'Nobody matches the rules of this campaign now')
  return audience
}

/** Asked of the messages that were written down: whoever launches again with the same token gets the same answer. */
async function differenceSince(
  { knex, runs }: CampaignParts,
  workspaceId: string,
  id: string,
  token: string | null,
): Promise<Difference | null> {
  if (token === null) return null
  const preview = await findPreview(knex, workspaceId, id)
  const [run] = await runs.ofCampaigns(workspaceId, [id])
  return preview?.token === token && run !== undefined ? differenceOf(knex, id, run.runId) : null
}

function refuseUnconfirmed({ previewToken, isConfirmed }: LaunchOrder, audience: number, above: number | null): void {
  if (above === null || audience <= above || (previewToken !== null && isConfirmed)) return
  throw new ProblemError(
    'CONFIRMATION_NEEDED',
    `This goes to ${audience} customers: preview it, and launch it with "previewToken" and "confirm": true`,
  )
}

/** What is wrong with the text or the time is said before anything is written down. */
function refuseUnsendable(order: LaunchOrder, { split }: Campaign, { currency }: Workspace, nowMs: number): void {
  const { message, startAtMs, expiresAtMs } = order
  if (split.variants.length > 0) {
    if (message !== null)
      throw fault('/message', 'This campaign has texts of its own: please launch it without "message"')
  } else {
    if (message === null) throw fault('/message', '"message" is required')
    checkText(message, '/message', currency)
  }
  if (startAtMs !== null && startAtMs <= nowMs) throw fault('/scheduleAt', 'The time to start at has passed')
  if (expiresAtMs !== null && expiresAtMs <= (startAtMs ?? nowMs)) {
    const isPast = startAtMs === null
    throw fault(
      '/expiresAt',
      isPast ? 'The time to end at has passed' : 'The time to end at must be after the time to start at',
    )
  }
}

function fault(path: string, message: string): ProblemError {
  return invalidInput([{ path, message }])
}

import type { Rule } from '@muster/segment-core'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { versionOf } from '../database/version-of.ts'
import { forecast } from '../deliveries/forecast.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { populationOf } from '../segments/segment-parts.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { type Funnel, foresee, orderOf } from './funnel.ts'
import { requireCampaign } from './plan-campaign.ts'
import { findPreview, keepPreview } from './previews-store.ts'

/** What a launch would do, and the token by which it can be held to it. */
export interface PlannedLaunch {
  readonly funnel: Funnel
  readonly token: string
}

/**
 * Foresees a launch, and remembers whom: a launch with the token says who left and who joined since. The token is bound
 * to the rules, to the segments that they refer to, to the texts and to the division; a newer preview of the same draft
 * replaces it. `message` is the text that the launch will have, where it is known already.
 * @throws ProblemError for a campaign that was launched
 */
export async function previewLaunch(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  message: string | null,
  signal: AbortSignal,
): Promise<PlannedLaunch> {
  const campaign = await requireCampaign(parts, workspace.id, id)
  if (campaign.status !== 'DRAFT') {
    throw new ProblemError('CAMPAIGN_NOT_DRAFT', 'This campaign has been launched: its funnel says what became of it')
  }
  const funnel = await foresee(parts, workspace, campaign, signal)
  const population = await populationOf(parts, workspace)
  const takenAtMs = parts.world.nowMs()
  const preview = {
    token: parts.world.newId(),
    planVersion: planVersion(campaign, population.segments),
    messageVersion: message === null ? null : versionOf({ message }),
    takenAtMs,
  }
  // Those are kept who would have a message of their own, for only they can be compared with the run's.
  const members = parts.knex
    .from(forecast(parts.database, orderOf(parts, workspace, population, campaign, takenAtMs)).as('f'))
    .whereRaw(`coalesce(f.exclusion, '') <> 'SAME_ADDRESS'`)
    .select('f.customer_id')
  // Two previews at once write the same rows; the later one then replaces the other.
  await inTransaction(
    parts.knex,
    (transaction) => keepPreview(transaction, { workspaceId: workspace.id, campaignId: id }, preview, members),
    isDuplicate,
  )
  return { funnel, token: preview.token }
}

/**
 * Holds a launch to the preview that its token names.
 * @throws ProblemError when there is a newer preview, or the campaign says something else than it did then
 */
export async function requirePreview(
  parts: Pick<CampaignParts, 'knex'>,
  campaign: Campaign,
  segments: ReadonlyMap<string, Rule>,
  message: string | null,
  token: string,
): Promise<void> {
  const preview = await findPreview(parts.knex, campaign.workspaceId, campaign.id)
  if (preview?.token !== token) throw outdated('There is a newer preview of this campaign, or none is kept any more')
  const isSame =
    preview.planVersion === planVersion(campaign, segments) &&
    (preview.messageVersion === null || preview.messageVersion === versionOf({ message }))
  if (!isSame) throw outdated('The rules or the text of this campaign have changed since the preview')
}

function outdated(why: string): ProblemError {
  return new ProblemError('PREVIEW_OUTDATED', `${why}: please preview it again`)
}

/** Names all that decides who gets what, but for the text of the launch. */
function planVersion({ rule, split }: Pick<Campaign, 'rule' | 'split'>, segments: ReadonlyMap<string, Rule>): string {
  return versionOf({ rule, split, segments: Object.fromEntries(segmentsIn(rule, segments, new Map())) })
}

/** The segments that a rule refers to, and those that they refer to. */
function segmentsIn(rule: Rule, all: ReadonlyMap<string, Rule>, found: Map<string, Rule>): Map<string, Rule> {
  if ('segment' in rule) {
    const referred = all.get(rule.segment)
    if (referred === undefined || found.has(rule.segment)) return found
    return segmentsIn(referred, all, found.set(rule.segment, referred))
  }
  if ('conditions' in rule) for (const part of rule.conditions) segmentsIn(part, all, found)
  return found
}

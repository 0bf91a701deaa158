import type { Workspace } from '../accounts/workspaces-store.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { readRules } from '../segments/read-rules.ts'
import { populationOf } from '../segments/segment-parts.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { type DraftRow, deleteDraft, findCampaign, insertDraft, updateDraft } from './campaign-store.ts'
import { checkText } from './check-text.ts'
import { dropPreview } from './previews-store.ts'
import { type Split, variantNames } from './split.ts'

/** A campaign as its author writes it. */
export interface Plan {
  readonly name: string
  readonly description?: string | null
  readonly rules: unknown
  readonly variants?: readonly { readonly message: string; readonly weight?: number }[]
  readonly controlPercent?: number
}

/** Keeps a plan as a draft, with the size its audience has now. */
export async function createDraft(
  parts: CampaignParts,
  workspace: Workspace,
  userId: string,
  plan: Plan,
): Promise<Campaign> {
  const nowMs = parts.world.nowMs()
  const id = parts.world.newId()
  const draft = await measure(parts, workspace, plan, nowMs)
  await insertDraft(parts.knex, { id, workspaceId: workspace.id, createdBy: userId }, draft, nowMs)
  return requireCampaign(parts, workspace.id, id)
}

/** Replaces what a draft says. */
export async function changeDraft(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  plan: Plan,
): Promise<Campaign> {
  const nowMs = parts.world.nowMs()
  await requireCampaign(parts, workspace.id, id)
  const draft = await measure(parts, workspace, plan, nowMs)
  if (!(await updateDraft(parts.knex, workspace.id, id, draft, nowMs))) throw notADraft('changed')
  return requireCampaign(parts, workspace.id, id)
}

/** Throws a draft away. A campaign that was launched is history and cannot be deleted. */
export async function dropDraft(parts: CampaignParts, workspaceId: string, id: string): Promise<void> {
  await requireCampaign(parts, workspaceId, id)
  await parts.knex.transaction(async (transaction) => {
    if (!(await deleteDraft(transaction, workspaceId, id))) throw notADraft('deleted')
    await dropPreview(transaction, id)
  })
}

/** @throws ProblemError when the workspace has no such campaign */
export async function requireCampaign(
  { knex }: Pick<CampaignParts, 'knex'>,
  workspaceId: string,
  id: string,
): Promise<Campaign> {
  const campaign = await findCampaign(knex, workspaceId, id)
  if (campaign === null) throw new ProblemError('CAMPAIGN_NOT_FOUND', 'There is no such campaign')
  return campaign
}

async function measure(parts: CampaignParts, workspace: Workspace, plan: Plan, nowMs: number): Promise<DraftRow> {
  const population = await populationOf(parts, workspace)
  const { rule } = readRules(plan.rules, population.catalog, nowMs, population.segments)
  return {
    name: plan.name,
    description: plan.description ?? null,
    rules: plan.rules,
    rule,
    split: splitOf(plan, workspace),
    audienceSize: await parts.audience.count(population, rule, nowMs),
    audienceMeasuredAtMs: nowMs,
  }
}

/** Every text is checked now: at the launch there is no editor beside it any more. */
function splitOf({ variants = [], controlPercent = 0 }: Plan, { currency }: Workspace): Split {
  const named = variants.map(({ message, weight = 1 }, index) => {
    checkText(message, `/variants/${index}/message`, currency)
    return { name: variantNames[index] ?? '', weight, message }
  })
  return { variants: named, controlPercent }
}

function notADraft(done: string): ProblemError {
  return new ProblemError('CAMPAIGN_NOT_DRAFT', `Only a draft can be ${done}; this campaign has been launched`)
}

import type { Knex } from 'knex'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { Campaign, CampaignStatus } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { changeStatus, holdCampaign } from './campaign-store.ts'
import { requireCampaign } from './plan-campaign.ts'
import { type CampaignChange, tellChange } from './tell-change.ts'

/** What an operator can ask of a launched campaign. */
export type Control = 'pause' | 'resume' | 'cancel'

interface Edge {
  readonly from: readonly CampaignStatus[]
  readonly to: CampaignStatus
  readonly done: 'paused' | 'resumed' | 'cancelled'
}

const edges: Readonly<Record<Control, Edge>> = {
  pause: { from: ['ACTIVE'], to: 'PAUSED', done: 'paused' },
  resume: { from: ['PAUSED'], to: 'ACTIVE', done: 'resumed' },
  cancel: { from: ['ACTIVE', 'PAUSED'], to: 'CANCELLED', done: 'cancelled' },
}

/**
 * Pauses, resumes or cancels. When it resolves the change is durable, and after a pause or a cancel no further
 * message sets out. Asking again for what already is changes nothing.
 * @throws ProblemError when the campaign stands where this cannot be done
 */
export async function controlCampaign(
  parts: CampaignParts,
  workspaceId: string,
  id: string,
  control: Control,
  actor: Actor,
): Promise<Campaign> {
  const { from, to, done } = edges[control]
  const { status } = await requireCampaign(parts, workspaceId, id)
  if (status !== to) {
    const isDone = await parts.knex.transaction(async (transaction) => {
      const nowMs = parts.world.nowMs()
      if (!(await changeStatus(transaction, workspaceId, id, from, to, nowMs))) return false
      await controlRuns(parts, transaction, workspaceId, id, control, nowMs)
      const deed = {
        workspaceId,
        actor,
        action: `campaign.${done}`,
        subjectId: id,
        details: { before: status },
      } as const
      await tellChange(transaction, { workspaceId, campaignId: id, kind: `campaign.${done}` }, nowMs)
      await appendAudit(transaction, deed, nowMs)
      return true
    })
    if (!isDone) {
      throw new ProblemError('CAMPAIGN_NOT_ACTIVE', `A campaign that is ${status} cannot be ${done}`)
    }
    parts.wake()
  }
  return requireCampaign(parts, workspaceId, id)
}

/** A run that ended meanwhile refuses; then the whole change is taken back, and the end is told a moment later. */
async function controlRuns(
  { runs }: CampaignParts,
  transaction: Knex.Transaction,
  workspaceId: string,
  campaignId: string,
  control: Control,
  nowMs: number,
): Promise<void> {
  for (const { runId } of await runs.ofCampaigns(workspaceId, [campaignId], transaction)) {
    if (!(await runs[control](workspaceId, runId, nowMs, transaction))) {
      throw new ProblemError('CAMPAIGN_NOT_ACTIVE', 'The campaign has just come to its end')
    }
  }
}

/**
 * Sends again to those whom a campaign certainly did not reach, and to nobody else; answers how many. A campaign that
 * has ended goes on for them.
 * @throws ProblemError when there is nobody to send to again
 */
export async function retryFailed(
  parts: CampaignParts,
  workspaceId: string,
  id: string,
  actor: Actor,
): Promise<number> {
  const campaign = await requireCampaign(parts, workspaceId, id)
  const retried = await parts.knex.transaction(async (transaction) => {
    const nowMs = parts.world.nowMs()
    let sum = 0
    for (const { runId } of await parts.runs.ofCampaigns(workspaceId, [id], transaction)) {
      sum += await parts.runs.retryFailed(workspaceId, runId, nowMs, transaction)
    }
    if (sum === 0) return 0
    await changeStatus(transaction, workspaceId, id, ['COMPLETED'], 'ACTIVE', nowMs)
    const deed = { workspaceId, actor, action: 'campaign.retried', subjectId: id, details: { messages: sum } } as const
    await appendAudit(transaction, deed, nowMs)
    return sum
  })
  if (retried === 0) throw nothingToRetry(campaign, parts.world.nowMs())
  parts.wake()
  return retried
}

function nothingToRetry({ expiresAtMs }: Campaign, nowMs: number): ProblemError {
  const isOver = expiresAtMs !== null && expiresAtMs <= nowMs
  const message = isOver
    ? 'The time in which this campaign was to be sent is over'
    : 'No message of this campaign has failed for certain'
  return new ProblemError('NOTHING_TO_RETRY', message)
}

/** A run came to its end: everybody is accounted for. Told at least once; telling it again changes nothing. */
export function completeCampaign(
  parts: Pick<CampaignParts, 'knex' | 'world' | 'runs'>,
  workspaceId: string,
  campaignId: string,
): Promise<void> {
  const change = { workspaceId, campaignId, kind: 'campaign.completed' } as const
  return follow(parts, change, { from: ['ACTIVE', 'PAUSED'], to: 'COMPLETED', runStates: ['COMPLETED', 'SETTLED'] })
}

/** The sending side stopped by itself, for instance because the vendor refuses our key. */
export function markPaused(
  parts: Pick<CampaignParts, 'knex' | 'world' | 'runs'>,
  workspaceId: string,
  campaignId: string,
): Promise<void> {
  const change = { workspaceId, campaignId, kind: 'campaign.paused', data: { byItself: true } } as const
  return follow(parts, change, { from: ['ACTIVE'], to: 'PAUSED', runStates: ['PAUSED'] })
}

/**
 * What a run came to, its campaign comes to. News travels, and a campaign may have been resumed or retried meanwhile:
 * then its run says so under the campaign's lock, and the news is too old to matter.
 */
function follow(
  { knex, world, runs }: Pick<CampaignParts, 'knex' | 'world' | 'runs'>,
  change: CampaignChange,
  step: {
    readonly from: readonly CampaignStatus[]
    readonly to: CampaignStatus
    readonly runStates: readonly string[]
  },
): Promise<void> {
  const { workspaceId, campaignId } = change
  const nowMs = world.nowMs()
  return inTransaction(knex, async (transaction) => {
    await holdCampaign(transaction, workspaceId, campaignId)
    const [run] = await runs.ofCampaigns(workspaceId, [campaignId], transaction)
    if (run === undefined || !step.runStates.includes(run.state)) return
    const isChanged = await changeStatus(transaction, workspaceId, campaignId, step.from, step.to, nowMs)
    if (isChanged) await tellChange(transaction, change, nowMs)
  })
}

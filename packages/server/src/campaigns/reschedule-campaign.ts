import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { moveSchedule } from './campaign-store.ts'
import { requireCampaign } from './plan-campaign.ts'

/**
 * Moves the start of a campaign that was launched for later; null begins it now. Who gets it stays as it was written down
 * at the launch. To put it off without a new time, pause it.
 * @throws ProblemError for a time that has passed or lies behind its end, or when the sending has begun
 */
export async function rescheduleCampaign(
  parts: CampaignParts,
  workspaceId: string,
  id: string,
  startAtMs: number | null,
  actor: Actor,
): Promise<Campaign> {
  const { scheduledAtMs, expiresAtMs } = await requireCampaign(parts, workspaceId, id)
  const nowMs = parts.world.nowMs()
  refuseImpossible(startAtMs, expiresAtMs, nowMs)
  await inTransaction(parts.knex, async (transaction) => {
    const [run] = await parts.runs.ofCampaigns(workspaceId, [id], transaction)
    const isMoved =
      run !== undefined && (await parts.runs.reschedule(workspaceId, run.runId, startAtMs, nowMs, transaction))
    if (!isMoved)
      throw new ProblemError('CAMPAIGN_NOT_SCHEDULED', 'Only a campaign that waits for its time can be moved')
    await moveSchedule(transaction, workspaceId, id, startAtMs, nowMs)
    const details = { before: scheduledAtMs, startAtMs }
    await appendAudit(
      transaction,
      { workspaceId, actor, action: 'campaign.rescheduled', subjectId: id, details },
      nowMs,
    )
  })
  parts.wake()
  return requireCampaign(parts, workspaceId, id)
}

function refuseImpossible(startAtMs: number | null, expiresAtMs: number | null, nowMs: number): void {
  if (startAtMs !== null && startAtMs <= nowMs) {
    throw invalidInput([{ path: '/scheduleAt', message: 'The time to start at has passed' }])
  }
  if (expiresAtMs !== null && (startAtMs ?? nowMs) >= expiresAtMs) {
    throw invalidInput([{ path: '/scheduleAt', message: 'The time to start at must be before the time to end at' }])
  }
}

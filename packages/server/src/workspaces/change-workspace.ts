import type { AccountParts } from '../accounts/account-parts.ts'
import { requireWorkspace, updateWorkspace, type Workspace } from '../accounts/workspaces-store.ts'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { invalidInput } from '../problems/problem-error.ts'

/** A workspace as it is to be. What clients do not know of yet, and so leave out, stays as it is. */
export type WorkspaceChange = Omit<Workspace, 'id' | 'frequencyCap' | 'quietHours'> &
  Partial<Pick<Workspace, 'frequencyCap' | 'quietHours'>>

/**
 * Sets a workspace up anew, and writes down what changed: its calendar, consent, cap and quiet hours decide who is
 * written to, and when. They hold for every message that is permitted from now on, of running campaigns too.
 * @throws ProblemError for quiet hours that end when they begin
 */
export async function changeWorkspace(
  { knex, world }: AccountParts,
  workspaceId: string,
  change: WorkspaceChange,
  actor: Actor,
): Promise<Workspace> {
  refuseEmptyHours(change)
  return inTransaction(knex, async (transaction) => {
    const before = await requireWorkspace(transaction, workspaceId)
    const workspace = { ...before, ...change }
    await updateWorkspace(transaction, workspace)
    const details = { ...toldOf(workspace), consentPolicyBefore: before.consentPolicy }
    const deed = { workspaceId, actor, action: 'workspace.changed', subjectId: workspaceId, details } as const
    await appendAudit(transaction, deed, world.nowMs())
    return workspace
  })
}

function toldOf({ timeZone, currency, consentPolicy, frequencyCap, quietHours }: Workspace) {
  return {
    timeZone,
    currency,
    consentPolicy,
    frequencyCap: frequencyCap === null ? null : `${frequencyCap.messages} in ${frequencyCap.days} days`,
    quietHours: quietHours === null ? null : `${quietHours.from} to ${quietHours.until}`,
  }
}

function refuseEmptyHours({ quietHours }: WorkspaceChange): void {
  if (quietHours == null || quietHours.from !== quietHours.until) return
  const message = '"until" of "quietHours" must be another time than "from"; without quiet hours, send null'
  throw invalidInput([{ path: '/quietHours/until', message }])
}

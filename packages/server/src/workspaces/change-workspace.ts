import type { AccountParts } from '../accounts/account-parts.ts'
import { requireWorkspace, updateWorkspace, type Workspace } from '../accounts/workspaces-store.ts'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { inTransaction } from '../database/in-transaction.ts'

/** Sets a workspace up anew, and writes down what changed: its calendar and consent decide who is written to. */
export async function changeWorkspace(
  { knex, world }: AccountParts,
  workspace: Workspace,
  actor: Actor,
): Promise<void> {
  const { id: workspaceId, timeZone, currency, consentPolicy } = workspace
  await inTransaction(knex, async (transaction) => {
    const before = await requireWorkspace(transaction, workspaceId)
    await updateWorkspace(transaction, workspace)
    const details = { timeZone, currency, consentPolicy, consentPolicyBefore: before.consentPolicy }
    const deed = { workspaceId, actor, action: 'workspace.changed', subjectId: workspaceId, details } as const
    await appendAudit(transaction, deed, world.nowMs())
  })
}

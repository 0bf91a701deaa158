import type { Workspace } from '../accounts/workspaces-store.ts'
import { excludedFor, sharersOf } from '../deliveries/read-exclusions.ts'
import { type ExportFormat, type ExportRow, exportText } from '../exports/export-text.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { keptPatienceMs } from '../segments/audience.ts'
import { populationOf } from '../segments/segment-parts.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { excludedNow, orderOf } from './funnel.ts'
import { requireCampaign } from './plan-campaign.ts'

/** Why people of a campaign are not written to, in the words of the funnel. */
export const exclusionCodes = [
  'NO_ADDRESS',
  'SAME_ADDRESS',
  'OPTED_OUT',
  'CONSENT_MISSING',
  'CONSENT_REFUSED',
  'CONTROL_GROUP',
  'FREQUENCY_CAP',
  'CUSTOMER_GONE',
  'WINDOW_CLOSED',
  'CANCELLED',
] as const

const columns = ['id', 'name', 'email', 'reason']

/** Finding a page may mean going through the whole audience, so pages are large; as ids they are small. */
const idsAtOnce = 20_000

const rowsAtOnce = 500

/**
 * The people whom a campaign leaves out for one reason, as text in the order of their ids: before the launch as they
 * are foreseen, afterwards as the run's books have them. Whoever was erased since is there by id alone.
 * @throws ProblemError for a reason that there is not, or no such campaign; before the first piece of text
 */
export async function exportExclusion(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  reason: string,
  format: ExportFormat,
  signal: AbortSignal,
): Promise<AsyncGenerator<string>> {
  const code = exclusionCodes.find((known) => known === reason)
  if (code === undefined) throw new ProblemError('NOT_FOUND', 'There is no such exclusion')
  const pageAfter = await pagesOf(parts, workspace, id, code, signal)
  return exportText(format, columns, people(parts, workspace.id, code, pageAfter))
}

/** Answers the ids behind one, at most `idsAtOnce`. */
type PageAfter = (after: string) => Promise<readonly string[]>

async function pagesOf(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  code: (typeof exclusionCodes)[number],
  signal: AbortSignal,
): Promise<PageAfter> {
  const campaign = await requireCampaign(parts, workspace.id, id)
  const [run] = campaign.status === 'DRAFT' ? [] : await parts.runs.ofCampaigns(workspace.id, [id])
  const asker = { workspaceId: workspace.id, timeLimitMs: keptPatienceMs, signal }
  if (run !== undefined) {
    return async (after) => {
      const left = code === 'SAME_ADDRESS' ? sharersOf : excludedFor
      const rows: { customer_id: string }[] = await parts.reads
        .from(left(parts.reads, workspace.id, run.runId, code).as('f'))
        .where('f.customer_id', '>', after)
        .orderBy('f.customer_id')
        .limit(idsAtOnce)
        .select('f.customer_id')
      return rows.map(({ customer_id }) => customer_id)
    }
  }
  const atMs = parts.world.nowMs()
  const order = { ...orderOf(parts, workspace, await populationOf(parts, workspace), campaign, atMs), capAtMs: atMs }
  return async (after) => {
    const page = excludedNow(parts, order, code, after, idsAtOnce)
    const rows = await parts.longReads.read(asker, (ask) => ask<{ customer_id: string }>(page))
    return rows.map(({ customer_id }) => customer_id)
  }
}

async function* people(
  { reads }: CampaignParts,
  workspaceId: string,
  reason: string,
  pageAfter: PageAfter,
): AsyncGenerator<readonly ExportRow[]> {
  for (let after = ''; ; ) {
    const ids = await pageAfter(after)
    for (let start = 0; start < ids.length; start += rowsAtOnce) {
      const wanted = ids.slice(start, start + rowsAtOnce)
      const rows: { id: string; name: string; email: string }[] = await reads('customers')
        .where({ workspace_id: workspaceId })
        .whereIn('id', wanted)
        .select('id', 'name', 'email')
      const known = new Map(rows.map((row) => [row.id, row]))
      yield wanted.map((id) => ({ id, name: known.get(id)?.name ?? '', email: known.get(id)?.email ?? '', reason }))
    }
    const last = ids.at(-1)
    if (last === undefined || ids.length < idsAtOnce) return
    after = last
  }
}

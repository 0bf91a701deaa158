import { type Explanation, explain, type Rule } from '@muster/segment-core'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { loadRecord } from './load-record.ts'
import { populationOf, type SegmentParts } from './segment-parts.ts'

/** Why one customer is in, or why not: every condition with the value seen and the bound used. */
export async function explainMembership(
  parts: SegmentParts,
  workspace: Workspace,
  rule: Rule,
  customerId: string,
): Promise<Explanation> {
  const { knex, world } = parts
  const { segments, catalog, timeZone } = await populationOf(parts, workspace)
  const record = await loadRecord(knex, catalog, workspace.id, customerId)
  if (record === null) throw new ProblemError('CUSTOMER_NOT_FOUND', 'There is no such customer')
  return explain(rule, record, { catalog, now: world.nowMs(), timeZone, segments })
}

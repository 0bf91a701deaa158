import type { Knex } from 'knex'
import type { RuleInUse } from './attributes/attribute-parts.ts'
import { rulesOfDrafts } from './campaigns/draft-rules-store.ts'
import { namedRulesOfSegments } from './segments/segment-store.ts'

/** The rules of a workspace that will be asked again: those of its segments, and of the campaigns not yet launched. */
export async function rulesInUse(knex: Knex, workspaceId: string): Promise<readonly RuleInUse[]> {
  const segments = await namedRulesOfSegments(knex, workspaceId)
  const drafts = await rulesOfDrafts(knex, workspaceId)
  return [
    ...segments.map((segment) => ({ kind: 'segment' as const, ...segment })),
    ...drafts.map((draft) => ({ kind: 'campaign' as const, ...draft })),
  ]
}

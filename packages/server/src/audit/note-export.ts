import type { Knex } from 'knex'
import { inTransaction } from '../database/in-transaction.ts'
import type { World } from '../world/world.ts'
import { actorOf } from './audit-entry.ts'
import { appendAudit } from './audit-store.ts'

/** A list of people that leaves the server as a file. */
export interface ExportOfPeople {
  readonly what: 'segment-members' | 'campaign-messages' | 'campaign-exclusions'
  /** The segment or campaign. */
  readonly subjectId: string
  readonly format: string
}

/** Writes down who took people's data along, before the first row leaves. */
export async function noteExport(
  { knex, world }: { readonly knex: Knex; readonly world: Pick<World, 'nowMs'> },
  session: Parameters<typeof actorOf>[0] & { readonly workspaceId: string },
  { what, subjectId, format }: ExportOfPeople,
): Promise<void> {
  const { workspaceId } = session
  const actor = actorOf(session)
  const deed = { workspaceId, actor, action: 'people.exported', subjectId, details: { what, format } } as const
  await inTransaction(knex, (transaction) => appendAudit(transaction, deed, world.nowMs()))
}

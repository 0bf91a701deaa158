import type { Rule } from '@muster/segment-core'
import type { Knex } from 'knex'

/** The checked rule of every campaign that has not been launched: what was launched is not asked again. */
export async function rulesOfDrafts(
  knex: Knex,
  workspaceId: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly rule: Rule }[]> {
  const rows: { id: string; name: string; rule: string }[] = await knex('campaigns')
    .where({ workspace_id: workspaceId, status: 'DRAFT' })
    .select('id', 'name', 'rule')
  return rows.map(({ id, name, rule }) => ({ id, name, rule: JSON.parse(rule) }))
}

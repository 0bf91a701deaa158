import type { Knex } from 'knex'

/** People of a run who are not written to: nothing was sent, and nothing will be. */
const excludedStates = ['SUPPRESSED', 'EXPIRED', 'CANCELLED'] as const

/** How many people a run leaves out, by the reason. */
export interface Exclusion {
  readonly code: string
  readonly count: number
}

/** Whom a run leaves out, by reason, the most frequent first. */
export async function exclusionsOf(knex: Knex, workspaceId: string, runId: string): Promise<readonly Exclusion[]> {
  const rows: { code: string; count: number | string }[] = await excluded(knex, workspaceId, runId)
    .groupBy('failure_code')
    .select({ code: 'failure_code' })
    .count({ count: '*' })
  return rows
    .map(({ code, count }) => ({ code, count: Number(count) }))
    .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1))
}

/** The ids of those who are left out for one reason, to be narrowed further. */
export function excludedFor(knex: Knex, workspaceId: string, runId: string, code: string): Knex.QueryBuilder {
  return excluded(knex, workspaceId, runId).where('failure_code', code).select('customer_id')
}

/** Those who share the address of somebody else's message: they are counted there and have no message of their own. */
export function sharersOf(knex: Knex, workspaceId: string, runId: string): Knex.QueryBuilder {
  return knex('messages')
    .join('customers', (join) =>
      join
        .on('customers.workspace_id', 'messages.workspace_id')
        .andOn(knex.raw('lower(trim(customers.email_folded)) = messages.address'))
        .andOn('customers.id', '<>', 'messages.customer_id'),
    )
    .where({ 'messages.workspace_id': workspaceId, 'messages.run_id': runId })
    .where('messages.duplicates', '>', 0)
    .select({ customer_id: 'customers.id' })
}

function excluded(knex: Knex, workspaceId: string, runId: string): Knex.QueryBuilder {
  return knex('messages')
    .where({ workspace_id: workspaceId, run_id: runId })
    .whereIn('dispatch', [...excludedStates])
    .whereNull('superseded_at_ms')
}

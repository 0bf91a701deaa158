import type { Knex } from 'knex'

/** What a lookalike is measured by. */
export interface Profile {
  readonly totalSpendingMinor: number
  readonly visitCount: number
  readonly lastVisitAtMs: number | null
  readonly city: string | null
}

/**
 * Some members of an audience, chosen by chance: ids are random, so those that come first in their order are a fair
 * sample, and the same one each time.
 */
export async function sampleProfiles(members: Knex.QueryBuilder, limit: number): Promise<readonly Profile[]> {
  const rows: Record<string, unknown>[] = await members
    .clone()
    .select({
      totalSpendingMinor: 'customers.total_spending_minor',
      visitCount: 'customers.visit_count',
      lastVisitAtMs: 'customers.last_visit_at_ms',
      city: 'customers.city',
    })
    .orderBy('customers.id')
    .limit(limit)
  return rows.map((row) => ({
    totalSpendingMinor: Number(row['totalSpendingMinor']),
    visitCount: Number(row['visitCount']),
    lastVisitAtMs: row['lastVisitAtMs'] === null ? null : Number(row['lastVisitAtMs']),
    city: typeof row['city'] === 'string' ? row['city'] : null,
  }))
}

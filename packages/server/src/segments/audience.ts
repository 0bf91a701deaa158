import { type Catalog, compileWhere, type Rule } from '@muster/segment-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'

/** Whose customers are asked, and in which zone their days are counted. */
export interface Population {
  readonly workspaceId: string
  /** IANA name. */
  readonly timeZone: string
}

/** A customer as a preview shows one. */
export interface SampleCustomer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly totalSpendingMinor: number
  readonly visitCount: number
}

/** Where a rule meets the database: the only file that embeds SQL which comes from one. */
export interface Audience {
  count(population: Population, rule: Rule, asOfMs: number): Promise<number>
  /** At most `limit` members, the biggest spenders first: whom the shop's team will recognise. */
  sample(population: Population, rule: Rule, asOfMs: number, limit: number): Promise<readonly SampleCustomer[]>
  /** The members as a query over `customers` without columns, for counting, sampling and snapshots. */
  members(population: Population, rule: Rule, asOfMs: number): Knex.QueryBuilder
}

/** Asks the database for the customers that rules choose. Every question is limited to one workspace. */
export function createAudience({ knex, dialect }: Database, catalog: Catalog): Audience {
  const members = ({ workspaceId, timeZone }: Population, rule: Rule, asOfMs: number) => {
    const { sql, bindings } = compileWhere(rule, { catalog, dialect, now: asOfMs, timeZone, scope: workspaceId })
    return knex('customers')
      .where('customers.workspace_id', workspaceId)
      .whereRaw(sql, [...bindings])
  }
  return {
    members,
    count: async (population, rule, asOfMs) => {
      const [row] = await members(population, rule, asOfMs).count<{ size: number | string }[]>({ size: '*' })
      return Number(row?.size ?? 0)
    },
    sample: (population, rule, asOfMs, limit) =>
      members(population, rule, asOfMs)
        .select({
          id: 'customers.id',
          name: 'customers.name',
          email: 'customers.email',
          totalSpendingMinor: 'customers.total_spending_minor',
          visitCount: 'customers.visit_count',
        })
        .orderBy([{ column: 'customers.total_spending_minor', order: 'desc' }, { column: 'customers.id' }])
        .limit(limit),
  }
}

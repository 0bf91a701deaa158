import { type Catalog, compileWhere, countConditions, type Rule } from '@muster/segment-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'

/** Whose customers are asked, in which zone their days are counted, and which segments a rule may refer to. */
export interface Population {
  readonly workspaceId: string
  /** IANA name. */
  readonly timeZone: string
  /** Checked rules by the segments' ids. */
  readonly segments: ReadonlyMap<string, Rule>
}

/** A customer as a preview shows one. */
export interface SampleCustomer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly totalSpendingMinor: number
  readonly visitCount: number
}

/** For how many one condition or group of a rule holds. */
export interface ConditionCount {
  /** JSON Pointer into the checked rule. */
  readonly path: string
  readonly kind: 'condition' | 'group' | 'segment'
  readonly count: number
  /** How many of them only because a value is missing; null where nobody can be one. */
  readonly onlyMissing: number | null
}

/** Where a rule meets the database: the only file that embeds SQL which comes from one. */
export interface Audience {
  count(population: Population, rule: Rule, asOfMs: number): Promise<number>
  /** At most `limit` members, the biggest spenders first: whom the shop's team will recognise. */
  sample(population: Population, rule: Rule, asOfMs: number, limit: number): Promise<readonly SampleCustomer[]>
  /** For each condition and group by itself: where people drop out, and where they slip in. */
  countEach(population: Population, rule: Rule, asOfMs: number): Promise<readonly ConditionCount[]>
  /** The members as a query over `customers` without columns, for counting, sampling and snapshots. */
  members(population: Population, rule: Rule, asOfMs: number): Knex.QueryBuilder
}

/** Asks the database for the customers that rules choose. Every question is limited to one workspace. */
export function createAudience({ knex, dialect }: Database, catalog: Catalog): Audience {
  const optionsFor = ({ workspaceId, timeZone, segments }: Population, asOfMs: number) => ({
    catalog,
    dialect,
    now: asOfMs,
    timeZone,
    scope: workspaceId,
    segments,
  })
  const members = (population: Population, rule: Rule, asOfMs: number) => {
    const { sql, bindings } = compileWhere(rule, optionsFor(population, asOfMs))
    return knex('customers')
      .where('customers.workspace_id', population.workspaceId)
      .whereRaw(sql, [...bindings])
  }
  return {
    members,
    count: async (population, rule, asOfMs) => {
      const [row] = await members(population, rule, asOfMs).count<{ size: number | string }[]>({ size: '*' })
      return Number(row?.size ?? 0)
    },
    countEach: async (population, rule, asOfMs) => {
      const { sql, bindings, nodes } = countConditions(rule, optionsFor(population, asOfMs))
      const [row] = await knex.select('*').from(knex.raw(`(${sql}) as counts`, [...bindings]))
      return nodes.map(({ path, kind, count, onlyMissing }) => ({
        path,
        kind,
        count: Number(row?.[count] ?? 0),
        onlyMissing: onlyMissing === undefined ? null : Number(row?.[onlyMissing] ?? 0),
      }))
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

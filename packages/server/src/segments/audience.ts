import { type Catalog, compileSql, compileWhere, countConditions, type Rule } from '@muster/segment-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import type { LongReads } from '../database/long-reads.ts'
import type { Ask } from '../database/reads.ts'

/** Whose customers are asked, in which zone their days are counted, and which segments a rule may refer to. */
export interface Population {
  readonly workspaceId: string
  /** What its rules can ask: the built-in fields and the attributes that it has declared. */
  readonly catalog: Catalog
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

/** What customers are compared by. */
export interface CustomerProfile {
  readonly totalSpendingMinor: number
  readonly visitCount: number
  readonly lastVisitAtMs: number | null
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

/** What can be asked of the customers that a rule chooses. */
export interface Questions {
  count(population: Population, rule: Rule, asOfMs: number): Promise<number>
  /** At most `limit` members, the biggest spenders first: whom the shop's team will recognise. */
  sample(population: Population, rule: Rule, asOfMs: number, limit: number): Promise<readonly SampleCustomer[]>
  /**
   * At most `limit` members, chosen by chance: ids are random, so those that come first in their order are a fair
   * sample, and the same one each time.
   */
  profiles(population: Population, rule: Rule, asOfMs: number, limit: number): Promise<readonly CustomerProfile[]>
  /** For each condition and group by itself: where people drop out, and where they slip in. */
  countEach(population: Population, rule: Rule, asOfMs: number): Promise<readonly ConditionCount[]>
  /** At most `limit` members' ids behind this one, in their order. */
  idsAfter(population: Population, rule: Rule, asOfMs: number, after: string, limit: number): Promise<readonly string[]>
}

/** For how long a question may run, and the signal that tells when nobody waits for the answer any more. */
export interface Patience {
  readonly timeLimitMs: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Where a rule meets the database: the only file that embeds SQL which comes from one. A single question is asked
 * with the patience of somebody who keeps its answer.
 */
export interface Audience extends Questions {
  /** Several questions over one state of the data, within one time limit. */
  together<Answer>(
    workspaceId: string,
    patience: Patience,
    work: (questions: Questions) => Promise<Answer>,
  ): Promise<Answer>
  /** The members as a query over `customers` without columns, for snapshots. */
  members(population: Population, rule: Rule, asOfMs: number): Knex.QueryBuilder
}

/** Somebody looks at the screen: a figure that takes longer is not worth waiting for. */
export const previewPatienceMs = 5_000

/** A figure that is kept, or a part of a file that is being downloaded, is worth more. */
export const keptPatienceMs = 30_000

/** Asks the database for the customers that rules choose. Every question is limited to one workspace. */
export function createAudience({ knex, dialect }: Database, longReads: LongReads): Audience {
  const members = (population: Population, rule: Rule, asOfMs: number) => {
    const { sql, bindings } = compileWhere(rule, optionsFor(population, asOfMs, dialect))
    return knex('customers')
      .where('customers.workspace_id', population.workspaceId)
      .whereRaw(sql, [...bindings])
  }
  const together: Audience['together'] = (workspaceId, patience, work) =>
    longReads.read({ workspaceId, ...patience }, (ask) => work(questionsOf(ask)))
  const alone = <Answer>({ workspaceId }: Population, work: (questions: Questions) => Promise<Answer>) =>
    together(workspaceId, { timeLimitMs: keptPatienceMs }, work)
  const questionsOf = (ask: Ask): Questions => ({
    // As a statement of its own: SQLite takes keys away, in EXCEPT, faster than it looks for those that are missing.
    count: async (population, rule, asOfMs) => {
      const { sql, bindings } = compileSql(rule, optionsFor(population, asOfMs, dialect))
      const counted = knex
        .queryBuilder()
        .from(knex.raw(`(${sql}) as audience`, [...bindings]))
        .count({ size: '*' })
      const [row] = await ask<{ size: number | string }>(counted)
      return Number(row?.size ?? 0)
    },
    countEach: async (population, rule, asOfMs) => {
      const { sql, bindings, nodes } = countConditions(rule, optionsFor(population, asOfMs, dialect))
      const counts = knex
        .queryBuilder()
        .select('*')
        .from(knex.raw(`(${sql}) as counts`, [...bindings]))
      const [row] = await ask<Readonly<Record<string, unknown>>>(counts)
      return nodes.map(({ path, kind, count, onlyMissing }) => ({
        path,
        kind,
        count: Number(row?.[count] ?? 0),
        onlyMissing: onlyMissing === undefined ? null : Number(row?.[onlyMissing] ?? 0),
      }))
    },
    sample: (population, rule, asOfMs, limit) =>
      ask(
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
      ),
    profiles: async (population, rule, asOfMs, limit) => {
      const sample = members(population, rule, asOfMs)
        .select({
          totalSpendingMinor: 'customers.total_spending_minor',
          visitCount: 'customers.visit_count',
          lastVisitAtMs: 'customers.last_visit_at_ms',
        })
        .orderBy('customers.id')
        .limit(limit)
      const rows = await ask<Readonly<Record<keyof CustomerProfile, number | string | null>>>(sample)
      return rows.map(({ totalSpendingMinor, visitCount, lastVisitAtMs }) => ({
        totalSpendingMinor: Number(totalSpendingMinor),
        visitCount: Number(visitCount),
        lastVisitAtMs: lastVisitAtMs === null ? null : Number(lastVisitAtMs),
      }))
    },
    idsAfter: async (population, rule, asOfMs, after, limit) => {
      const next = members(population, rule, asOfMs)
        .where('customers.id', '>', after)
        .orderBy('customers.id')
        .limit(limit)
        .select({ id: 'customers.id' })
      return (await ask<{ id: string }>(next)).map(({ id }) => id)
    },
  })
  return {
    members,
    together,
    count: (population, ...question) => alone(population, ({ count }) => count(population, ...question)),
    sample: (population, ...question) => alone(population, ({ sample }) => sample(population, ...question)),
    profiles: (population, ...question) => alone(population, ({ profiles }) => profiles(population, ...question)),
    countEach: (population, ...question) => alone(population, ({ countEach }) => countEach(population, ...question)),
    idsAfter: (population, ...question) => alone(population, ({ idsAfter }) => idsAfter(population, ...question)),
  }
}

function optionsFor(
  { workspaceId, catalog, timeZone, segments }: Population,
  asOfMs: number,
  dialect: Database['dialect'],
) {
  return { catalog, dialect, now: asOfMs, timeZone, scope: workspaceId, segments }
}

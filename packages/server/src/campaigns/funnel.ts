import type { Knex } from 'knex'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { type ForecastOrder, forecast } from '../deliveries/forecast.ts'
import type { Exclusion } from '../deliveries/run-store.ts'
import { keptPatienceMs, type Population } from '../segments/audience.ts'
import { readRules } from '../segments/read-rules.ts'
import { populationOf } from '../segments/segment-parts.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { requireCampaign } from './plan-campaign.ts'
import { divisionOf, undivided } from './split.ts'

/** From everybody whom a rule chooses down to those who are written to. Everybody stands in one place. */
export interface Funnel {
  /** Before the launch it is foreseen; afterwards the run's own books say it. */
  readonly source: 'forecast' | 'ledger'
  readonly atMs: number
  /** Chosen by the rule. */
  readonly matched: number
  /** Left out, by the reason. Together with `willBeSent` they are everybody who matched. */
  readonly exclusions: readonly Exclusion[]
  readonly willBeSent: number
  /** Of those, how many have not been written to yet, and may still be left out; null before the launch. */
  readonly stillOpen: number | null
}

/** The funnel of a campaign: what a launch would do now, or what became of it. */
export async function funnelOf(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  signal: AbortSignal,
): Promise<Funnel> {
  const campaign = await requireCampaign(parts, workspace.id, id)
  const [run] = campaign.status === 'DRAFT' ? [] : await parts.runs.ofCampaigns(workspace.id, [id])
  if (run === undefined) return foresee(parts, workspace, campaign, signal)
  const [progress, ofRun] = await Promise.all([
    parts.runs.progress(workspace.id, [run.runId]),
    parts.runs.exclusions(workspace.id, run.runId),
  ])
  const books = progress.get(run.runId)
  const shared = run.deduplicated > 0 ? [{ code: 'SAME_ADDRESS', count: run.deduplicated }] : []
  const exclusions = [...shared, ...ofRun]
  const matched = run.audience + run.deduplicated
  return {
    source: 'ledger',
    atMs: parts.world.nowMs(),
    matched,
    exclusions,
    willBeSent: matched - sumOf(exclusions),
    stillOpen: run.audience - (books?.finished ?? 0),
  }
}

/** What a launch of rules that belong to no campaign yet would do now, with one text and without a control group. */
export async function funnelOfRules(
  parts: CampaignParts,
  workspace: Workspace,
  rules: unknown,
  signal: AbortSignal,
): Promise<Funnel> {
  const { catalog, segments } = await populationOf(parts, workspace)
  const { rule } = readRules(rules, catalog, parts.world.nowMs(), segments)
  return foresee(parts, workspace, { id: '', rule, split: undivided }, signal)
}

/** What a launch of this rule would do now, in one statement. */
export async function foresee(
  parts: CampaignParts,
  workspace: Workspace,
  campaign: Pick<Campaign, 'id' | 'rule' | 'split'>,
  signal: AbortSignal,
): Promise<Funnel> {
  const atMs = parts.world.nowMs()
  const population = await populationOf(parts, workspace)
  const order = { ...orderOf(parts, workspace, population, campaign, atMs), capAtMs: atMs }
  const asker = { workspaceId: workspace.id, timeLimitMs: keptPatienceMs, signal }
  const rows = await parts.longReads.read(asker, (ask) =>
    ask<Bucket>(
      parts.knex
        .from(forecast(parts.database, order).as('f'))
        .groupBy('f.exclusion')
        .select('f.exclusion', parts.knex.raw('count(*) as count')),
    ),
  )
  return funnelFrom(rows, atMs)
}

/** The people of one exclusion, as ids in their order, a page behind `after`. */
export function excludedNow(
  parts: CampaignParts,
  order: ForecastOrder,
  code: string,
  after: string,
  limit: number,
): Knex.QueryBuilder {
  return parts.knex
    .from(forecast(parts.database, order).as('f'))
    .where('f.exclusion', code)
    .where('f.customer_id', '>', after)
    .orderBy('f.customer_id')
    .limit(limit)
    .select('f.customer_id')
}

/** Whose future is asked for, of this campaign's rule at this instant. */
export function orderOf(
  { audience }: Pick<CampaignParts, 'audience'>,
  { id: workspaceId, consentPolicy }: Workspace,
  population: Population,
  { id, rule, split }: Pick<Campaign, 'id' | 'rule' | 'split'>,
  atMs: number,
): ForecastOrder {
  return { workspaceId, consentPolicy, ...divisionOf(id, split), members: audience.members(population, rule, atMs) }
}

interface Bucket {
  readonly exclusion: string | null
  readonly count: number | string
}

function funnelFrom(buckets: readonly Bucket[], atMs: number): Funnel {
  const exclusions = buckets.flatMap(({ exclusion: code, count }) =>
    code === null ? [] : [{ code, count: Number(count) }],
  )
  const willBeSent = Number(buckets.find(({ exclusion }) => exclusion === null)?.count ?? 0)
  return {
    source: 'forecast',
    atMs,
    matched: willBeSent + sumOf(exclusions),
    exclusions: exclusions.sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1)),
    willBeSent,
    stillOpen: null,
  }
}

function sumOf(exclusions: readonly Exclusion[]): number {
  return exclusions.reduce((sum, { count }) => sum + count, 0)
}

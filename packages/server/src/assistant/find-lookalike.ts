import { describe, type Rule } from '@muster/segment-core'
import { majorOf } from '../money/minor-units.ts'
import {
  type Audience,
  type CustomerProfile,
  keptPatienceMs,
  type Population,
  type Questions,
} from '../segments/audience.ts'
import { readRules } from '../segments/read-rules.ts'
import type { World } from '../world/world.ts'
import { quantile, similarityOf } from './compare-profiles.ts'

/** What lookalikes are found with. */
export interface LookalikeParts {
  readonly world: Pick<World, 'nowMs'>
  readonly audience: Audience
  readonly populationOf: (workspaceId: string) => Promise<Population>
}

/** An audience that holds the base and others like it. */
export interface LookalikeAnswer {
  readonly baseRules: unknown
  readonly lookalike: {
    /** The base OR what its members have in common: nobody of the base is ever left out. */
    readonly expandedRules: Rule
    /** Counted now. */
    readonly estimatedSize: number
    readonly baseSize: number
    /** How alike those who are added are to the base: 0 to 100, measured; null where nobody is added. */
    readonly similarity: number | null
    /** What the expansion looks for, in words. */
    readonly characteristics: readonly string[]
    readonly measuredAtMs: number
    /** How many of the base and of those added were compared. */
    readonly sampled: { readonly base: number; readonly added: number }
    readonly note: string | null
  }
}

/** Fewer have no distribution worth the name. */
const fewestMembers = 30
/** Quantiles of so many lie within a percent of the true ones. */
const mostSampled = 10_000
/** The middle eight tenths describe a group; its ends are exceptions. */
const edge = 0.1
const dayMs = 24 * 60 * 60_000

/**
 * Widens an audience to customers who resemble it: spending, visits and last visit within what the middle eight
 * tenths of the base show. Sizes are counted and the similarity is measured, both on this workspace's rows.
 * @throws InvalidRuleError when the rules are none
 * @throws ProblemError when it takes too long
 */
export async function findLookalike(
  { world, audience, populationOf }: LookalikeParts,
  workspaceId: string,
  baseRules: unknown,
  signal: AbortSignal,
): Promise<LookalikeAnswer> {
  const nowMs = world.nowMs()
  const population = await populationOf(workspaceId)
  const { rule: base } = readRules(baseRules, population.catalog, nowMs, population.segments)
  const patience = { timeLimitMs: keptPatienceMs, signal }
  return audience.together(workspaceId, patience, (questions) =>
    widen({ questions, population, nowMs }, base, baseRules),
  )
}

interface Ground {
  readonly questions: Questions
  readonly population: Population
  readonly nowMs: number
}

async function widen(
  { questions, population, nowMs }: Ground,
  base: Rule,
  baseRules: unknown,
): Promise<LookalikeAnswer> {
  const profilesOf = (rule: Rule) => questions.profiles(population, rule, nowMs, mostSampled)
  const baseSize = await questions.count(population, base, nowMs)
  const profiles = await profilesOf(base)
  const answer = { baseRules, measuredAtMs: nowMs }
  if (profiles.length < fewestMembers) {
    const note = `Not enough data: the base has ${baseSize} members; ${fewestMembers} are needed to see what they have in common.`
    return unchanged(answer, base, baseSize, profiles.length, note)
  }
  const traits = traitsOf(profiles, nowMs)
  const expandedRules: Rule = { logic: 'OR', conditions: [base, { logic: 'AND', conditions: traits }] }
  const added: Rule = {
    logic: 'AND',
    conditions: [
      { logic: 'AND', conditions: traits },
      { logic: 'NOT', conditions: [base] },
    ],
  }
  const others = await profilesOf(added)
  if (others.length === 0) {
    return unchanged(answer, base, baseSize, profiles.length, 'Everybody who is like the base is in it already.')
  }
  return {
    baseRules,
    lookalike: {
      expandedRules,
      estimatedSize: await questions.count(population, expandedRules, nowMs),
      baseSize,
      similarity: similarityOf(profiles, others),
      characteristics: traits.map((trait) => describe(trait, population.catalog)),
      measuredAtMs: nowMs,
      sampled: { base: profiles.length, added: others.length },
      note: null,
    },
  }
}

function unchanged(
  { baseRules, measuredAtMs }: { readonly baseRules: unknown; readonly measuredAtMs: number },
  base: Rule,
  baseSize: number,
  sampled: number,
  note: string,
): LookalikeAnswer {
  return {
    baseRules,
    lookalike: {
      expandedRules: base,
      estimatedSize: baseSize,
      baseSize,
      similarity: null,
      characteristics: [],
      measuredAtMs,
      sampled: { base: sampled, added: 0 },
      note,
    },
  }
}

/** What the middle of a group has in common, as conditions. Where most of it never came, the last visit says nothing. */
function traitsOf(profiles: readonly CustomerProfile[], nowMs: number): readonly Rule[] {
  const spending = profiles.map(({ totalSpendingMinor }) => totalSpendingMinor)
  const visits = profiles.map(({ visitCount }) => visitCount)
  const seen = profiles.flatMap(({ lastVisitAtMs }) => lastVisitAtMs ?? [])
  const lastVisit = quantile(seen, edge)
  return [
    ...within('totalSpending', quantile(spending, edge), quantile(spending, 1 - edge), majorOf),
    ...within('visitCount', quantile(visits, edge), quantile(visits, 1 - edge), (count) => count),
    ...(lastVisit !== null && seen.length >= profiles.length * (1 - edge)
      ? [withinLast(Math.max(1, Math.ceil((nowMs - lastVisit) / dayMs)))]
      : []),
  ]
}

function within(
  field: string,
  low: number | null,
  high: number | null,
  shown: (value: number) => number,
): readonly Rule[] {
  if (low === null || high === null) return []
  return [
    { field, operator: '>=', value: shown(low) },
    { field, operator: '<=', value: shown(high) },
  ]
}

function withinLast(days: number): Rule {
  return { field: 'lastVisit', operator: 'withinLast', value: { days } }
}

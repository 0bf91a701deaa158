import type { Workspace } from '../accounts/workspaces-store.ts'
import type { ConditionCount, Population, SampleCustomer } from './audience.ts'
import { type ReadRules, readRules } from './read-rules.ts'
import { populationOf, type SegmentParts } from './segment-parts.ts'

/** How many a rule chooses, and who they are. */
export interface Preview {
  readonly audienceSize: number
  readonly measuredAtMs: number
  readonly sample: readonly SampleCustomer[]
  /** The rule in one English sentence. */
  readonly sentence: string
  readonly warnings: readonly { readonly path: string; readonly message: string }[]
}

const sampleSize = 5

/** Who would be chosen now. */
export async function previewAudience(parts: SegmentParts, workspace: Workspace, rules: unknown): Promise<Preview> {
  return measure(parts, await read(parts, workspace, rules))
}

/** A preview with a count for each condition and group: where people drop out. */
export async function previewInDetail(
  parts: SegmentParts,
  workspace: Workspace,
  rules: unknown,
): Promise<Preview & { readonly conditions: readonly ConditionCount[] }> {
  const question = await read(parts, workspace, rules)
  const { population, measuredAtMs, rule } = question
  const conditions = await parts.audience.countEach(population, rule, measuredAtMs)
  return { ...(await measure(parts, question)), conditions }
}

/** A rule as it was understood, of whom it is asked, and when. */
interface Question extends ReadRules {
  readonly population: Population
  readonly measuredAtMs: number
}

async function read(parts: SegmentParts, workspace: Workspace, rules: unknown): Promise<Question> {
  const measuredAtMs = parts.world.nowMs()
  const population = await populationOf(parts, workspace)
  return { ...readRules(rules, parts.catalog, measuredAtMs, population.segments), population, measuredAtMs }
}

async function measure({ audience }: SegmentParts, question: Question): Promise<Preview> {
  const { population, measuredAtMs, rule, sentence, warnings } = question
  const [audienceSize, sample] = await Promise.all([
    audience.count(population, rule, measuredAtMs),
    audience.sample(population, rule, measuredAtMs, sampleSize),
  ])
  return { audienceSize, measuredAtMs, sample, sentence, warnings }
}

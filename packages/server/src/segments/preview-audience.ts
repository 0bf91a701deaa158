import type { Workspace } from '../accounts/workspaces-store.ts'
import type { ConditionCount, SampleCustomer } from './audience.ts'
import { readRules } from './read-rules.ts'
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
  const { audience, catalog, world } = parts
  const measuredAtMs = world.nowMs()
  const population = await populationOf(parts, workspace)
  const { rule, warnings, sentence } = readRules(rules, catalog, measuredAtMs, population.segments)
  const [audienceSize, sample] = await Promise.all([
    audience.count(population, rule, measuredAtMs),
    audience.sample(population, rule, measuredAtMs, sampleSize),
  ])
  return { audienceSize, measuredAtMs, sample, sentence, warnings }
}

/** A preview with a count for each condition and group: where people drop out. */
export async function previewInDetail(
  parts: SegmentParts,
  workspace: Workspace,
  rules: unknown,
): Promise<Preview & { readonly conditions: readonly ConditionCount[] }> {
  const preview = await previewAudience(parts, workspace, rules)
  const population = await populationOf(parts, workspace)
  const { rule } = readRules(rules, parts.catalog, preview.measuredAtMs, population.segments)
  return { ...preview, conditions: await parts.audience.countEach(population, rule, preview.measuredAtMs) }
}

import type { Workspace } from '../accounts/workspaces-store.ts'
import {
  type ConditionCount,
  type Population,
  previewPatienceMs,
  type Questions,
  type SampleCustomer,
} from './audience.ts'
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

/**
 * Who would be chosen now.
 * @param signal aborts when nobody waits for the answer any more
 */
export async function previewAudience(
  parts: SegmentParts,
  workspace: Workspace,
  rules: unknown,
  signal?: AbortSignal,
): Promise<Preview> {
  const question = await read(parts, workspace, rules)
  return asking(parts, workspace, signal, (questions) => measure(questions, question))
}

/** A preview with a count for each condition and group: where people drop out. */
export async function previewInDetail(
  parts: SegmentParts,
  workspace: Workspace,
  rules: unknown,
  signal?: AbortSignal,
): Promise<Preview & { readonly conditions: readonly ConditionCount[] }> {
  const question = await read(parts, workspace, rules)
  const { population, measuredAtMs, rule } = question
  return asking(parts, workspace, signal, async (questions) => {
    const conditions = await questions.countEach(population, rule, measuredAtMs)
    return { ...(await measure(questions, question)), conditions }
  })
}

/** A rule as it was understood, of whom it is asked, and when. */
interface Question extends ReadRules {
  readonly population: Population
  readonly measuredAtMs: number
}

async function read(parts: SegmentParts, workspace: Workspace, rules: unknown): Promise<Question> {
  const measuredAtMs = parts.world.nowMs()
  const population = await populationOf(parts, workspace)
  return { ...readRules(rules, population.catalog, measuredAtMs, population.segments), population, measuredAtMs }
}

/** All figures of a preview are of one state of the data: the size is that of the group in `conditions`. */
function asking<Answer>(
  { audience }: SegmentParts,
  { id }: Workspace,
  signal: AbortSignal | undefined,
  work: (questions: Questions) => Promise<Answer>,
): Promise<Answer> {
  return audience.together(id, { timeLimitMs: previewPatienceMs, signal }, work)
}

async function measure(questions: Questions, question: Question): Promise<Preview> {
  const { population, measuredAtMs, rule, sentence, warnings } = question
  const audienceSize = await questions.count(population, rule, measuredAtMs)
  const sample = await questions.sample(population, rule, measuredAtMs, sampleSize)
  return { audienceSize, measuredAtMs, sample, sentence, warnings }
}

import type { Rule } from '@muster/segment-core'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { checkVersion } from '../database/version-of.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { type ReadRules, readRules } from './read-rules.ts'
import { authored, type Segment } from './segment.ts'
import { populationOf, type SegmentParts } from './segment-parts.ts'
import {
  countSegments,
  deleteSegment,
  findSegment,
  insertSegment,
  lockSegment,
  namedRulesOfSegments,
  updateSegment,
  updateSize,
} from './segment-store.ts'

/** A segment as its author writes it. */
export interface SegmentPlan {
  readonly name: string
  readonly description?: string | null
  readonly rules: unknown
}

/** A segment as it was kept, and what its author should know about it. */
export interface KeptSegment {
  readonly segment: Segment
  readonly sentence: string
  readonly warnings: ReadRules['warnings']
}

/** All rules of a workspace are read to resolve references, so there is a bound: more than any shop keeps apart. */
const mostSegments = 1_000

/** @throws ProblemError when the workspace has one of this name, InvalidRuleError for the rules */
export async function createSegment(
  parts: SegmentParts,
  workspace: Workspace,
  userId: string,
  plan: SegmentPlan,
): Promise<KeptSegment> {
  const { knex, world } = parts
  if ((await countSegments(knex, workspace.id)) >= mostSegments) {
    throw new ProblemError('SEGMENTS_FULL', `A workspace has at most ${mostSegments} segments`)
  }
  const nowMs = world.nowMs()
  const id = world.newId()
  const { segment, ...told } = await measured(parts, workspace, { id, createdAtMs: nowMs }, plan, nowMs)
  await named(plan.name, () => insertSegment(knex, workspace.id, segment, userId))
  return { segment, ...told }
}

/** Replaces what a segment says. Whatever refers to it means the new rule from then on. */
export async function changeSegment(
  parts: SegmentParts,
  workspace: Workspace,
  id: string,
  plan: SegmentPlan,
  expected: string | null = null,
): Promise<KeptSegment> {
  const before = await requireSegment(parts, workspace.id, id)
  checkVersion(authored(before), expected)
  const kept = await measured(parts, workspace, before, plan, parts.world.nowMs())
  // Counting may have taken a while, so the version is asked once more under the lock.
  await named(plan.name, () =>
    inTransaction(parts.knex, async (transaction) => {
      await lockSegment(transaction, workspace.id, id)
      checkVersion(authored(await requireSegment({ knex: transaction }, workspace.id, id)), expected)
      await updateSegment(transaction, workspace.id, kept.segment)
    }),
  )
  return kept
}

/** @throws ProblemError when another segment is built on it */
export async function dropSegment({ knex }: SegmentParts, workspaceId: string, id: string): Promise<void> {
  await requireSegment({ knex }, workspaceId, id)
  const others = (await namedRulesOfSegments(knex, workspaceId)).filter((other) => other.id !== id)
  const user = others.find(({ rule }) => refersTo(rule, id))
  if (user !== undefined) {
    throw new ProblemError('SEGMENT_IN_USE', `The segment "${user.name}" refers to this one; change that one first`)
  }
  await deleteSegment(knex, workspaceId, id)
}

/** Counts a segment's members again. */
export async function measureSegment(parts: SegmentParts, workspace: Workspace, id: string): Promise<Segment> {
  const segment = await requireSegment(parts, workspace.id, id)
  const measuredAtMs = parts.world.nowMs()
  const population = await populationOf(parts, workspace)
  const measured = { size: await parts.audience.count(population, segment.rule, measuredAtMs), measuredAtMs }
  await updateSize(parts.knex, workspace.id, id, measured)
  return { ...segment, ...measured }
}

/** @throws ProblemError when the workspace has no such segment */
export async function requireSegment(
  { knex }: Pick<SegmentParts, 'knex'>,
  workspaceId: string,
  id: string,
): Promise<Segment> {
  const segment = await findSegment(knex, workspaceId, id)
  if (segment === null) throw new ProblemError('SEGMENT_NOT_FOUND', 'There is no such segment')
  return segment
}

async function measured(
  parts: SegmentParts,
  workspace: Workspace,
  { id, createdAtMs }: Pick<Segment, 'id' | 'createdAtMs'>,
  plan: SegmentPlan,
  nowMs: number,
): Promise<KeptSegment> {
  const population = await populationOf(parts, workspace)
  const read = readRules(plan.rules, population.catalog, nowMs, population.segments)
  // Read again with itself among the segments: a rule that would come to refer to itself is refused.
  const segments = new Map([...population.segments, [id, read.rule]])
  readRules({ segment: id }, population.catalog, nowMs, segments)
  const segment = {
    id,
    name: plan.name,
    description: plan.description ?? null,
    rules: plan.rules,
    rule: read.rule,
    size: await parts.audience.count({ ...population, segments }, { segment: id }, nowMs),
    measuredAtMs: nowMs,
    createdAtMs,
    updatedAtMs: nowMs,
  }
  return { segment, sentence: read.sentence, warnings: read.warnings }
}

async function named<Answer>(name: string, write: () => Promise<Answer>): Promise<Answer> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new ProblemError('SEGMENT_NAME_TAKEN', `There is a segment named "${name}" already`)
  }
}

function refersTo(rule: Rule, id: string): boolean {
  if ('segment' in rule) return rule.segment === id
  return 'conditions' in rule && rule.conditions.some((part) => refersTo(part, id))
}

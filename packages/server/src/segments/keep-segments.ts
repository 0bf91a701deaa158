import type { Rule } from '@muster/segment-core'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { isDuplicate } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { readRules } from './read-rules.ts'
import type { Segment } from './segment.ts'
import { populationOf, type SegmentParts } from './segment-parts.ts'
import {
  countSegments,
  deleteSegment,
  findSegment,
  insertSegment,
  rulesOfSegments,
  updateSegment,
} from './segment-store.ts'

/** A segment as its author writes it. */
export interface SegmentPlan {
  readonly name: string
  readonly description?: string | null
  readonly rules: unknown
}

/** All rules of a workspace are read to resolve references, so there is a bound: more than any shop keeps apart. */
const mostSegments = 1_000

/** @throws ProblemError when the workspace has one of this name, InvalidRuleError for the rules */
export async function createSegment(
  parts: SegmentParts,
  workspace: Workspace,
  userId: string,
  plan: SegmentPlan,
): Promise<Segment> {
  const { knex, world } = parts
  if ((await countSegments(knex, workspace.id)) >= mostSegments) {
    throw new ProblemError('SEGMENTS_FULL', `A workspace has at most ${mostSegments} segments`)
  }
  const nowMs = world.nowMs()
  const id = world.newId()
  const segment = { ...(await measured(parts, workspace, id, plan, nowMs)), createdAtMs: nowMs }
  await named(plan.name, () => insertSegment(knex, workspace.id, segment, userId))
  return segment
}

/** Replaces what a segment says. Whatever refers to it means the new rule from then on. */
export async function changeSegment(
  parts: SegmentParts,
  workspace: Workspace,
  id: string,
  plan: SegmentPlan,
): Promise<Segment> {
  const { createdAtMs } = await requireSegment(parts, workspace.id, id)
  const segment = { ...(await measured(parts, workspace, id, plan, parts.world.nowMs())), createdAtMs }
  await named(plan.name, () => updateSegment(parts.knex, workspace.id, segment))
  return segment
}

/** @throws ProblemError when another segment is built on it */
export async function dropSegment({ knex }: SegmentParts, workspaceId: string, id: string): Promise<void> {
  await requireSegment({ knex }, workspaceId, id)
  const others = [...(await rulesOfSegments(knex, workspaceId))].filter(([other]) => other !== id)
  if (others.some(([, rule]) => refersTo(rule, id))) {
    throw new ProblemError('SEGMENT_IN_USE', 'Another segment refers to this one; change that one first')
  }
  await deleteSegment(knex, workspaceId, id)
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
  id: string,
  plan: SegmentPlan,
  nowMs: number,
): Promise<Omit<Segment, 'createdAtMs'>> {
  const population = await populationOf(parts, workspace)
  const read = readRules(plan.rules, parts.catalog, nowMs, population.segments)
  // Read again with itself among the segments: a rule that would come to refer to itself is refused.
  const segments = new Map([...population.segments, [id, read.rule]])
  readRules({ segment: id }, parts.catalog, nowMs, segments)
  return {
    id,
    name: plan.name,
    description: plan.description ?? null,
    rules: plan.rules,
    rule: read.rule,
    size: await parts.audience.count({ ...population, segments }, { segment: id }, nowMs),
    measuredAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}

async function named(name: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new ProblemError('SEGMENT_NAME_TAKEN', `There is a segment named "${name}" already`)
  }
}

function refersTo(rule: Rule, id: string): boolean {
  if ('segment' in rule) return rule.segment === id
  return 'conditions' in rule && rule.conditions.some((part) => refersTo(part, id))
}

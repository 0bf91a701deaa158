import type { Rule } from '@muster/segment-core'
import type { Knex } from 'knex'
import type { Segment } from './segment.ts'

interface SegmentRow {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly rules: string
  readonly rule: string
  readonly size: number
  readonly measured_at_ms: number
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

/** Which segments a list shows, and in which order. */
export interface SegmentQuery {
  readonly sortBy: 'createdAt' | 'name' | 'size'
  readonly descending: boolean
  readonly limit: number
  readonly offset: number
}

const columnOf = { createdAt: 'created_at_ms', name: 'name', size: 'size' } as const

/** @throws the database's error when the workspace has a segment of this name */
export async function insertSegment(
  knex: Knex,
  workspaceId: string,
  segment: Segment,
  createdBy: string,
): Promise<void> {
  await knex('segments').insert({
    id: segment.id,
    workspace_id: workspaceId,
    created_by: createdBy,
    ...columnsOf(segment),
    created_at_ms: segment.createdAtMs,
  })
}

/** @throws the database's error when the workspace has another segment of this name */
export async function updateSegment(knex: Knex, workspaceId: string, segment: Segment): Promise<void> {
  await knex('segments').where({ workspace_id: workspaceId, id: segment.id }).update(columnsOf(segment))
}

/** Holds a segment until the transaction ends. */
export async function lockSegment(transaction: Knex.Transaction, workspaceId: string, id: string): Promise<void> {
  await transaction('segments').where({ workspace_id: workspaceId, id }).forUpdate().select('id')
}

export async function deleteSegment(knex: Knex, workspaceId: string, id: string): Promise<void> {
  await knex('segments').where({ workspace_id: workspaceId, id }).delete()
}

export async function findSegment(knex: Knex, workspaceId: string, id: string): Promise<Segment | null> {
  const row: SegmentRow | undefined = await knex('segments').where({ workspace_id: workspaceId, id }).first()
  return row === undefined ? null : segmentOf(row)
}

export async function listSegments(
  knex: Knex,
  workspaceId: string,
  query: SegmentQuery,
): Promise<{ readonly segments: readonly Segment[]; readonly total: number }> {
  const direction = query.descending ? 'desc' : 'asc'
  const rows: SegmentRow[] = await knex('segments')
    .where({ workspace_id: workspaceId })
    .orderBy([
      { column: columnOf[query.sortBy], order: direction },
      { column: 'id', order: direction },
    ])
    .limit(query.limit)
    .offset(query.offset)
  return { segments: rows.map(segmentOf), total: await countSegments(knex, workspaceId) }
}

export async function countSegments(knex: Knex, workspaceId: string): Promise<number> {
  const [row] = await knex('segments')
    .where({ workspace_id: workspaceId })
    .count<{ total: number | string }[]>({ total: '*' })
  return Number(row?.total ?? 0)
}

/** Every segment's checked rule by its id: what rules of this workspace may refer to. */
export async function rulesOfSegments(knex: Knex, workspaceId: string): Promise<ReadonlyMap<string, Rule>> {
  return new Map((await namedRulesOfSegments(knex, workspaceId)).map(({ id, rule }) => [id, rule]))
}

/** The same with the segments' names, for messages that say which one is concerned. */
export async function namedRulesOfSegments(
  knex: Knex,
  workspaceId: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly rule: Rule }[]> {
  const rows: Pick<SegmentRow, 'id' | 'name' | 'rule'>[] = await knex('segments')
    .where({ workspace_id: workspaceId })
    .orderBy('name')
    .select('id', 'name', 'rule')
  return rows.map(({ id, name, rule }) => ({ id, name, rule: JSON.parse(rule) }))
}

/** Writes down how many there are now; the rule is as it was, so the segment counts as unchanged. */
export async function updateSize(
  knex: Knex,
  workspaceId: string,
  id: string,
  { size, measuredAtMs }: Pick<Segment, 'size' | 'measuredAtMs'>,
): Promise<void> {
  await knex('segments').where({ workspace_id: workspaceId, id }).update({ size, measured_at_ms: measuredAtMs })
}

function columnsOf(segment: Segment): Readonly<Record<string, unknown>> {
  return {
    name: segment.name,
    description: segment.description,
    rules: JSON.stringify(segment.rules),
    rule: JSON.stringify(segment.rule),
    size: segment.size,
    measured_at_ms: segment.measuredAtMs,
    updated_at_ms: segment.updatedAtMs,
  }
}

function segmentOf(row: SegmentRow): Segment {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    rules: JSON.parse(row.rules),
    rule: JSON.parse(row.rule),
    size: Number(row.size),
    measuredAtMs: Number(row.measured_at_ms),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }
}

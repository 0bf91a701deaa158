import type { Knex } from 'knex'
import { hoursIn } from '../database/changed-hours.ts'
import { byChunks } from '../database/insert-rows.ts'

/** How far the daily figures of a workspace are. */
export interface FigureState {
  /** The zone by whose days they are counted. */
  readonly timeZone: string
  /** Another one after every change of orders or customers. */
  readonly revision: number
  /** From which instant on they still have to be counted at all; null when everything has been. */
  readonly rebuildFromMs: number | null
}

/** One change that nobody has counted yet. */
export interface Change {
  readonly id: number | string
  readonly hours: readonly number[]
}

export async function findState(knex: Knex, workspaceId: string): Promise<FigureState | null> {
  const row: { time_zone: string; revision: number | string; rebuild_from_ms: number | string | null } | undefined =
    await knex('figure_states').where({ workspace_id: workspaceId }).first()
  if (row === undefined) return null
  return {
    timeZone: row.time_zone,
    revision: Number(row.revision),
    rebuildFromMs: row.rebuild_from_ms === null ? null : Number(row.rebuild_from_ms),
  }
}

/**
 * Holds the state of a workspace until the transaction ends, so that one process counts at a time: the slower of two
 * could otherwise write older figures over newer ones. A workspace that has none begins as counted for no zone.
 */
export async function lockState(transaction: Knex.Transaction, workspaceId: string): Promise<FigureState> {
  // In one statement, so that the lock is exclusive from the start: a shared one first made readers deadlock.
  await transaction('figure_states')
    .insert({ workspace_id: workspaceId, time_zone: '', revision: 1, rebuild_from_ms: null })
    .onConflict('workspace_id')
    .merge({ revision: transaction.raw('figure_states.revision + 1') })
  const state = await findState(transaction, workspaceId)
  if (state === null) throw new Error('A state vanished within its own transaction')
  return state
}

export async function writeState(
  transaction: Knex.Transaction,
  workspaceId: string,
  { timeZone, rebuildFromMs }: Pick<FigureState, 'timeZone' | 'rebuildFromMs'>,
): Promise<void> {
  await transaction('figure_states')
    .where({ workspace_id: workspaceId })
    .update({ time_zone: timeZone, rebuild_from_ms: rebuildFromMs })
}

/** The newest change that is waiting to be counted, or null when none is. */
export async function newestChange(knex: Knex, workspaceId: string): Promise<Change['id'] | null> {
  const row: Pick<Change, 'id'> | undefined = await knex('figure_changes')
    .where({ workspace_id: workspaceId })
    .orderBy('id', 'desc')
    .first('id')
  return row?.id ?? null
}

/** Whether a change is waiting that is not newer than this one. */
export async function hasChanges(knex: Knex, workspaceId: string, newest: Change['id']): Promise<boolean> {
  const row: unknown = await knex('figure_changes')
    .where({ workspace_id: workspaceId })
    .where('id', '<=', newest)
    .first('id')
  return row !== undefined
}

/** The oldest changes, so many at most. */
export async function readChanges(
  transaction: Knex.Transaction,
  workspaceId: string,
  most: number,
): Promise<readonly Change[]> {
  const rows: { id: number | string; hours: string }[] = await transaction('figure_changes')
    .where({ workspace_id: workspaceId })
    .orderBy('id')
    .limit(most)
    .select('id', 'hours')
  return rows.map(({ id, hours }) => ({ id, hours: hoursIn(hours) }))
}

/** By their ids, never by a bound: a change with a lower id may be committed later. */
export async function dropChanges(transaction: Knex.Transaction, ids: readonly Change['id'][]): Promise<void> {
  await byChunks(ids, async (some) => {
    await transaction('figure_changes')
      .whereIn('id', [...some])
      .delete()
    return []
  })
}

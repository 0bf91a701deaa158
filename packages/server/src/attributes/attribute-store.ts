import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import type { Attribute, AttributeType } from './attribute.ts'

interface AttributeRow {
  readonly name: string
  readonly label: string
  readonly type: AttributeType
  readonly choices: string
  readonly decimals: number
}

/** All that a workspace has declared, in the order of their names. */
export async function listAttributes(knex: Knex, workspaceId: string): Promise<readonly Attribute[]> {
  return attributesOf(await rowsOf(knex, workspaceId))
}

/** As `listAttributes`, and none of them changes before the transaction ends: for whoever is about to write values. */
export async function holdAttributes(
  transaction: Knex.Transaction,
  workspaceId: string,
): Promise<readonly Attribute[]> {
  return attributesOf(await rowsOf(transaction, workspaceId).forShare())
}

/** As `listAttributes`, held against everybody else's writing of values and declarations until the transaction ends. */
export async function lockAttributes(
  transaction: Knex.Transaction,
  workspaceId: string,
): Promise<readonly Attribute[]> {
  await transaction('workspaces').where({ id: workspaceId }).forUpdate().select('id')
  return attributesOf(await rowsOf(transaction, workspaceId).forUpdate())
}

function rowsOf(knex: Knex, workspaceId: string): Knex.QueryBuilder {
  return knex('attributes').where({ workspace_id: workspaceId }).orderBy('name').select()
}

function attributesOf(rows: readonly AttributeRow[]): readonly Attribute[] {
  return rows.map(({ name, label, type, choices, decimals }) => ({
    name,
    label,
    type,
    choices: JSON.parse(choices),
    decimals: Number(decimals),
  }))
}

/** @throws the database's error when the workspace has one of this name, whatever its case */
export async function insertAttribute(
  knex: Knex,
  workspaceId: string,
  attribute: Attribute,
  nowMs: number,
): Promise<void> {
  await knex('attributes').insert({
    workspace_id: workspaceId,
    name: attribute.name,
    name_folded: folded(attribute.name),
    ...columnsOf(attribute),
    created_at_ms: nowMs,
    updated_at_ms: nowMs,
  })
}

export async function updateAttribute(
  knex: Knex,
  workspaceId: string,
  attribute: Attribute,
  nowMs: number,
): Promise<void> {
  await knex('attributes')
    .where({ workspace_id: workspaceId, name: attribute.name })
    .update({ ...columnsOf(attribute), updated_at_ms: nowMs })
}

export async function deleteAttribute(knex: Knex, workspaceId: string, name: string): Promise<void> {
  await knex('attributes').where({ workspace_id: workspaceId, name }).delete()
}

function columnsOf({ label, type, choices, decimals }: Attribute): Readonly<Record<string, unknown>> {
  return { label, type, choices: JSON.stringify(choices), decimals }
}

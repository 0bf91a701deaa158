import type { Catalog, DataRecord, Entity, Field } from '@muster/segment-core'
import type { Knex } from 'knex'

/**
 * One record with everything that a rule can ask of it, read along the catalog: fields under their names, related
 * records as lists. Null when the workspace has no such record.
 */
export async function loadRecord(
  knex: Knex,
  catalog: Catalog,
  workspaceId: string,
  id: string,
): Promise<DataRecord | null> {
  const root = entityOf(catalog, catalog.root)
  const [record] = await loadRows(knex, catalog, root, workspaceId, { column: root.primaryKey, keys: [id] })
  return record?.record ?? null
}

interface Loaded {
  readonly key: string
  /** The key by which the rows were asked for. */
  readonly owner: string
  readonly record: Record<string, unknown>
}

async function loadRows(
  knex: Knex,
  catalog: Catalog,
  entity: Entity,
  workspaceId: string,
  by: { readonly column: string; readonly keys: readonly string[] },
): Promise<readonly Loaded[]> {
  if (by.keys.length === 0) return []
  const rows: Record<string, unknown>[] = await scoped(knex, entity, workspaceId).whereIn(by.column, [...by.keys])
  const loaded = rows.map((row) => ({
    key: String(row[entity.primaryKey]),
    owner: String(row[by.column]),
    record: recordOf(row, entity),
  }))
  const keys = loaded.map(({ key }) => key)
  for (const [name, field] of Object.entries(entity.fields)) {
    if (field.type !== 'tags' || field.table === undefined) continue
    const tags: Record<string, string>[] = await knex(field.table).whereIn(field.ownerColumn, keys)
    for (const one of loaded) {
      one.record[name] = tags.filter((tag) => tag[field.ownerColumn] === one.key).map((tag) => tag[field.column])
    }
  }
  for (const [name, relation] of Object.entries(entity.relations ?? {})) {
    const related = await loadRows(knex, catalog, entityOf(catalog, relation.entity), workspaceId, {
      column: relation.foreignKey,
      keys,
    })
    for (const one of loaded) {
      one.record[name] = related.filter(({ owner }) => owner === one.key).map(({ record }) => record)
    }
  }
  return loaded
}

function scoped(knex: Knex, entity: Entity, workspaceId: string): Knex.QueryBuilder {
  const rows = knex(entity.table)
  return entity.scopeColumn === undefined ? rows : rows.where(entity.scopeColumn, workspaceId)
}

function recordOf(row: Readonly<Record<string, unknown>>, entity: Entity): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entity.fields).map(([name, field]) => [name, factOf(row, field)]))
}

/** As a predicate wants it: money in major units, instants as `Date`, truths as booleans. */
function factOf(row: Readonly<Record<string, unknown>>, field: Field): unknown {
  if (field.json !== undefined) {
    const attributes: unknown = JSON.parse(String(row[field.json.column] ?? '{}'))
    return Reflect.get(Object(attributes), field.json.key)
  }
  const stored = row[field.column ?? '']
  if (stored === null || stored === undefined) return null
  if (field.type === 'boolean') return stored === true || Number(stored) === 1
  if (field.type === 'money' && field.minorUnits) return Number(stored) / 10 ** (field.decimals ?? 2)
  if (field.type === 'date' && field.stored === 'epochMs') return new Date(Number(stored))
  return field.type === 'number' ? Number(stored) : stored
}

function entityOf(catalog: Catalog, name: string): Entity {
  const entity = catalog.entities[name]
  if (entity === undefined) throw new Error(`The catalog names an entity ${name} that it does not have`)
  return entity
}

import type { Catalog, Entity, Field } from './catalog.ts'
import { catalogFaults } from './define-catalog.ts'
import { InvalidCatalogError } from './errors.ts'
import { type ValueType, valueTypeOf } from './value-type.ts'

/** A catalog with its names looked up: entities that hold their fields and point at one another. */
export interface KnownCatalog {
  readonly catalog: Catalog
  readonly root: KnownEntity
}

/** An entity, its fields and relations by name. Maps, so that no name can hit a prototype. */
export interface KnownEntity {
  readonly name: string
  readonly entity: Entity
  readonly fields: ReadonlyMap<string, KnownField>
  readonly relations: ReadonlyMap<string, KnownRelation>
}

/** A field with its name, its place and what its values are. */
export interface KnownField {
  readonly name: string
  readonly field: Field
  readonly valueType: ValueType
  /** How people call it. */
  readonly label: string
  /** Its column is declared never to be null. A custom attribute is never sure to be there. */
  readonly isRequired: boolean
}

/** A relation with the entity it leads to. */
export interface KnownRelation {
  readonly name: string
  readonly foreignKey: string
  readonly ownersExist: boolean
  readonly target: KnownEntity
}

const known = new WeakMap<Catalog, KnownCatalog>()

/**
 * Looks a catalog's names up, once for each catalog object.
 * @throws InvalidCatalogError when it did not come from `defineCatalog` and is not usable
 */
export function knownCatalog(catalog: Catalog): KnownCatalog {
  const before = known.get(catalog)
  if (before !== undefined) return before
  const faults = catalogFaults(catalog)
  if (faults.length > 0) throw new InvalidCatalogError(faults)
  const found = { catalog, root: lookUpEntities(catalog).get(catalog.root)! }
  known.set(catalog, found)
  return found
}

/** Relations may lead in circles, so all entities are made first and their relations filled in afterwards. */
function lookUpEntities(catalog: Catalog): ReadonlyMap<string, KnownEntity> {
  const relationsOf = new Map<string, Map<string, KnownRelation>>()
  const entities = new Map<string, KnownEntity>()
  for (const [name, entity] of Object.entries(catalog.entities)) {
    const relations = new Map<string, KnownRelation>()
    relationsOf.set(name, relations)
    entities.set(name, { name, entity, fields: lookUpFields(entity), relations })
  }
  for (const [name, relations] of relationsOf) {
    for (const [relationName, relation] of Object.entries(catalog.entities[name]?.relations ?? {})) {
      const target = entities.get(relation.entity)!
      const { foreignKey, ownersExist = false } = relation
      relations.set(relationName, { name: relationName, foreignKey, ownersExist, target })
    }
  }
  return entities
}

function lookUpFields(entity: Entity): ReadonlyMap<string, KnownField> {
  return new Map(
    Object.entries(entity.fields).map(([name, field]) => [
      name,
      {
        name,
        field,
        valueType: valueTypeOf(field),
        label: field.label ?? wordsOf(name),
        isRequired: field.required === true && field.json === undefined,
      },
    ]),
  )
}

/** `totalSpending` is "total spending". */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
}

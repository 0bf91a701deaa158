import type { Catalog, Entity, Field } from './catalog.ts'
import { InvalidCatalogError } from './errors.ts'

/**
 * Checks a catalog and hands it back, frozen, with its exact type, from which rules can be typed.
 * @throws InvalidCatalogError with everything that is wrong
 */
export function defineCatalog<const C extends Catalog>(catalog: C): C {
  const faults = catalogFaults(catalog)
  if (faults.length > 0) throw new InvalidCatalogError(faults)
  return deepFreeze(catalog)
}

/** Names in rules. At most 64 characters, so that they fit wherever a column name does. */
const safeName = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
/** Names in SQL: letters, digits and underscore, so that quoting them is always enough. 63 is PostgreSQL's limit. */
const safeIdentifier = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/
/** Keys of JSON objects, free of every character with a meaning in a JSON path. */
const safeJsonKey = /^[A-Za-z0-9_-]{1,64}$/
/** More decimals than this cannot be carried by numbers of 15 significant digits in any useful range. */
const mostDecimals = 9

/** Everything that is wrong with a catalog; empty when it is usable. */
export function catalogFaults(catalog: Catalog): string[] {
  const faults: string[] = []
  if (!Object.hasOwn(catalog.entities, catalog.root)) faults.push(`root "${catalog.root}" is not one of the entities`)
  if (!isTimeZone(catalog.timeZone)) faults.push(`timeZone "${catalog.timeZone}" is not an IANA time zone`)
  if (catalog.currency !== undefined && !/^[A-Z]{3}$/.test(catalog.currency)) {
    faults.push(`currency "${catalog.currency}" is not an ISO 4217 code`)
  }
  for (const [name, entity] of Object.entries(catalog.entities)) faults.push(...entityFaults(name, entity, catalog))
  return faults
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined && typeof name === 'string'
  } catch {
    return false
  }
}

function entityFaults(name: string, entity: Entity, catalog: Catalog): string[] {
  const at = `entities.${name}`
  const faults = [
    ...nameFaults(at, name),
    ...identifierFaults(`${at}.table`, entity.table),
    ...identifierFaults(`${at}.primaryKey`, entity.primaryKey),
    ...identifierFaults(`${at}.scopeColumn`, entity.scopeColumn),
  ]
  for (const [fieldName, field] of Object.entries(entity.fields)) {
    faults.push(...fieldFaults(`${at}.fields.${fieldName}`, fieldName, field))
  }
  for (const [relationName, relation] of Object.entries(entity.relations ?? {})) {
    const here = `${at}.relations.${relationName}`
    faults.push(...nameFaults(here, relationName), ...identifierFaults(`${here}.foreignKey`, relation.foreignKey))
    if (!Object.hasOwn(catalog.entities, relation.entity)) {
      faults.push(`${here}.entity "${relation.entity}" is not one of the entities`)
    }
    if (Object.hasOwn(entity.fields, relationName)) faults.push(`${here} has the name of a field`)
  }
  return faults
}

function nameFaults(at: string, name: string): string[] {
  return safeName.test(name) ? [] : [`${at}: a name is a letter, then letters, digits and _, at most 64 characters`]
}

function identifierFaults(at: string, identifier: string | undefined): string[] {
  if (identifier === undefined || (typeof identifier === 'string' && safeIdentifier.test(identifier))) return []
  return [`${at} "${identifier}" is not a plain identifier of letters, digits and _`]
}

function fieldFaults(at: string, name: string, field: Field): string[] {
  const faults = [...nameFaults(at, name), ...storageFaults(at, field)]
  if (field.type === 'enum') faults.push(...enumFaults(at, field.values))
  if (field.type === 'number' || field.type === 'money') faults.push(...decimalsFaults(at, field.decimals))
  if (field.type === 'date' && field.column !== undefined) {
    if (field.stored === undefined) faults.push(`${at}.stored is needed beside column`)
    if (field.dayOnly && field.stored === 'epochMs') faults.push(`${at}: a day is stored as isoText or datetime`)
  }
  return faults
}

function storageFaults(at: string, field: Field): string[] {
  const places = [field.column, field.json].filter((place) => place !== undefined)
  if (places.length !== 1) return [`${at} needs either column or json`]
  const faults = [
    ...identifierFaults(`${at}.column`, field.column ?? field.json?.column),
    ...identifierFaults(`${at}.foldedColumn`, foldedColumnOf(field)),
  ]
  if (field.json !== undefined && !safeJsonKey.test(field.json.key)) {
    faults.push(`${at}.json.key "${field.json.key}" is not made of letters, digits, _ and - alone`)
  }
  for (const [name, identifier] of Object.entries(field.json?.rows ?? {})) {
    faults.push(...identifierFaults(`${at}.json.rows.${name}`, identifier))
  }
  if (field.json?.rows !== undefined && (field.type === 'tags' || (field.type === 'text' && field.caseSensitive))) {
    faults.push(`${at}.json.rows: neither tags nor texts whose case counts are kept in rows`)
  }
  if (field.type === 'tags' && field.table !== undefined) {
    faults.push(
      ...identifierFaults(`${at}.table`, field.table),
      ...identifierFaults(`${at}.ownerColumn`, field.ownerColumn),
    )
  }
  return faults
}

function foldedColumnOf(field: Field): string | undefined {
  if (field.json !== undefined) return field.json.foldedColumn
  return field.type === 'text' || field.type === 'tags' ? field.foldedColumn : undefined
}

function enumFaults(at: string, values: readonly string[]): string[] {
  if (values.length === 0) return [`${at}.values is empty`]
  return new Set(values).size === values.length ? [] : [`${at}.values names a value twice`]
}

function decimalsFaults(at: string, decimals = 0): string[] {
  const usable = Number.isInteger(decimals) && decimals >= 0 && decimals <= mostDecimals
  return usable ? [] : [`${at}.decimals is not a whole number from 0 to ${mostDecimals}`]
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}

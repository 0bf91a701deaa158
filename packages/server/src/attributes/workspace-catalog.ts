import { type Catalog, defineCatalog, type Field } from '@muster/segment-core'
import { crmCatalog } from '../catalog/crm-catalog.ts'
import type { Attribute } from './attribute.ts'

/** As many different catalogs are remembered; the one asked for longest ago is forgotten. */
const mostCatalogs = 200

const remembered = new Map<string, Catalog>()

/**
 * The CRM's catalog with these attributes as further fields of customers. The same attributes give the same object,
 * because rules, compilers and the reader of English remember what they have prepared for a catalog.
 */
export function catalogWith(attributes: readonly Attribute[], currency = crmCatalog.currency ?? 'USD'): Catalog {
  if (attributes.length === 0 && currency === crmCatalog.currency) return crmCatalog
  const key = JSON.stringify([currency, attributes])
  const known = remembered.get(key) ?? made(attributes, currency)
  remembered.delete(key)
  remembered.set(key, known)
  const [oldest] = remembered.keys()
  if (remembered.size > mostCatalogs && oldest !== undefined) remembered.delete(oldest)
  return known
}

function made(attributes: readonly Attribute[], currency: string): Catalog {
  const { customers, ...others } = crmCatalog.entities
  if (customers === undefined) throw new Error('The catalog has no customers')
  const fields = { ...customers.fields, ...Object.fromEntries(attributes.map((each) => [each.name, fieldOf(each)])) }
  return defineCatalog<Catalog>({
    ...crmCatalog,
    currency,
    entities: { ...others, customers: { ...customers, fields } },
  })
}

/** What `index-values.ts` writes beside the JSON. */
const rows = {
  table: 'customer_attributes',
  ownerColumn: 'customer_id',
  nameColumn: 'name',
  textColumn: 'value_key',
  numberColumn: 'number_value',
} as const

function fieldOf({ name, label, type, choices, decimals }: Attribute): Field {
  const json = { column: 'attributes', key: name, rows }
  switch (type) {
    case 'text':
      return { type, label, json: { ...json, foldedColumn: 'attributes_folded' } }
    case 'number':
      return { type, label, json, decimals }
    case 'money':
    case 'boolean':
      return { type, label, json }
    case 'date':
      return { type, label, json, dayOnly: true }
    case 'datetime':
      return { type: 'date', label, json }
    case 'choice':
      return { type: 'enum', label, json, values: choices }
  }
}

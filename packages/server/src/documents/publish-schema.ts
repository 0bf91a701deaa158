import { isDeepStrictEqual } from 'node:util'
import type { Schema } from './shapes.ts'

/** Turns the schemas of the program into those of the document, and collects the ones with names, also those in `$defs`. */
export interface Shelf {
  publish(schema: Schema): Schema
  /** Under `#/components/schemas/`, by name. */
  readonly components: Readonly<Record<string, Schema>>
}

/**
 * What our own formats and keywords mean to whoever does not know them. The schemas are those that check requests; only
 * these words are put in others.
 */
const publishedFormats: Readonly<Record<string, Schema>> = {
  'mail-address': { format: 'idn-email' },
  text: {},
  moment: { description: 'A day like 2026-01-31, or an instant like 2026-01-31T10:00:00Z' },
  'time-zone': { description: 'The name of a time zone, like Asia/Kolkata' },
  cents: { description: 'At most two decimals' },
}

/** An empty shelf. */
export function createShelf(): Shelf {
  const components: Record<string, Schema> = {}
  const publish = (schema: Schema): Schema => {
    const { title, ...rest } = schema
    const { anyOf, description, ...others } = rest
    // A sentence about something that has a name: the two may stand side by side.
    if (Array.isArray(anyOf) && anyOf.length === 1 && Object.keys(others).length === 0)
      return { ...publish(anyOf[0]), ...(description === undefined ? {} : { description }) }
    if (typeof title !== 'string' || !/^[A-Z]\w*$/.test(title)) return publishParts(schema, publish)
    const published = publishParts(rest, publish)
    const known = components[title]
    if (known !== undefined && !isDeepStrictEqual(known, published))
      throw new Error(`Two schemas are called ${title} and differ`)
    components[title] = published
    return { $ref: `#/components/schemas/${title}` }
  }
  return { publish, components }
}

const schemasByName = new Set(['properties', 'patternProperties'])
const schemasInLists = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems'])
const schemasInside = new Set(['items', 'additionalProperties', 'not', 'contains', 'if', 'then', 'else'])

function publishParts(schema: Schema, publish: Shelf['publish']): Schema {
  const published = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (keyword === 'trimmed') return []
    if (keyword === '$defs' && isSchema(value)) {
      mapValues(value, publish)
      return []
    }
    if (keyword === 'format' && typeof value === 'string' && value in publishedFormats)
      return Object.entries(publishedFormats[value] ?? {})
    if (schemasByName.has(keyword) && isSchema(value)) return [[keyword, mapValues(value, publish)]]
    if (schemasInLists.has(keyword) && Array.isArray(value)) return [[keyword, value.filter(isSchema).map(publish)]]
    if (schemasInside.has(keyword) && isSchema(value)) return [[keyword, publish(value)]]
    return [[keyword, value]]
  })
  return Object.fromEntries(published)
}

function mapValues(schemas: Schema, publish: Shelf['publish']): Schema {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, isSchema(schema) ? publish(schema) : schema]),
  )
}

/** Whether a value is an object, as all schemas of ours are. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import type { JsonSchema } from '@muster/segment-core'

/** The keywords that Gemini takes in a schema; it refuses or ignores others. */
const known: ReadonlySet<string> = new Set([
  '$defs',
  '$ref',
  'type',
  'description',
  'enum',
  'items',
  'minItems',
  'minimum',
  'maximum',
  'anyOf',
  'properties',
  'required',
  'additionalProperties',
])

/**
 * A schema in the part of JSON Schema that Gemini takes. It accepts all that the given one accepts, and more: some
 * bounds are missing, and a property through which a definition contains itself is never required, because Gemini
 * follows those only where they may be left out.
 */
export function geminiSchema(schema: JsonSchema): JsonSchema {
  return withinSchema(schema)
}

function withinSchema(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (keyword === 'const') return [['enum', [value]]]
    if (!known.has(keyword)) return []
    return [[keyword, withinKeyword(keyword, value)]]
  })
  const made = Object.fromEntries(entries)
  const properties = made['properties']
  if (!isSchema(properties) || !Array.isArray(made['required'])) return made
  const required = made['required'].filter((name) => !canContainItself(properties[String(name)]))
  return { ...made, required }
}

function withinKeyword(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'properties':
    case '$defs':
      return isSchema(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [name, isSchema(inner) ? withinSchema(inner) : inner]),
          )
        : value
    case 'items':
      return isSchema(value) ? withinSchema(value) : value
    case 'anyOf':
      return Array.isArray(value) ? value.map((inner) => (isSchema(inner) ? withinSchema(inner) : inner)) : value
    default:
      return value
  }
}

/** Lists of a definition are the one place where rules hold rules. */
function canContainItself(property: unknown): boolean {
  return isSchema(property) && isSchema(property['items']) && typeof property['items']['$ref'] === 'string'
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { isSchema } from './publish-schema.ts'
import type { Schema } from './shapes.ts'

/** Deeper than any answer; a schema that speaks of itself ends here. */
const deepest = 12

/** A value that a schema allows, for people to see what one looks like. Components are looked up by their names. */
export function sampleOf(schema: Schema, components: Readonly<Record<string, Schema>>, depth = 0): unknown {
  const within = (inner: unknown) => (isSchema(inner) ? sampleOf(inner, components, depth + 1) : null)
  const { $ref, examples, enum: words, anyOf, type, items, properties, additionalProperties } = schema
  if (depth > deepest) return null
  if (typeof $ref === 'string') return within(components[$ref.replace('#/components/schemas/', '')])
  if ('const' in schema) return schema['const']
  if (Array.isArray(examples)) return examples[0]
  if (Array.isArray(words)) return words[0]
  if (Array.isArray(anyOf)) return within(anyOf[0])
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return isSchema(properties)
        ? Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, within(inner)]))
        : isSchema(additionalProperties)
          ? { KEY: within(additionalProperties) }
          : {}
    case 'array':
      return isSchema(items) ? [within(items)] : []
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return {}
  }
}

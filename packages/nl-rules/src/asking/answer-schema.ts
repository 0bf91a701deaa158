import { type Catalog, type JsonSchema, ruleJsonSchema } from '@muster/segment-core'

/**
 * The JSON Schema of a model's answer: a rule over the catalog or null, and the words that the rule leaves out. It
 * accepts the rules that `ruleJsonSchema` accepts, except references to saved segments, which a model cannot know.
 */
export function answerSchema(catalog: Catalog): JsonSchema {
  const known = schemas.get(catalog)
  if (known !== undefined) return known
  const made = createAnswerSchema(catalog)
  schemas.set(catalog, made)
  return made
}

const schemas = new WeakMap<Catalog, JsonSchema>()

function createAnswerSchema(catalog: Catalog): JsonSchema {
  const definitions = ruleJsonSchema(catalog)['$defs']
  return {
    type: 'object',
    properties: {
      rule: { anyOf: [{ $ref: '#/$defs/rule' }, { type: 'null' }] },
      leftOut: {
        type: 'array',
        items: { type: 'string' },
        description: 'The words of the text that the rule does not express, exactly as they stand there',
      },
    },
    required: ['rule', 'leftOut'],
    additionalProperties: false,
    $defs: Object.fromEntries(
      entriesOf(definitions).map(([name, definition]) => [
        name,
        isSchema(definition) ? compact(definition) : definition,
      ]),
    ),
  }
}

/**
 * Says the same in less: alternatives that differ in one fixed word become one alternative with a list of words.
 * A schema of this size is sent with each question; this makes it about three times smaller.
 */
function compact(definition: JsonSchema): JsonSchema {
  const alternatives = definition['anyOf']
  if (!Array.isArray(alternatives)) return definition
  const objects = alternatives.filter(isSchema).filter((alternative) => wordsOf(alternative, 'segment') === null)
  const merged = (['field', 'aggregate'] as const).reduce(mergedBy, objects.map(withWordLists))
  return { ...definition, anyOf: merged }
}

function withWordLists(alternative: JsonSchema): JsonSchema {
  const properties = entriesOf(alternative['properties']).map(([name, schema]) => {
    if (!isSchema(schema) || schema['const'] === undefined) return [name, schema]
    return [name, { enum: [schema['const']] }]
  })
  return properties.length === 0 ? alternative : { ...alternative, properties: Object.fromEntries(properties) }
}

function mergedBy(alternatives: readonly JsonSchema[], property: string): JsonSchema[] {
  const merged = new Map<string, { readonly alternative: JsonSchema; readonly words: unknown[] }>()
  for (const alternative of alternatives) {
    const words = wordsOf(alternative, property)
    const key = JSON.stringify(words === null ? alternative : withWords(alternative, property, []))
    const same = merged.get(key)
    if (same === undefined) merged.set(key, { alternative, words: [...(words ?? [])] })
    else same.words.push(...(words ?? []))
  }
  return [...merged.values()].map(({ alternative, words }) =>
    words.length === 0 ? alternative : withWords(alternative, property, words),
  )
}

/** The words that a property may be; null where it is nothing of the kind. */
function wordsOf(alternative: JsonSchema, property: string): readonly unknown[] | null {
  const properties = alternative['properties']
  if (!isSchema(properties) || !Object.hasOwn(properties, property)) return null
  const schema = properties[property]
  return isSchema(schema) && Array.isArray(schema['enum']) ? schema['enum'] : property === 'segment' ? [] : null
}

function withWords(alternative: JsonSchema, property: string, words: readonly unknown[]): JsonSchema {
  const properties = alternative['properties']
  return { ...alternative, properties: { ...(isSchema(properties) ? properties : {}), [property]: { enum: words } } }
}

function entriesOf(value: unknown): [string, unknown][] {
  return isSchema(value) ? Object.entries(value) : []
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

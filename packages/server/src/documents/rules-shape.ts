import { type Catalog, ruleJsonSchema } from '@muster/segment-core'
import { isSchema } from './publish-schema.ts'
import { about, listOf, named, type Schema, text } from './shapes.ts'

/** The rows of the row editor, as loosely as their reader takes them. */
const flatRules = named('FlatRules', {
  description:
    'Rows of the row editor. `connectors` join neighbouring rows and beat `logic`; AND binds more tightly than OR.',
  type: 'object',
  required: ['conditions'],
  properties: {
    logic: about('AND or OR, for rows without connectors', text),
    conditions: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['field', 'operator', 'value'],
        properties: { field: text, operator: text, value: { type: ['string', 'number'] } },
      },
    },
    connectors: listOf(about('AND or OR', text)),
  },
})

/**
 * Whom a segment chooses: the rows of the row editor, or the full language over a catalog. The server reads either
 * with one reader, which says more about what is wrong than a schema can.
 */
export function rulesShape(catalog: Catalog): Schema {
  const { $defs } = ruleJsonSchema(catalog)
  const definitions = Object.entries(isSchema($defs) ? $defs : {}).map(([name, schema]): [string, Schema] => [
    name,
    named(componentName(name), isSchema(schema) ? Object(inDocument(schema)) : {}),
  ])
  return named('Rules', {
    anyOf: [flatRules, { $ref: `#/components/schemas/${componentName('rule')}` }],
    $defs: Object.fromEntries(definitions),
  })
}

/** The language's definitions are components of the document, called `Rule…`. */
function componentName(definition: string): string {
  if (definition === 'rule') return 'Rule'
  return `Rule${definition.replaceAll(/(?:^|_)(\w)/g, (_whole, letter: string) => letter.toUpperCase())}`
}

function inDocument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inDocument)
  if (!isSchema(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([keyword, inner]) =>
      keyword === '$ref' ? [keyword, componentRef(String(inner))] : [keyword, inDocument(inner)],
    ),
  )
}

function componentRef(ref: string): string {
  return `#/components/schemas/${componentName(ref.replace('#/$defs/', ''))}`
}

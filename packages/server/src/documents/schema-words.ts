import { type Html, html, nothing } from './html.ts'
import { isSchema } from './publish-schema.ts'
import type { Schema } from './shapes.ts'

/** Below this the page shows names of types only. */
const deepest = 4

/** The fields of an object, each with its type, its bounds and what it means; nothing for other shapes. */
export function fieldsOf(schema: Schema, components: Readonly<Record<string, Schema>>, depth = 0): Html {
  const shape = itemsOf(resolved(schema, components), components)
  const { properties, required } = shape
  if (!isSchema(properties) || depth > deepest) return nothing
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name)
  return html`<dl>${Object.entries(properties).map(([name, field]) =>
    isSchema(field) ? fieldRow(name, field, isRequired(name), components, depth) : nothing,
  )}</dl>`
}

function fieldRow(
  name: string,
  field: Schema,
  isRequired: boolean,
  components: Readonly<Record<string, Schema>>,
  depth: number,
): Html {
  const { description } = resolved(field, components)
  const own = field['description'] ?? description
  const inner = isLinked(field) ? nothing : fieldsOf(withoutNull(field), components, depth + 1)
  return html`<dt><code>${name}</code>${isRequired ? html`` : html` <i>optional</i>`}</dt>
<dd><span class="type">${typeWords(field)}</span>${
    typeof own === 'string' ? html` <span>${own}</span>` : nothing
  }${inner}</dd>`
}

/** What a value is, in some words: `text, at most 100 characters`. */
export function typeWords(schema: Schema): Html {
  const { $ref, enum: words, anyOf, type, items } = schema
  if (typeof $ref === 'string') {
    const name = $ref.replace('#/components/schemas/', '')
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if ('const' in schema) return html`<code>${JSON.stringify(schema['const'])}</code>`
  if (Array.isArray(words))
    return joined(
      words.map((word) => html`<code>${JSON.stringify(word)}</code>`),
      ' · ',
    )
  if (Array.isArray(anyOf)) return joined(anyOf.filter(isSchema).map(typeWords), ' or ')
  if (type === 'array') return isSchema(items) ? html`list of ${typeWords(items)}` : html`list`
  const names = [type].flat().filter((name) => typeof name === 'string')
  return html`${names.map((name) => nameWords[name] ?? name).join(' or ') || 'anything'}${boundsOf(schema)}`
}

const nameWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
}

function boundsOf(schema: Schema): string {
  const { minLength, maxLength, minimum, maximum, format, default: usual } = schema
  const words = [
    format === 'date-time'
      ? 'an instant in UTC'
      : format === 'date'
        ? 'a day'
        : format === 'idn-email'
          ? 'an address'
          : '',
    typeof minLength === 'number' && minLength > 1 ? `at least ${minLength} characters` : '',
    typeof maxLength === 'number' ? `at most ${maxLength} characters` : '',
    typeof minimum === 'number' ? `from ${minimum}` : '',
    typeof maximum === 'number' ? `to ${maximum}` : '',
    usual === undefined ? '' : `usually ${String(usual)}`,
  ].filter((word) => word !== '')
  return words.length === 0 ? '' : `, ${words.join(', ')}`
}

function joined(parts: readonly Html[], between: string): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`
}

function isLinked(schema: Schema): boolean {
  const shown = withoutNull(schema)
  return '$ref' in shown || (isSchema(shown['items']) && '$ref' in shown['items'])
}

function withoutNull(schema: Schema): Schema {
  const { anyOf } = schema
  const [first] = Array.isArray(anyOf) ? anyOf.filter(isSchema).filter(({ type }) => type !== 'null') : [schema]
  return first ?? schema
}

function itemsOf(schema: Schema, components: Readonly<Record<string, Schema>>): Schema {
  return schema['type'] === 'array' && isSchema(schema['items']) ? resolved(schema['items'], components) : schema
}

/** The schema itself, or the component that it names. */
export function resolved(schema: Schema, components: Readonly<Record<string, Schema>>): Schema {
  const { $ref } = schema
  if (typeof $ref !== 'string') return schema
  return components[$ref.replace('#/components/schemas/', '')] ?? {}
}

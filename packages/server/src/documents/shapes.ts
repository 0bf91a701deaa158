/** A JSON Schema (draft 2020-12), or a part of one. With a capitalised `title` it is a component of the document. */
export type Schema = { readonly [keyword: string]: unknown }

/** Any text. */
export const text: Schema = { type: 'string' }

/** What something is called by in addresses. */
export const id: Schema = { type: 'string', examples: ['V1StGXR8Z5jdHi6BmyTq0'] }

/** An instant in UTC. */
export const instant: Schema = { type: 'string', format: 'date-time', examples: ['2026-03-14T09:26:53.000Z'] }

/** A calendar day. */
export const day: Schema = { type: 'string', format: 'date', examples: ['2026-03-14'] }

/** How many. */
export const count: Schema = { type: 'integer', minimum: 0, examples: [3] }

/** An amount in major units with at most two decimals. */
export const money: Schema = { type: 'number', examples: [129.9] }

/** A share of 100. */
export const percent: Schema = { type: 'number', minimum: 0, maximum: 100, examples: [92.5] }

export const truth: Schema = { type: 'boolean' }

/** Anything that JSON can say. */
export const anything: Schema = {}

/** One of these words. */
export function oneOf(...words: readonly string[]): Schema {
  return { enum: words }
}

/** This, or null where it is not known. */
export function orNull(shape: Schema): Schema {
  return { anyOf: [shape, { type: 'null' }] }
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items }
}

/** Values of one shape by name. */
export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values }
}

/** Exactly these keys: all of the first, and those of the second that there are. */
export function object(
  always: Readonly<Record<string, Schema>>,
  sometimes: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(always),
    properties: { ...always, ...sometimes },
  }
}

/** The same under a name of its own in the document, for what several routes speak of. */
export function named(title: string, shape: Schema): Schema {
  return { ...shape, title }
}

/** The same with a sentence about it. What has a name keeps its own sentence as well. */
export function about(description: string, shape: Schema): Schema {
  return 'title' in shape ? { description, anyOf: [shape] } : { ...shape, description }
}

/** An object with all the keys of another and more. */
export function extended(shape: Schema, always: Readonly<Record<string, Schema>>): Schema {
  const { title: _title, required, properties, ...rest } = shape
  const [known, fields] = [Array.isArray(required) ? required : [], Object(properties)]
  return { ...rest, required: [...known, ...Object.keys(always)], properties: { ...fields, ...always } }
}

/** A schema that checks bodies with one property described further than the check at the door goes. */
export function withProperty(shape: Schema, name: string, property: Schema): Schema {
  return { ...shape, properties: { ...Object(shape['properties']), [name]: property } }
}

/** What another chapter describes, by the name it has there. */
export function shapeCalled(title: string): Schema {
  return { $ref: `#/components/schemas/${title}` }
}

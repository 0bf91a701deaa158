import { codesOf } from './codes-of.ts'
import type { Chapter, Description } from './description.ts'
import { introduction } from './introduction.ts'
import { createShelf, type Shelf } from './publish-schema.ts'
import { about, listOf, named, object, type Schema, text } from './shapes.ts'

/** The description of the whole interface for programs: OpenAPI 3.1, as plain JSON. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: Readonly<Record<string, unknown>>
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> } & Readonly<Record<string, unknown>>
  readonly servers: readonly unknown[]
}

/** One route of it. */
export interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

const problem = named(
  'Problem',
  object(
    {
      success: { const: false },
      error: about('What is wrong, in a sentence for people. It may change.', text),
      code: about('What is wrong, for programs. It will not change.', text),
      requestId: about('To be named when asking for help; also in the header `X-Request-Id`', text),
    },
    {
      errors: about(
        'Everything that is wrong with the input; `path` is a JSON Pointer',
        listOf(object({ path: text, message: text })),
      ),
      details: about(
        'The same for the fields of the customer forms',
        listOf(object({ param: text, path: text, msg: text })),
      ),
    },
  ),
)

/**
 * The document of these chapters.
 * @throws when two routes have one title, or two schemas one name
 */
export function openApiOf(chapters: readonly Chapter[]): OpenApiDocument {
  const shelf = createShelf()
  const paths: Record<string, Record<string, Operation>> = {}
  const taken = new Set<string>()
  for (const { name, routes, shapes = [] } of chapters) {
    for (const shape of shapes) shelf.publish(shape)
    for (const [route, description] of Object.entries(routes)) {
      const [method = '', pattern = ''] = route.split(' ')
      const operation = operationOf(method, pattern, name, description, shelf)
      if (taken.has(operation.operationId)) throw new Error(`Two routes are called "${description.title}"`)
      taken.add(operation.operationId)
      const path = pattern.replaceAll(/:(\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [method.toLowerCase()]: operation }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      version: '1.0.0',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags: chapters.map((chapter) => ({ name: chapter.name, description: chapter.about })),
    paths,
    components: { schemas: shelf.components, securitySchemes },
  }
}

const securitySchemes = {
  token: { type: 'http', scheme: 'bearer', description: 'The token of a session' },
  machine: { type: 'http', scheme: 'bearer', description: 'The key of a service token' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'auth_token', description: 'The same token, as browsers send it' },
  vendor: { type: 'apiKey', in: 'header', name: 'X-Vendor-Key', description: "The vendor's key" },
}

function operationOf(
  method: string,
  pattern: string,
  chapter: string,
  description: Description,
  { publish }: Shelf,
): Operation {
  const { title, body, example } = description
  return {
    operationId: title
      .replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_whole, letter: string) => letter.toUpperCase())
      .replace(/^./, (letter) => letter.toLowerCase()),
    tags: [chapter],
    summary: title,
    description: [description.about, whoMay(description)].filter((sentence) => sentence !== undefined).join('\n\n'),
    security: securityOf(description),
    parameters: parametersOf(method, pattern, description, publish),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: publish(body), example: example.body } },
          },
        }),
    responses: { ...successes(description, publish), ...failures(method, description, publish) },
  }
}

/** Who may use a route, in a sentence. */
export function whoMay({ access, isForPeople }: Description): string {
  const people = isForPeople ? 'people' : 'people and machines'
  switch (access) {
    case 'anyone':
      return 'For everybody.'
    case 'operator':
      return 'For whoever runs the server.'
    case 'vendor':
      return "For whoever holds the vendor's key."
    case 'viewer':
      return `For all ${people} of the workspace.`
    case 'marketer':
      return `For ${people} with the role marketer or owner.`
    case 'owner':
      return `For ${people} with the role owner.`
  }
}

function securityOf({ access, isForPeople }: Description): readonly object[] {
  if (access === 'anyone' || access === 'operator') return []
  if (access === 'vendor') return [{ vendor: [] }]
  return [{ token: [] }, { cookie: [] }, ...(isForPeople ? [] : [{ machine: [] }])]
}

function parametersOf(
  method: string,
  pattern: string,
  { query = {}, example, isVersioned }: Description,
  publish: Shelf['publish'],
): readonly object[] {
  const inPath = [...pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    example: example.path?.[name],
  }))
  const inQuery = Object.entries(query).map(([name, schema]) => {
    const { description, ...published } = publish(schema)
    const value = example.query?.[name]
    return {
      name,
      in: 'query',
      ...(description === undefined ? {} : { description }),
      schema: published,
      ...(value === undefined ? {} : { example: value }),
    }
  })
  const ifMatch = {
    name: 'If-Match',
    in: 'header',
    description: 'The `ETag` of the state that is to be changed; without it whatever is there is changed',
    schema: { type: 'string' },
  }
  return [...inPath, ...inQuery, ...(isVersioned && method !== 'GET' && method !== 'POST' ? [ifMatch] : [])]
}

function successes(
  { answers, isVersioned }: Description,
  publish: Shelf['publish'],
): Readonly<Record<string, unknown>> {
  const headers = { ETag: { description: 'Names the state that is shown', schema: { type: 'string' } } }
  return Object.fromEntries(
    answers.map(({ status, about: description, content }) => [
      String(status),
      {
        description,
        ...(isVersioned ? { headers } : {}),
        ...(Object.keys(content).length === 0
          ? {}
          : {
              content: Object.fromEntries(
                Object.entries(content).map(([type, schema]) => [type, { schema: publish(schema) }]),
              ),
            }),
      },
    ]),
  )
}

function failures(
  method: string,
  description: Description,
  publish: Shelf['publish'],
): Readonly<Record<string, unknown>> {
  const described = new Set(description.answers.map(({ status }) => status))
  return Object.fromEntries(
    [...codesOf(method, description)]
      .filter(([status]) => !described.has(status))
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.join(', '),
          content: {
            'application/json': {
              schema: { allOf: [publish(problem), { type: 'object', properties: { code: { enum: codes } } }] },
            },
          },
        },
      ]),
  )
}

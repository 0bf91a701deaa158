import { eventKinds } from './webhook.ts'

/** What the requests of this room must look like, as JSON Schema. */

export const endpointSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url', 'events'],
  properties: {
    url: { type: 'string', trimmed: true, minLength: 1, maxLength: 2_000, format: 'text' },
    events: {
      type: 'array',
      minItems: 1,
      maxItems: eventKinds.length,
      uniqueItems: true,
      items: { enum: eventKinds.filter((kind) => kind !== 'webhook.test') },
    },
    isActive: { type: 'boolean' },
  },
} as const

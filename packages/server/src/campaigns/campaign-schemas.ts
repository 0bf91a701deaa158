import type { SchemaObject } from 'ajv'
import { rules } from '../segments/segment-schemas.ts'

/** A campaign's plan: its name, and to whom. */
export const planSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'rules'],
  properties: {
    name: { type: 'string', trimmed: true, minLength: 1, maxLength: 100, format: 'text' },
    description: { type: ['string', 'null'], maxLength: 2000, format: 'text' },
    rules,
  },
}

/** What to send, from when on and until when. `queue` is what the client adds for large audiences; every launch is queued. */
export const launchSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['message'],
  properties: {
    message: { type: 'string', minLength: 1, maxLength: 10_000, pattern: '\\S', format: 'text' },
    scheduleAt: { type: ['string', 'null'], maxLength: 40 },
    expiresAt: { type: ['string', 'null'], maxLength: 40 },
    queue: { type: 'boolean' },
  },
}

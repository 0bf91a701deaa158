import type { SchemaObject } from 'ajv'
import { previewSchema, rules } from '../segments/segment-schemas.ts'
import { mostControlPercent, variantNames } from './split.ts'

const message: SchemaObject = { type: 'string', minLength: 1, maxLength: 10_000, pattern: '\\S', format: 'text' }

/** Several texts to compare, each with its share beside the others. */
const variants: SchemaObject = {
  type: 'array',
  minItems: 2,
  maxItems: variantNames.length,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['message'],
    properties: { message, weight: { type: 'integer', minimum: 1, maximum: 100 } },
  },
}

/** A campaign's plan: its name, to whom, and how they are divided. With `variants` the launch takes no `message`. */
export const planSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'rules'],
  properties: {
    name: { type: 'string', trimmed: true, minLength: 1, maxLength: 100, format: 'text' },
    description: { type: ['string', 'null'], maxLength: 2000, format: 'text' },
    rules,
    variants,
    controlPercent: { type: 'integer', minimum: 0, maximum: mostControlPercent },
  },
}

/** What to send, from when on and until when. `queue` is what the client adds for large audiences; every launch is queued. */
export const launchSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    message,
    scheduleAt: { type: ['string', 'null'], maxLength: 40 },
    expiresAt: { type: ['string', 'null'], maxLength: 40 },
    queue: { type: 'boolean' },
    previewToken: { type: 'string', minLength: 1, maxLength: 32 },
    confirm: { type: 'boolean' },
  },
}

/** A preview of a launch: with the text, where it is known already, so that the launch can be held to it too. */
export const plannedLaunchSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  properties: { message },
}

/** When a campaign that waits is to begin; null: now. */
export const scheduleSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['scheduleAt'],
  properties: { scheduleAt: { type: ['string', 'null'], maxLength: 40 } },
}

/** Which text to try, and through whose eyes. */
export const testSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    message,
    variant: { enum: variantNames },
    customerId: { type: 'string', minLength: 1, maxLength: 32 },
  },
}

/** Whom rules would choose; with `funnel`, also who of them would be written to, which takes longer to find. */
export const previewAudienceSchema: SchemaObject = {
  ...previewSchema,
  properties: { rules, funnel: { type: 'boolean' } },
}

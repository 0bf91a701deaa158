import { attributeTypes } from './attribute.ts'

/** What the requests of this room must look like, as JSON Schema. */

/** Longer lists are no choice that somebody makes, but text. */
const mostChoices = 200

const properties = {
  label: { type: ['string', 'null'], trimmed: true, maxLength: 100, format: 'text' },
  type: { enum: attributeTypes },
  choices: {
    type: 'array',
    maxItems: mostChoices,
    items: { type: 'string', trimmed: true, minLength: 1, maxLength: 100, format: 'text' },
  },
  decimals: { type: 'integer', minimum: 0, maximum: 6 },
} as const

export const attributeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 64 }, ...properties },
} as const

export const attributeChangeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties,
} as const

import type { SchemaObject } from 'ajv'

/** Read by the rule language itself, which says more about what is wrong than a schema can. */
export const rules = { type: 'object' }

/** Whom a rule would choose. */
export const previewSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['rules'],
  properties: { rules },
}

/** A segment's plan. `autoLaunch` is what an earlier system had; a segment sends nothing, so only `false` is taken. */
export const segmentSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'rules'],
  properties: {
    name: { type: 'string', trimmed: true, minLength: 1, maxLength: 200, format: 'text' },
    description: { type: ['string', 'null'], maxLength: 2000, format: 'text' },
    rules,
    autoLaunch: { enum: [false] },
  },
}

/** What the requests of this room must look like, as JSON Schema. */

const role = { enum: ['owner', 'marketer', 'viewer'] } as const
const name = { type: 'string', trimmed: true, minLength: 1, maxLength: 100, format: 'text' } as const

export const workspaceChangeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'timeZone', 'currency', 'consentPolicy'],
  properties: {
    name,
    timeZone: { type: 'string', maxLength: 64, format: 'time-zone' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    consentPolicy: { enum: ['opt-out', 'opt-in'] },
    frequencyCap: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['messages', 'days'],
      properties: {
        messages: { type: 'integer', minimum: 1, maximum: 1_000 },
        days: { type: 'integer', minimum: 1, maximum: 365 },
      },
    },
    quietHours: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['from', 'until'],
      properties: {
        from: { type: 'string', format: 'time-of-day' },
        until: { type: 'string', format: 'time-of-day' },
      },
    },
  },
} as const

export const roleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['role'],
  properties: { role },
} as const

export const inviteSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['role'],
  properties: { role, email: { type: ['string', 'null'], trimmed: true, format: 'mail-address' } },
} as const

export const acceptSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['key'],
  properties: { key: { type: 'string', minLength: 1, maxLength: 100 } },
} as const

export const serviceTokenSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'role'],
  properties: {
    name,
    role: { enum: ['marketer', 'viewer'] },
    days: { type: ['integer', 'null'], minimum: 1, maximum: 3_650 },
  },
} as const

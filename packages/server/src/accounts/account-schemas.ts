/** What the requests of this room must look like, as JSON Schema. */

const email = { type: 'string', trimmed: true, format: 'mail-address' } as const
const name = { type: 'string', trimmed: true, minLength: 2, maxLength: 100, format: 'text' } as const

/** Long enough for any password that could be right; the rules for new ones are the action's. */
const password = { type: 'string', minLength: 1, maxLength: 1_000 } as const

export const registrationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['email', 'name', 'password'],
  properties: { email, name, password },
} as const

/** Whatever is typed as an address is looked for: a malformed one is as wrong as an unknown one. */
export const loginSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['email', 'password'],
  properties: { email: { type: 'string', trimmed: true, minLength: 1, maxLength: 254 }, password },
} as const

export const passwordChangeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['currentPassword', 'newPassword'],
  properties: { currentPassword: password, newPassword: password },
} as const

export const currentPasswordSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['currentPassword'],
  properties: { currentPassword: password },
} as const

export const profileSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'email'],
  properties: {
    name: { type: 'string', trimmed: true, minLength: 1, maxLength: 100, format: 'text' },
    email,
    company: { type: ['string', 'null'], trimmed: true, maxLength: 200, format: 'text' },
  },
} as const

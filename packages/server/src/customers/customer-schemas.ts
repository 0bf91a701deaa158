import { mostAttributes } from '../attributes/attribute.ts'
import { largestAmount } from '../money/minor-units.ts'

/** What the requests of this room must look like, as JSON Schema. */

const text = (maxLength: number) => ({ type: ['string', 'null'], trimmed: true, maxLength, format: 'text' }) as const

/** The most tags that one customer has. */
export const mostTags = 100

const tags = {
  type: 'array',
  maxItems: mostTags,
  items: { type: 'string', trimmed: true, minLength: 1, maxLength: 100, format: 'text' },
} as const

const properties = {
  externalId: { ...text(255), minLength: 1 },
  email: { type: 'string', trimmed: true, format: 'mail-address' },
  name: { type: 'string', trimmed: true, minLength: 1, maxLength: 200, format: 'text' },
  phone: { ...text(64), pattern: '^(\\+?[0-9\\s()./-]{7,})?$' },
  city: text(100),
  state: text(100),
  country: text(100),
  gender: { enum: ['female', 'male', 'other', null] },
  birthday: { type: ['string', 'null'], format: 'date', pattern: '^(19|[2-9]\\d)' },
  tags,
  emailConsent: { type: ['boolean', 'null'] },
  consentSource: text(100),
  consentAt: { type: 'string', format: 'moment' },
  // Their types are the workspace's, so the values are checked against its declarations.
  attributes: {
    type: 'object',
    maxProperties: mostAttributes,
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  },
  totalSpending: { type: 'number', minimum: 0, maximum: largestAmount, format: 'cents' },
  visitCount: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
  lastVisit: { type: ['string', 'null'], format: 'moment' },
} as const

/** Used for new customers and for each row of a bulk import. */
export const newCustomerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['email', 'name'],
  properties: { ...properties, createdAt: { type: 'string', format: 'moment' } },
} as const

export const customerChangeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['email', 'name'],
  properties,
} as const

/** The most rows of one bulk request: about a second of work on a small machine. */
export const mostBulkRows = 5_000

/** The list alone; its rows are checked and reported one by one. */
export const customerBulkSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['customers'],
  properties: { customers: { type: 'array', minItems: 1, maxItems: mostBulkRows } },
} as const

/** As many customers as one request may tag: a lock of some tenths of a second. */
const mostTagged = 1_000

/** For one customer. */
export const tagChangeSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: { add: tags, remove: tags },
} as const

export const manyTagsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['customerIds'],
  minProperties: 2,
  properties: {
    customerIds: {
      type: 'array',
      minItems: 1,
      maxItems: mostTagged,
      items: { type: 'string', minLength: 1, maxLength: 64 },
    },
    add: tags,
    remove: tags,
  },
} as const

export const consentSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['emailConsent'],
  properties: {
    emailConsent: properties.emailConsent,
    consentSource: properties.consentSource,
    consentAt: properties.consentAt,
  },
} as const

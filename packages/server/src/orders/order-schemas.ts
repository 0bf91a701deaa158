import { largestAmount } from '../money/minor-units.ts'
import { orderStatuses } from './order.ts'

/** What the requests of this room must look like, as JSON Schema. */

const name = { type: 'string', trimmed: true, minLength: 1, maxLength: 200, format: 'text' } as const
const notes = { type: ['string', 'null'], maxLength: 10_000, format: 'text' } as const
const status = { enum: orderStatuses } as const

/** The most items of one order. */
const mostItems = 500

const items = (leastPrice: number) =>
  ({
    type: 'array',
    minItems: 1,
    maxItems: mostItems,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['productName', 'quantity', 'price'],
      properties: {
        productName: name,
        category: { type: ['string', 'null'], trimmed: true, maxLength: 100, format: 'text' },
        quantity: { type: 'integer', minimum: 1, maximum: 1_000_000 },
        price: { type: 'number', minimum: leastPrice, maximum: largestAmount, format: 'cents' },
      },
    },
  }) as const

/** The total may carry a browser's noise, so its decimals are checked against the items' sum. */
export const orderSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['customerId', 'items', 'total', 'status'],
  properties: {
    customerId: { type: 'string', minLength: 1, maxLength: 64 },
    items: items(0.01),
    total: { type: 'number', minimum: 0.01, maximum: largestAmount },
    status,
    notes,
  },
} as const

export const statusSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['status'],
  properties: { status },
} as const

/** The most rows of one bulk request: about a second of work on a small machine. */
const mostBulkRows = 5_000

/** The list alone; its rows are checked and reported one by one. */
export const orderBulkSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['orders'],
  properties: { orders: { type: 'array', minItems: 1, maxItems: mostBulkRows } },
} as const

/** Orders of the past may be worth nothing. */
export const orderRowSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    externalId: { type: ['string', 'null'], trimmed: true, minLength: 1, maxLength: 255, format: 'text' },
    customerId: { type: 'string', minLength: 1, maxLength: 64 },
    customerExternalId: { type: 'string', trimmed: true, minLength: 1, maxLength: 255 },
    customerEmail: { type: 'string', trimmed: true, minLength: 1, maxLength: 254 },
    items: items(0),
    total: { type: 'number', minimum: 0, maximum: largestAmount },
    status,
    createdAt: { type: 'string', format: 'moment' },
    notes,
  },
} as const

import { importAnswer } from '../customers/import-answer.ts'
import { says, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { cursorPaginationShape, cursorQuery, listQuery } from '../documents/list-query.ts'
import { sample } from '../documents/samples.ts'
import {
  about,
  count,
  extended,
  id,
  instant,
  listOf,
  mapOf,
  money,
  named,
  object,
  oneOf,
  orNull,
  text,
  withProperty,
} from '../documents/shapes.ts'
import { orderStatuses } from './order.ts'
import { orderSorts } from './order-list-store.ts'
import { orderBulkSchema, orderRowSchema, orderSchema, statusSchema } from './order-schemas.ts'

const status = named('OrderStatus', oneOf(...orderStatuses))

const order = named(
  'Order',
  object({
    id,
    externalId: about("The shop's own id", orNull(text)),
    items: listOf(object({ productName: text, quantity: count, price: money }, { category: text })),
    total: money,
    status,
    notes: orNull(text),
    customerId: id,
    createdAt: instant,
    updatedAt: instant,
  }),
)

const buyer = object({
  id,
  name: text,
  email: text,
  phone: orNull(text),
  totalSpending: money,
  createdAt: instant,
  updatedAt: instant,
})

const placed = named('PlacedOrder', extended(order, { customer: buyer }))
const dayOrInstant = { type: 'string', examples: ['2026-01-31', '2026-01-31T10:00:00Z'] }
const filters = {
  customerId: about('Of this customer', id),
  status,
  category: about('With an item of this category, whatever the case', text),
  minTotal: money,
  maxTotal: money,
  createdFrom: dayOrInstant,
  createdTo: dayOrInstant,
}
const row = named('OrderRow', orderRowSchema)
const one = { path: { id: sample.order } }
const body = {
  customerId: sample.customer,
  items: [
    { productName: 'Darjeeling tea', quantity: 2, price: 12.5 },
    { productName: 'Teapot', quantity: 1, price: 30 },
  ],
  total: 55,
  status: 'COMPLETED',
}

/** The orders of a workspace. */
export const orderChapter: Chapter = {
  name: 'Orders',
  about: 'What was bought. Only completed orders count as spending.',
  shapes: [order],
  routes: {
    'GET /api/orders': {
      title: 'List orders',
      access: 'viewer',
      about: 'Filters hold together. Days are the workspace’s, the last one included. What is no filter is refused.',
      query: listQuery(orderSorts, { ...filters, ...cursorQuery }),
      answers: [succeeds(object({ orders: listOf(placed), pagination: cursorPaginationShape }))],
      example: { query: { status: 'COMPLETED', minTotal: 10, sortBy: 'total', order: 'desc' } },
    },
    'GET /api/orders/analytics/stats': {
      title: 'Sum up the orders',
      access: 'viewer',
      answers: [
        succeeds(
          object({
            totalOrders: count,
            totalRevenue: about('Of the completed orders', money),
            avgOrderValue: about('Of the completed orders', money),
            statusCounts: mapOf(count),
          }),
        ),
      ],
      example: {},
    },
    'POST /api/orders': {
      title: 'Place an order',
      about: 'The total must be what the items sum to.',
      access: 'marketer',
      body: named('OrderInput', orderSchema),
      answers: [succeeds(placed, { status: 201 })],
      codes: ['UNKNOWN_CUSTOMER', 'TOTAL_MISMATCH'],
      isVersioned: true,
      example: { body },
    },
    'POST /api/orders/bulk': {
      title: 'Import orders',
      about: 'Each row for itself, known again by its external id. Fails only if no row could be taken.',
      access: 'marketer',
      body: named('OrderImport', withProperty(orderBulkSchema, 'orders', bulkRows())),
      answers: [importAnswer],
      example: {
        body: {
          orders: [
            {
              externalId: 'o-2001',
              customerId: sample.customer,
              total: 19.9,
              createdAt: '2025-11-03',
              status: 'COMPLETED',
            },
          ],
        },
      },
    },
    'GET /api/orders/:id': {
      title: 'Read an order',
      access: 'viewer',
      answers: [succeeds(placed)],
      codes: ['ORDER_NOT_FOUND'],
      isVersioned: true,
      example: one,
    },
    'PUT /api/orders/:id': {
      title: 'Change an order',
      about: 'Empty notes leave the notes as they are; null takes them away.',
      access: 'marketer',
      body: named('OrderInput', orderSchema),
      answers: [succeeds(placed)],
      codes: ['ORDER_NOT_FOUND', 'UNKNOWN_CUSTOMER', 'TOTAL_MISMATCH', 'STATUS_CHANGE_REFUSED'],
      isVersioned: true,
      example: { ...one, body: { ...body, notes: 'Gift wrapped' } },
    },
    'PATCH /api/orders/:id': {
      title: 'Move an order to another status',
      access: 'marketer',
      body: named('OrderStatusChange', statusSchema),
      answers: [succeeds(placed)],
      codes: ['ORDER_NOT_FOUND', 'STATUS_CHANGE_REFUSED'],
      isVersioned: true,
      example: { ...one, body: { status: 'COMPLETED' } },
    },
    'DELETE /api/orders/:id': {
      title: 'Delete an order',
      access: 'marketer',
      answers: [says()],
      codes: ['ORDER_NOT_FOUND'],
      isVersioned: true,
      example: one,
    },
  },
}

/** Rows may be wrong one by one, so their own schema says what a right one is and refuses none. */
function bulkRows() {
  const { orders } = orderBulkSchema.properties
  return { ...orders, items: { anyOf: [row, about('A wrong one, which is reported', { type: 'object' })] } }
}
